import type { ClauseId } from '#libs/contracts';
import type { Cause, Side } from '../attribution.js';
import type { Scope } from './question.js';

/** Who has paid the user so far. */
export type Payer = Side | 'BOTH' | 'NONE';

/** The questions of recourse with certain answers; people gave all but the payer. */
export interface RecourseAnswers {
  readonly cause: Cause;
  readonly payer: Payer;
  readonly scope: Scope;
  readonly unavoidable: boolean;
  readonly exempt: boolean;
  readonly fraud: boolean;
}

export type RecourseKind =
  | 'nothing_yet'
  | 'full'
  | 'agreed'
  | 'consultation'
  | 'own'
  | 'without_clause'
  | 'two_cases'
  | 'undetermined';

/** Why the published part has no clause for it. */
export type WithoutClause =
  'both_paid' | 'epsp_paid_outside_service' | 'paid_though_exempt' | 'gate_not_met';

export interface RecourseClass {
  readonly kind: RecourseKind;
  readonly clause?: ClauseId;
  readonly gate?: 'A' | 'B';
  readonly why?: WithoutClause;
  readonly claimant?: Side;
}

/** INT-10, where no clause speaks: A people consult, B two cases, C RKN-L3 by analogy. */
export type MixedPayments = 'A' | 'B' | 'C';

/** The three ways of each side, which mirror each other: sole fault, both, neither or unclear. */
const WAYS = {
  EPSP: { full: 'RKN-L2a', agreed: 'RKN-L2b', consultation: 'RKN-L3' },
  FI: { full: 'RKN-L4-1', agreed: 'RKN-L4-2', consultation: 'RKN-L4-3' },
} as const;

/**
 * Which way recourse goes. The intermediary's is open for a loss of the service that it paid under
 * RKN-L1; an exemption means it did not, unless the loss is fraud (RKN-L1c, RKN-L1d). The institution's
 * is open through gate A or B. Everything else has no clause in the published part.
 */
export function classOf(asked: RecourseAnswers, mixed: MixedPayments): RecourseClass {
  const { payer, scope, exempt, fraud } = asked;
  if (payer === 'NONE') return { kind: 'nothing_yet', clause: 'RKN-L1b' };
  if (payer === 'BOTH') return withoutClause('both_paid', mixed);
  if (payer === 'EPSP') {
    if (scope !== 'service') return withoutClause('epsp_paid_outside_service', mixed);
    if (exempt && !fraud) return { kind: 'without_clause', why: 'paid_though_exempt' };
    return byCause(payer, asked.cause);
  }
  const gate = gateOf(asked);
  if (!gate) return { kind: 'without_clause', why: 'gate_not_met' };
  return { ...byCause(payer, asked.cause), gate };
}

/** RKN-L4-0a: a loss of the function or its linkage. RKN-L4-0b: of the service, payment unavoidable. */
export function gateOf({ scope, unavoidable }: Pick<RecourseAnswers, 'scope' | 'unavoidable'>) {
  if (scope !== 'service') return 'A';
  return unavoidable ? 'B' : undefined;
}

function byCause(payer: Side, cause: Cause): RecourseClass {
  const ways = WAYS[payer];
  if (cause === payer) return { kind: 'own', clause: ways.full };
  if (cause === 'BOTH') return { kind: 'agreed', clause: ways.agreed, claimant: payer };
  if (cause === 'NEITHER' || cause === 'UNCLEAR') {
    return { kind: 'consultation', clause: ways.consultation };
  }
  return { kind: 'full', clause: ways.full, claimant: payer };
}

function withoutClause(
  why: 'both_paid' | 'epsp_paid_outside_service',
  mixed: MixedPayments,
): RecourseClass {
  if (mixed === 'C') return { kind: 'consultation', clause: 'RKN-L3', why };
  if (mixed === 'B' && why === 'both_paid') return { kind: 'two_cases', why };
  return { kind: 'without_clause', why };
}
