import { beginContract, contractMachine } from '../../internet-banking-contract.js';
import type {
  ContractCode,
  ContractEvent,
  ContractFacts,
  ContractName,
} from '../../internet-banking-contract.js';
import { FORCED_GROUNDS } from '../../internet-banking-contract/facts.js';
import type { Telling, World } from '../explore.js';
import { alone, HOUR, START, two, variants } from './people.js';

/** Whether a party objected to the renewal of the running year, by what was told alone. */
export interface ContractGhost {
  readonly objected: boolean;
}

type Tell = Telling<ContractEvent>;

const tellings = (now: number): Tell[] => [
  { type: 'contracted', firstUseBy: now + HOUR },
  { type: 'contracted', firstUseBy: now },
  { type: 'temporary_password_sent_again', firstUseBy: now + HOUR },
  { type: 'first_used' },
  { type: 'renewal_objected', by: 'holder' },
  { type: 'locked', credential: 'login_password' },
  { type: 'unlocked', formId: 'form_1' },
  { type: 'unlocked', formId: '' },
  { type: 'service_stopped', reason: 'needed' },
  { type: 'service_stopped', reason: '' },
  { type: 'service_resumed', reason: 'over' },
  { type: 'holder_terminated', formId: 'form_2' },
  { type: 'holder_terminated', formId: '' },
  { type: 'termination_notice_sent', reason: 'ended' },
  { type: 'termination_notice_arrived' },
  { type: 'termination_notice_deemed_arrived' },
  ...FORCED_GROUNDS.flatMap((ground): Tell[] =>
    variants(
      {
        type: 'forced_termination' as const,
        ...two,
        ground,
        evidence: ['doc_1'],
        cause: 'cause' as string | undefined,
      },
      { evidence: [] },
      { ...alone },
      { cause: undefined },
    ),
  ),
  { type: 'main_account_closed' },
  { type: 'service_account_removed', account: 'acc_2' },
  { type: 'branch_changed', wishOf: 'institution' },
  { type: 'branch_changed', wishOf: 'holder' },
];

/** SM-9.2, 11, 12, 13.4 and 19 over the years of a contract. */
export const contractWorld: World<
  ContractName,
  ContractFacts,
  ContractEvent,
  ContractCode,
  ContractGhost
> = {
  name: 'internet-banking contract',
  machine: contractMachine,
  start: START,
  begin: beginContract,
  tellings: (_, now) => tellings(now),
  ghost: { objected: false },
  observe: (ghost, { event }) => (event.type === 'renewal_objected' ? { objected: true } : ghost),
  past: { members: [], horizonMs: 0 },
  quantumMs: 100 * 24 * HOUR,
  forget: ({ renewals: _renewals, termFrom: _from, termTo: _to, ...facts }) => facts,
  invariants: [
    {
      id: 'SM-19',
      onEdge: ({ event, after, ghost }) => {
        if (event.type !== 'deadline_reached' || event.deadline !== 'term') return undefined;
        const ended = after.name === 'TERMINATED';
        if (ended === ghost.objected) return undefined;
        return ended ? 'Ended although nobody objected.' : 'Renewed although a party objected.';
      },
    },
    {
      id: 'SM-11.1',
      onEdge: ({ event, after }) =>
        event.type === 'termination_notice_sent' && after.name === 'TERMINATED'
          ? 'Ended by a notice that has not arrived.'
          : undefined,
    },
    {
      id: 'SM-11.3b',
      onEdge: ({ after, before, effects }) =>
        after.name === 'TERMINATED' &&
        before.name !== 'TERMINATED' &&
        !effects.includes('revoke_consents')
          ? 'The contract ended and its consents did not.'
          : undefined,
    },
  ],
  waysBack: [
    { from: ['LOCKED'], to: ['ACTIVE'] },
    { from: ['STOPPED'], to: ['AWAITING_FIRST_USE', 'ACTIVE', 'LOCKED'] },
  ],
  powers: [
    { clause: 'SM-3.4-1-4', event: 'service_stopped' },
    { clause: 'SM-11.1', event: 'holder_terminated' },
    { clause: 'SM-11.1', event: 'termination_notice_arrived' },
    ...FORCED_GROUNDS.map((_, index) => ({
      clause: `SM-11.4-${index + 1}`,
      event: 'forced_termination' as const,
    })),
  ],
};
