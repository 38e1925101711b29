import type { PartyFacts, PartyRefusal } from '../party.js';

/**
 * RKN-S4c, RKN-C2b: nothing passes a link that the institution restricted, suspended or ended. A copy
 * that is not current refuses as if bank-core were silent: the stop may have been missed (T-19).
 */
export function linkIsOpen({ link }: PartyFacts): PartyRefusal | undefined {
  if (link === undefined) return undefined;
  if (link === 'stale') return { code: 'core_unavailable' };
  const facts = { function: link.function, ...(link.since ? { since: link.since } : {}) };
  const clause = link.clause ? { clause: link.clause } : {};
  if (link.state === 'terminated') return { code: 'linkage_terminated', ...clause, facts };
  if (link.state === 'restricted') return { code: 'linkage_restricted', ...clause, facts };
  return { code: 'linkage_suspended', ...clause, facts };
}
