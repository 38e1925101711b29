import { randomBytes } from 'node:crypto';
import type { SoftwareDecision } from '../../src/clients/index.js';

export const OFFICERS = ['aiko@bank.example', 'goro@bank.example'] as const;
const HOUR_MS = 3_600_000;

/** What two officers decided about software, as `npm run staff` hands it over. */
export const decisionOn = (clientId: string, reason = 'suspected fraud'): SoftwareDecision => ({
  clientId,
  reason,
  proposalId: `prp_${randomBytes(13).toString('hex')}`,
  decidedBy: OFFICERS,
});

/** A block for the next hour. */
export const anHourFor = (clientId: string) => ({
  ...decisionOn(clientId),
  until: Date.now() + HOUR_MS,
});
