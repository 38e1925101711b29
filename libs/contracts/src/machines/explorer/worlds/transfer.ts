import { beginTransfer, transferMachine } from '../../transfer.js';
import type {
  TransferCode,
  TransferEvent,
  TransferFacts,
  TransferStatus,
  TransferTiming,
} from '../../transfer.js';
import type { Invariant, Telling, World } from '../explore.js';
import { grounds, HOUR, noGrounds, START, variants } from './people.js';

type Tell = Telling<TransferEvent>;

/** What the effects said of the money, remembered apart from the machine's own facts. */
export interface MoneyGhost {
  readonly fixed: boolean;
  readonly debits: number;
  readonly credits: number;
}

const DAY = 24 * HOUR;
const debitFrom = START + DAY;

const tellings = (now: number): Tell[] => [
  { type: 'content_shown', confirmBy: now + HOUR },
  { type: 'content_shown', confirmBy: now },
  { type: 'abandoned' },
  ...variants(
    {
      type: 'confirmed' as const,
      identityMatched: true,
      link: 'open' as 'open' | 'closed' | 'not_asked',
      debitFrom: debitFrom as number | undefined,
      cancelBefore: debitFrom as number | undefined,
    },
    { identityMatched: false },
    { link: 'closed' },
    { link: 'not_asked' },
    { debitFrom: undefined },
    { cancelBefore: undefined },
  ),
  { type: 'debited' },
  { type: 'not_processed', reason: 'insufficient_funds' },
  { type: 'not_processed', reason: '' },
  { type: 'cancelled' },
  { type: 'withdrawn_by_institution', reason: 'account_removed' },
  { type: 'withdrawn_by_institution', reason: 'contract_ended' },
  { type: 'withdrawn_by_institution', reason: 'linkage_stopped' },
  { type: 'held_for_review', grounds, until: now + DAY / 2 },
  { type: 'held_for_review', grounds: noGrounds, until: now + DAY / 2 },
  { type: 'review_released' },
  { type: 'review_stopped', grounds },
  { type: 'sent' },
  { type: 'inquiry_opened', answerBy: now + HOUR },
  { type: 'inquiry_answered' },
  { type: 'answer_judged_improper', grounds },
  { type: 'answer_judged_improper', grounds: noGrounds },
  { type: 'returned', reason: 'no_such_account' },
  { type: 'recall_accepted', grounds, atDebitBranch: true },
  { type: 'recall_accepted', grounds, atDebitBranch: false },
  { type: 'recalled' },
  { type: 'recall_failed' },
];

type Law = Invariant<TransferStatus, TransferFacts, TransferEvent, MoneyGhost>;

const laws: readonly Law[] = [
  {
    id: 'SM-5.2',
    onEdge: ({ effects, ghost, now, before }) => {
      if (!effects.includes('debit_amount_and_fee')) return undefined;
      if (ghost.debits > 0) return 'Debited twice.';
      const isDated = before.facts.timing !== 'same_day';
      return isDated && now < debitFrom ? 'Debited before its day.' : undefined;
    },
  },
  {
    id: 'SM-5.4-2',
    onEdge: ({ effects, ghost }) => {
      if (!effects.includes('credit_amount_back')) return undefined;
      if (ghost.credits > 0) return 'Credited back twice.';
      return ghost.debits === 0 ? 'Credited back what was never debited.' : undefined;
    },
  },
  {
    id: 'SM-5.5-1',
    onEdge: ({ event, before, now }) => {
      if (event.type !== 'cancelled') return undefined;
      if (before.facts.timing !== 'reservation') return 'Cancelled what is no reservation.';
      if (before.facts.formedAt !== undefined) return 'Cancelled what was formed.';
      return now >= debitFrom ? 'Cancelled after the cut-off.' : undefined;
    },
  },
  {
    id: 'RKN-S4c',
    onEdge: ({ event, before }) =>
      event.type === 'confirmed' && before.facts.throughIntermediary && event.link !== 'open'
        ? 'Fixed through a link that is not open.'
        : undefined,
  },
  {
    id: 'SM-R3.2',
    onEdge: ({ event, after, ghost }) => {
      if (event.type === 'confirmed') {
        return event.identityMatched ? undefined : 'Fixed without a matched identity.';
      }
      const moved = ['SCHD', 'RSVD', 'ACSP', 'ACSC', 'PDNG'].includes(after.name);
      return moved && !ghost.fixed ? `${after.name} without 確定.` : undefined;
    },
  },
];

type TransferWorld = World<TransferStatus, TransferFacts, TransferEvent, TransferCode, MoneyGhost>;

const worldOf = (timing: TransferTiming, throughIntermediary: boolean): TransferWorld => ({
  name: `transfer: ${timing}${throughIntermediary ? ' through an intermediary' : ''}`,
  machine: transferMachine,
  start: START,
  begin: (now) => beginTransfer({ timing, throughIntermediary }, now),
  // A rolled request has no cut-off under INT-29 A: it cannot be cancelled at all.
  tellings: (_, now) =>
    tellings(now).map((told) =>
      told.type === 'confirmed' && timing === 'rolled'
        ? { ...told, cancelBefore: undefined }
        : told,
    ),
  instants: (state) => (state.facts.debitFrom === undefined ? [] : [debitFrom - 1, debitFrom]),
  ghost: { fixed: false, debits: 0, credits: 0 },
  observe: (ghost, { event, effects }) => ({
    fixed: ghost.fixed || event.type === 'confirmed',
    debits: ghost.debits + (effects.includes('debit_amount_and_fee') ? 1 : 0),
    credits: ghost.credits + (effects.includes('credit_amount_back') ? 1 : 0),
  }),
  past: { members: [], horizonMs: 0 },
  invariants: laws,
  waysBack: [{ from: ['PDNG'], to: ['ACSC', 'SCHD', 'RSVD'] }],
  powers: [
    { clause: 'SM-5.5-2', event: 'recall_accepted' },
    ...(timing === 'reservation' ? [{ clause: 'SM-5.5-1', event: 'cancelled' as const }] : []),
  ],
});

export const sameDayWorld = worldOf('same_day', true);
export const rolledWorld = worldOf('rolled', false);
export const reservationWorld = worldOf('reservation', true);
