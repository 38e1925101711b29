export * from './transport.js';
export type * from './types.js';
