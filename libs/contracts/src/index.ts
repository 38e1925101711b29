export * from './clause.js';
export * from './constraint.js';
export * from './decisions/decision.js';
export * from './decisions/rules.js';
export * from './demand.js';
export * from './facts/index.js';
export * from './parameter.js';
export * from './readings.js';
