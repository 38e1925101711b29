import { Ground202611220900 } from './202611220900-ground.js';

/** Every migration of bank-core in order; never edited once released. Run by the owner role. */
export const migrations = [Ground202611220900];
