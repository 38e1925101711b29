import type { CaseEvent, LossCase, Side } from '#libs/liability';
import type { Random } from '../oracle/random.js';

const SIDES: readonly Side[] = ['EPSP', 'FI'];
const FINDINGS = ['FI', 'EPSP', 'BOTH', 'NEITHER', 'UNCLEAR'] as const;

/**
 * Something that somebody might tell a case next: often more than is there, now and then a name that was used before.
 * Two thirds move money.
 */
export function randomEvent(random: Random, state: LossCase, now: number): CaseEvent {
  const amountYen = BigInt(random.between(1, Number(state.book.lossYen)));
  const side = random.pick(SIDES);
  const id = `entry-${random.between(1, 12)}`;
  switch (random.between(1, 9)) {
    case 1:
    case 2:
    case 3:
      return {
        type: 'paid',
        payment: { id, by: side, institution: '2963', amountYen, paidAt: now },
        agreementClause: '12',
      };
    case 4:
    case 5:
      return { type: 'recourse_received', id, by: side, amountYen };
    case 6: {
      const recovery = random.chance(3) ? { id, amountYen } : { id, forSide: side, amountYen };
      return {
        type: 'recovered',
        recovery,
        order: random.chance(2) ? 'payer_first' : 'holder_first',
      };
    }
    case 7:
      return {
        type: 'attributed',
        attribution: {
          id: `finding-${random.between(1, 9)}`,
          finding: random.pick(FINDINGS),
          grounds: 'seen in the log',
          evidence: ['ev'],
          foundBy: 'one',
          approvedBy: random.chance(9) ? 'one' : 'another',
          foundAt: now,
        },
      };
    case 8: {
      const version = (state.agreements.at(-1)?.version ?? 0) + (random.chance(5) ? 0 : 1);
      return {
        type: 'agreement_proposed',
        agreement: { version, claimant: side, amountYen, rationale: 'weighed' },
      };
    }
    default: {
      const version = state.agreements.at(-1)?.version ?? 1;
      return { type: 'agreement_accepted', version, side, person: `for ${side}` };
    }
  }
}
