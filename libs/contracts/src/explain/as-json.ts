import { canonicalJson } from '#libs/kernel';
import type { Explanation } from './explain.js';

/** The decision as canonical JSON: one text for one explanation, so that it can be hashed and compared. */
export const explanationAsJson = (said: Explanation): string => canonicalJson(said);
