export * from './as-html.js';
export * from './as-json.js';
export * from './as-text.js';
export * from './explain.js';
export { factName, valueWords } from './value-words.js';
