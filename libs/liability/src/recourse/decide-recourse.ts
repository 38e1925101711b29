import {
  DecisionDraft,
  rknParameters,
  type ClauseId,
  type Decision,
  type LetterOf,
  type ParameterBook,
  type ReadingBook,
  type ReadingId,
} from '#libs/contracts';
import { accepted, assert, type CivilDate, type Result } from '#libs/kernel';
import { attributionNode, causeOf, type Cause, type Side } from '../attribution.js';
import { checkQuestion } from './check-question.js';
import { claimableAmount, type Claimable } from './claimable-amount.js';
import {
  classOf,
  type MixedPayments,
  type Payer,
  type RecourseAnswers,
  type RecourseClass,
  type RecourseKind,
  type WithoutClause,
} from './gates.js';
import type { RecourseQuestion } from './question.js';
import { leaveToSides } from './leave-to-sides.js';
import { traceOf } from './reasons.js';

export interface RecourseTerms {
  /** The institution on the other side of the agreement. */
  readonly institution: string;
  readonly asOf: CivilDate;
  readonly parameters: ParameterBook;
  readonly readings: ReadingBook;
}

/** What the recourse clauses come to for one loss of one scope. */
export interface RecourseOutcome extends Claimable {
  readonly kind: RecourseKind;
  /** What the missing facts leave open; empty once it is decided. */
  readonly couldBe: readonly RecourseKind[];
  readonly cause: Cause;
  readonly payer: Payer;
  /** Absent where the published part has no clause, which is never the same as "no right". */
  readonly clause?: ClauseId;
  readonly gate?: 'A' | 'B';
  readonly why?: WithoutClause;
}

const ENTRIES = ['INT-08', 'INT-09', 'INT-10', 'INT-14', 'INT-15'] as const;

/**
 * Decides who may claim back what was paid to a user, and how much of it. Responsibility comes from an
 * attribution that people recorded; without one it is unclear. Facts that are missing and would decide
 * are named; what has no clause goes to people. Refuses bad input with field and clause.
 */
export function decideRecourse(
  asked: RecourseQuestion,
  { institution, asOf, parameters, readings }: RecourseTerms,
): Result<Decision<RecourseOutcome>> {
  const books = [parameters.institution, readings.institution];
  assert(
    books.every((one) => one === institution),
    'The books are of another institution.',
  );
  const used = ENTRIES.map((entry: ReadingId) => readings.on(entry, asOf));
  const mixed = readings.on('INT-10', asOf).reading as MixedPayments;
  const partner = readings.on('INT-14', asOf).reading as LetterOf<'INT-14'>;
  const byAgreement = readings.on('INT-15', asOf).reading === 'B';
  const showing = byAgreement ? parameters.read(rknParameters.primaFacie, asOf) : undefined;
  if (showing?.ok === false) return showing;
  const checked = checkQuestion(asked, showing?.value.value ?? false);
  if (!checked.ok) return checked;
  const cause = causeOf(asked.attribution, partner);
  const payer = payerOf(asked);
  const ways = completions(asked, { cause, payer }).map((answers) => ({
    answers,
    found: classOf(answers, mixed),
  }));
  const unknown = decidingFacts(ways);
  const found: RecourseClass =
    unknown.length === 0 && ways[0] ? ways[0].found : { kind: 'undetermined' };
  const amount = claimableAmount(asked, found);
  if (!amount.ok) return amount;

  const input = { institution, asOf, asked, readings: used, showing: showing?.value };
  const draft = new DecisionDraft({ institution, asOf, input }).reads(...used).lacks(...unknown);
  if (showing) draft.uses(showing.value);
  draft.step(attributionNode(asked.attribution, cause));
  traceOf(asked, payer, found, amount.value).forEach((node) => draft.step(node));
  leaveToSides(draft, asked, found, amount.value, unknown);
  const kinds = [...new Set(ways.map((way) => way.found.kind))];
  return accepted(
    draft.decided({
      ...found,
      ...amount.value,
      couldBe: found.kind === 'undetermined' ? kinds : [],
      cause,
      payer,
    }),
  );
}

/** Who has paid the user so far, from the payments. */
export function payerOf({ payments }: Pick<RecourseQuestion, 'payments'>): Payer {
  const sides = new Set<Side>(payments.map(({ by }) => by));
  if (sides.size === 0) return 'NONE';
  if (sides.size === 2) return 'BOTH';
  return sides.has('EPSP') ? 'EPSP' : 'FI';
}

const SCOPES = ['service', 'function', 'linkage'] as const;
const bothWays = (value: string): boolean[] =>
  value === 'unknown' ? [true, false] : [value === 'yes'];

/** Every certain set of answers that the established facts leave possible. */
function completions(
  { scope, unavoidable, exempt, fraud }: RecourseQuestion,
  known: Pick<RecourseAnswers, 'cause' | 'payer'>,
): RecourseAnswers[] {
  const scopes = scope.value === 'unknown' ? SCOPES : [scope.value];
  return scopes.flatMap((oneScope) =>
    bothWays(unavoidable.value).flatMap((isUnavoidable) =>
      bothWays(exempt.value).flatMap((isExempt) =>
        bothWays(fraud.value).map((isFraud) => ({
          ...known,
          scope: oneScope,
          unavoidable: isUnavoidable,
          exempt: isExempt,
          fraud: isFraud,
        })),
      ),
    ),
  );
}

/** The facts on which the class hangs: two completions that differ in that one alone lead apart. */
function decidingFacts(
  ways: readonly { readonly answers: RecourseAnswers; readonly found: RecourseClass }[],
): string[] {
  return (['scope', 'unavoidable', 'exempt', 'fraud'] as const).filter((name) => {
    const seen = new Map<string, string>();
    return ways.some(({ answers, found }) => {
      const rest = JSON.stringify({ ...answers, [name]: null });
      const way = JSON.stringify(found);
      const before = seen.get(rest);
      seen.set(rest, way);
      return before !== undefined && before !== way;
    });
  });
}
