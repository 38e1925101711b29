import { instantToWire } from '#libs/kernel';
import type { PartyFacts, PartyRefusal } from '../party.js';

/**
 * users.md D.5: in a window that the institution announced nothing is asked of it, and the caller learns when to come
 * again. Before the link, whose copy falls silent with the institution and would tell less.
 */
export function institutionServes({
  maintenance,
}: Pick<PartyFacts, 'maintenance'>): PartyRefusal | undefined {
  if (!maintenance) return undefined;
  const { until, seconds } = maintenance;
  const facts = { until: instantToWire(until) };
  return { code: 'maintenance', facts, retryAfterSeconds: seconds };
}
