import * as library from '#libs/contracts';
import type { Contract } from '#libs/contracts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  'articles' in value &&
  'edition' in value &&
  'source' in value;

/** The texts that the contract library exports, the agreement (RKN) before the terms (SM). */
export const contracts: readonly Contract[] = Object.values(library as Record<string, unknown>)
  .filter(isContract)
  .sort((a, b) => (a.source < b.source ? -1 : 1));
