import type { Instant } from '#libs/kernel';
import { endRows } from './internet-banking-contract/ends.js';
import type {
  ContractCode,
  ContractEvent,
  ContractFacts,
  ContractName,
  ContractState,
} from './internet-banking-contract/facts.js';
import { lifeRows } from './internet-banking-contract/life.js';
import { begin, step, type DutyRule, type Machine } from './step.js';

export type {
  ContractCode,
  ContractEvent,
  ContractFacts,
  ContractName,
  ContractState,
  ForcedGround,
} from './internet-banking-contract/facts.js';

const of = (
  who: 'holder' | 'institution',
  clause: string,
  ja: string,
  en: string,
  by?: string,
): DutyRule<ContractFacts> => ({ who, clause, what: { ja, en }, ...(by ? { by } : {}) });

/** The internet-banking contract of a holder: SM-9.2, 11, 12, 13.4 and 19. */
export const contractMachine: Machine<ContractName, ContractFacts, ContractEvent, ContractCode> = {
  name: 'internet-banking-contract',
  initial: 'APPLIED',
  terminal: ['TERMINATED'],
  rows: [...lifeRows, ...endRows],
  duties: {
    APPLIED: [
      of(
        'institution',
        'SM-R2',
        '申込みを受け付け、仮パスワードを送る。',
        'Accept the application and mail the temporary password.',
      ),
    ],
    AWAITING_FIRST_USE: [
      of(
        'holder',
        'SM-13.4',
        '期限までに初回の登録をする。',
        'Register on first use before the deadline.',
        'first_use',
      ),
    ],
    ACTIVE: [
      of(
        'holder',
        'SM-9.1',
        'ログインIDとパスワードを守る。',
        'Keep login id and passwords secret.',
      ),
    ],
    LOCKED: [
      of(
        'holder',
        'SM-9.2',
        '再開するには取引店で届け出る。',
        'Apply at the branch to have the lock lifted.',
      ),
    ],
    STOPPED: [
      of(
        'institution',
        'SM-3.4-1-4',
        '必要がなくなれば停止を解く。',
        'Lift the stop once it is no longer needed.',
      ),
    ],
    NOTICED: [
      of(
        'institution',
        'SM-11.2',
        '通知の到達、または到達とみなす時を記録する。',
        'Record the arrival of the notice, or when it is deemed to have arrived.',
      ),
    ],
  },
};

export const beginContract = (now: Instant): ContractState =>
  begin(contractMachine, { renewals: 0, temporaryPasswordDead: false }, now);

export const stepContract = (state: ContractState, event: ContractEvent, now: Instant) =>
  step(contractMachine, state, event, now);
