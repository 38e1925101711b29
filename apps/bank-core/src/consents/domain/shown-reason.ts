import type { ConsentActorName } from './consent.js';

/** `reason{code, by}` as users.md A row 3 has it; `by` in the words of the intermediaries' API. */
export interface ShownReason {
  readonly code: string;
  readonly by: 'customer' | 'intermediary' | 'chain_partner' | 'bank' | 'system';
}

const BY: Readonly<Record<ConsentActorName, ShownReason['by']>> = {
  holder: 'customer',
  institution: 'bank',
  intermediary: 'intermediary',
  chain_partner: 'chain_partner',
  system: 'system',
};

export const shownActor = (actor: ConsentActorName): ShownReason['by'] => BY[actor];

const HOLDERS_SIDE = { code: 'holder_unavailable', by: 'bank' } as const;
const BACK_AGAIN = { code: 'resumed', by: 'bank' } as const;

/**
 * Everything that may be told to an intermediary about why. What is not in this table lies on the holder's side
 * and has one neutral code: a lock, a report of loss, an attachment and an investigation look alike (T-29).
 */
const TELLABLE: ReadonlySet<string> = new Set([
  'asked',
  'asked_again',
  'agreed',
  'user_cancelled',
  'not_decided_in_time',
  'extended',
  'accounts_changed',
  'chosen',
  'deselected',
  'term_over',
  'term_ends_soon',
  'customer_left',
  'link_stopped',
  'protective_hold',
  'linkage_restricted',
  'linkage_suspended',
  'linkage_terminated',
  'agreement_ended',
  'institution_not_covered',
  'function_not_offered',
  'chain_partner_unknown',
  'chain_partner_stopped',
  'chain_partner_scope',
  'partner_contract_ended',
  'withdrawn',
]);

/** What an intermediary itself gave as its reason is its own word and goes back to it unchanged. */
export function shownReason(reason: string, actor: ConsentActorName): ShownReason {
  if (actor === 'intermediary' || actor === 'chain_partner') return { code: reason, by: BY[actor] };
  if (TELLABLE.has(reason)) return { code: reason, by: BY[actor] };
  return isReturn(reason) ? BACK_AGAIN : HOLDERS_SIDE;
}

/** The end of a freeze, whatever had caused it. */
const isReturn = (reason: string): boolean =>
  reason === 'holder_unlocked' || reason === 'link_resumed' || reason === 'resumed';
