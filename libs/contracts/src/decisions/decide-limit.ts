import { accepted, type Result, type Yen } from '#libs/kernel';
import type { LimitBasis, LimitUse } from '../facts/index.js';
import type { ParameterRefusal } from '../parameter.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import { applyClause, type DecisionGrounds } from './apply-clause.js';
import type { Decision } from './decision.js';

export interface LimitOutcome {
  readonly answer: 'accepted' | 'limit_exceeded';
  readonly limit: Yen;
  readonly charge: Yen;
  readonly exceeded: readonly LimitBasis[];
  readonly left: Readonly<Record<LimitBasis, Yen>>;
}

/**
 * The judgement of `withinDailyLimit` as a decision: how the limit came about, what stood on both
 * bases, and what the request would have added. Yen. Source: SM-5.3-1a, SM-5.3-1b.
 */
export function decideLimit(
  facts: {
    readonly holderLimit: Yen;
    readonly otpActive: boolean;
    readonly limitUse: LimitUse;
    readonly transferAmount: Yen;
    readonly feeYen: Yen;
  },
  grounds: DecisionGrounds,
): Result<Decision<LimitOutcome>, ParameterRefusal> {
  const limit = applyClause(article05.clause('SM-5.3-1a'), facts, grounds);
  if (!limit.ok) return limit;
  const judged = applyClause(
    article05.clause('SM-5.3-1b'),
    { ...facts, effectiveLimit: limit.value.outcome },
    grounds,
  );
  if (!judged.ok) return judged;
  const { asked, exceeded, left } = judged.value.outcome;
  return accepted({
    ...judged.value,
    trace: [...limit.value.trace, ...judged.value.trace],
    parameters: [...limit.value.parameters, ...judged.value.parameters],
    outcome: {
      answer: exceeded.length === 0 ? 'accepted' : 'limit_exceeded',
      limit: limit.value.outcome,
      charge: asked,
      exceeded,
      left,
    },
  });
}
