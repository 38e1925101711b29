import type { EtagCode } from '../domain/etag.refusals.js';

export const etagStatuses: Readonly<Record<EtagCode, number>> = {
  version_required: 428,
  version_conflict: 412,
};
