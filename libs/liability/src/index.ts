export type * from './compensation/claim.js';
export * from './compensation/decide-compensation.js';
export * from './compensation/lapse-and-subrogation.js';
export type { CompensationKind } from './compensation/stage.js';
export type { CompensationTerms } from './compensation/terms.js';
export type { LossLine } from './compensation/covered-loss.js';
export type { Ground } from './compensation/exclusions.js';
