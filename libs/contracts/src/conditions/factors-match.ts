import type { Factor } from '../facts/index.js';

/** Factors that were required and did not match, in the order required; empty: all matched. */
export const unmatchedFactors = (
  required: readonly Factor[],
  matched: readonly Factor[],
): readonly Factor[] => required.filter((factor) => !matched.includes(factor));
