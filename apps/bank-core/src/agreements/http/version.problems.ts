import type { VersionRefusal } from '../domain/agreement-file.js';

/** Not of this agreement → 403, not now → 409, not complete → 422. */
export const versionStatuses: Readonly<Record<VersionRefusal, number>> = {
  institution_not_covered: 403,
  not_the_newest_version: 409,
  already_covered: 409,
  not_covered_now: 409,
  agreement_over: 409,
  section_missing: 422,
  date_in_the_past: 422,
  period_wrong: 422,
};
