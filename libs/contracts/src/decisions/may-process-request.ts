import { accepted, assert, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { CivilDate, Words } from '#libs/kernel';
import type { Funds, PaymentStop, TransferKind } from '../facts/index.js';
import type {
  ParameterBook,
  ParameterRefusal,
  ParameterUsed,
  ParameterValues,
} from '../parameter.js';
import { article03 } from '../sm-terms/article-03-requests.js';
import { smParameters } from '../sm-terms/parameters.js';
import { DecisionDraft, type Decision, type TraceNode } from './decision.js';

/** What is known of a fixed request on its processing day. Yen throughout. */
export interface ProcessingFacts {
  readonly transferKind: TransferKind;
  readonly transferAmount: Yen;
  readonly feeYen: Yen;
  readonly debitClosed: boolean;
  readonly paymentStops: readonly PaymentStop[];
  readonly serviceStopped: boolean;
  readonly funds: Funds;
}

/** In this order; the first that applies is the answer. Nothing is ever debited in part. */
export type ProcessingRefusal = Refusal<
  'account_closed' | 'payment_stopped' | 'service_stopped' | 'insufficient_funds'
>;

type Overdraft = ParameterValues<typeof smParameters>['overdraftUsable'];
type Check = (facts: ProcessingFacts, overdraft: Overdraft) => ProcessingRefusal | undefined;

const closed = article03.clause('SM-3.4-1-1');
const funds = article03.clause('SM-3.4-1-2a');
const attached = article03.clause('SM-3.4-1-3');
const stopped = article03.clause('SM-3.4-1-4');

/** The grounds of SM-3.4(1), as one table; funds last, since a stop of payment makes them nothing. */
const checks: readonly (readonly [
  clause: 'SM-3.4-1-1' | 'SM-3.4-1-2a' | 'SM-3.4-1-3' | 'SM-3.4-1-4',
  check: Check,
  passed: Words,
  failed: Words,
])[] = [
  [
    'SM-3.4-1-1',
    (facts) => (closed.apply(facts) ? { code: 'account_closed', clause: closed.id } : undefined),
    { ja: '支払指定口座は存続している。', en: 'The debit account is open.' },
    { ja: '支払指定口座が解約されている。', en: 'The debit account is closed.' },
  ],
  [
    'SM-3.4-1-3',
    (facts) =>
      attached.apply(facts) ? { code: 'payment_stopped', clause: attached.id } : undefined,
    { ja: '口座全部に及ぶ差止はない。', en: 'No stop reaches the whole account.' },
    { ja: '差押または支払差止が口座の全部に及ぶ。', en: 'A stop reaches the whole account.' },
  ],
  [
    'SM-3.4-1-4',
    ({ serviceStopped }) =>
      serviceStopped ? { code: 'service_stopped', clause: stopped.id } : undefined,
    { ja: 'サービスの停止はない。', en: 'The service is not stopped.' },
    { ja: '契約者のサービスが停止されている。', en: 'The service of the holder is stopped.' },
  ],
  [
    'SM-3.4-1-2a',
    (facts, overdraft) =>
      funds.apply(facts, { overdraft }).exceeds
        ? { code: 'insufficient_funds', clause: funds.id }
        : undefined,
    { ja: '支払可能金額で足りる。', en: 'The payable amount suffices.' },
    { ja: '支払可能金額を超える。', en: 'The payable amount is exceeded.' },
  ],
];

/**
 * May the request be processed now? Gives the yen to debit, or the first refusal of
 * {@link ProcessingRefusal} in order. The limit is not judged again (SM-5.3-5). Source: SM-3.4-1.
 */
export function mayProcessRequest(
  facts: ProcessingFacts,
  overdraft: Overdraft,
): Result<Yen, ProcessingRefusal> {
  // The edge refuses such amounts; here one would credit instead of debit, so it is a bug.
  assert(facts.transferAmount > 0n && facts.feeYen >= 0n, 'A transfer moves at least one yen.');
  for (const [, check] of checks) {
    const refusal = check(facts, overdraft);
    if (refusal) return { ok: false, refusal };
  }
  return accepted(funds.apply(facts, { overdraft }).total);
}

function traced(facts: ProcessingFacts, overdraft: ParameterUsed<Overdraft>): TraceNode[] {
  return checks.map(([clause, check, passed, failed]) => {
    const isHindered = check(facts, overdraft.value) !== undefined;
    const value =
      clause === 'SM-3.4-1-2a' ? funds.apply(facts, { overdraft: overdraft.value }) : isHindered;
    return {
      clause,
      effect: isHindered ? 'applies' : 'not_met',
      facts: factsOf(clause, facts),
      value,
      reason: isHindered ? failed : passed,
    };
  });
}

const NEEDS = {
  'SM-3.4-1-1': closed.needs,
  'SM-3.4-1-2a': funds.needs,
  'SM-3.4-1-3': attached.needs,
  'SM-3.4-1-4': ['serviceStopped'],
} as const;

const factsOf = (clause: keyof typeof NEEDS, facts: ProcessingFacts) =>
  NEEDS[clause].map((name) => ({ name, value: facts[name], evidence: [] }));

/** As {@link mayProcessRequest}, as a decision with every ground traced, the parameter and its version. */
export function decideProcessing(
  facts: ProcessingFacts,
  book: ParameterBook,
  asOf: CivilDate,
): Result<Decision<'process' | ProcessingRefusal['code']>, ParameterRefusal> {
  const overdraft = book.read(smParameters.overdraftUsable, asOf);
  if (!overdraft.ok) return overdraft;
  const answer = mayProcessRequest(facts, overdraft.value.value);
  const draft = new DecisionDraft({
    institution: book.institution,
    asOf,
    input: { facts, parameters: [overdraft.value] },
  });
  traced(facts, overdraft.value).forEach((node) => draft.step(node));
  draft.uses(overdraft.value);
  if (!answer.ok) {
    draft.leaves({
      who: 'institution',
      what: { ja: '結果画面に表示する。', en: 'Show it on the result screen.' },
      clause: 'SM-3.4-2',
    });
  }
  return accepted(draft.decided(answer.ok ? 'process' : answer.refusal.code));
}
