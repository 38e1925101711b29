import {
  article14,
  nextOpening,
  smParameters,
  type ClauseId,
  type LetterOf,
  type ParameterBook,
  type ParameterUsed,
  type ReadingBook,
  type ReadingId,
  type ReadingUsed,
  type ServiceHours,
  type TraceNode,
} from '#libs/contracts';
import { accepted, assert, CivilDate, type Result } from '#libs/kernel';
import type { SetOffBasis } from './award.js';
import type { CompensationClaim } from './claim.js';
import { isInstant } from '../instants.js';
import { refused } from '../refused.js';

/** The figures that SM-14.2b and SM-14.3 state themselves. */
const FIGURES = {
  ...article14.clause('SM-14.2b').figures,
  ...article14.clause('SM-14.3').figures,
};

/** Which end days of a proven impediment count: both, or only one. Source: P.sm.impediment.endDays. */
export type EndDays = 'both' | 'one';

/** By what an institution decides: its dated parameters and readings, and the day of the decision. */
export interface CompensationTerms {
  readonly institution: string;
  readonly asOf: CivilDate;
  readonly parameters: ParameterBook;
  readonly readings: ReadingBook;
}

/** The entries of the register that SM-14 depends on, in order; each is printed on every decision. */
const ENTRIES = [
  'INT-01',
  'INT-02',
  'INT-03',
  'INT-04',
  'INT-05',
  'INT-06',
  'INT-07',
  'INT-16',
  'INT-18',
  'INT-19',
  'INT-20',
  'INT-26',
] as const satisfies readonly ReadingId[];

/** Readings that would need figures nobody has given: taking one is refused, never approximated. */
const WITHOUT_FIGURES: Partial<Record<ReadingId, { reading: string; clause: ClauseId }>> = {
  'INT-06': { reading: 'B', clause: 'SM-14.2e' },
  'INT-19': { reading: 'B', clause: 'SM-14.2d' },
};

export type CompensationReadings = { readonly [Id in (typeof ENTRIES)[number]]: LetterOf<Id> };

/** What governs one claim, resolved; `used` is copied into the decision, `input` is hashed. */
export interface TermsInForce {
  readonly readings: CompensationReadings;
  readonly figures: { readonly lookBackDays: number; readonly barYears: number };
  readonly endDays: EndDays;
  readonly setOffBasis: SetOffBasis;
  readonly deskIsOpen?: (day: CivilDate) => boolean;
  /** Which day selected the version of the terms, and by which reading. */
  readonly versionNode: TraceNode;
  readonly used: {
    readonly parameters: readonly ParameterUsed[];
    readonly readings: readonly ReadingUsed[];
  };
  readonly input: unknown;
}

/**
 * Reads what governs `claim`. Readings are those in force on the day of the decision; parameters those
 * of the day that INT-16 names (the event, the notice or the decision). A parameter is read only where
 * the claim needs it. Refuses with `parameter_unset` (the clause is named), never with a default.
 */
export function termsFor(claim: CompensationClaim, terms: CompensationTerms): Result<TermsInForce> {
  const { institution, asOf, parameters } = terms;
  const books = [parameters.institution, terms.readings.institution];
  assert(
    books.every((one) => one === institution),
    'The books are of another institution.',
  );
  const chosen = ENTRIES.map((entry) => terms.readings.on(entry, asOf));
  for (const { entry, reading } of chosen) {
    const without = WITHOUT_FIGURES[entry];
    if (without?.reading === reading) {
      const facts = { entry, reading };
      return refused('reading_without_figures', { clause: without.clause, facts });
    }
  }
  const letters = chosen.map(({ entry, reading }) => [entry, reading]);
  const readings = Object.fromEntries(letters) as CompensationReadings;
  const day = governingDay(claim, readings['INT-16'], asOf);
  const { interestRule, impedimentEndDays, deskHours } = smParameters;
  const interest = parameters.read(interestRule, day);
  if (!interest.ok) return interest;
  const paid = checkInterest(claim, interest.value.value.basis);
  if (!paid.ok) return paid;
  const used: { parameters: ParameterUsed[]; readings: ReadingUsed[] } = {
    parameters: [interest.value],
    readings: chosen,
  };
  let endDays: EndDays = 'both';
  if (claim.impediments.length > 0) {
    const read = parameters.read(impedimentEndDays, day);
    if (!read.ok) return read;
    used.parameters.push(read.value);
    endDays = read.value.value;
  }
  let deskIsOpen: TermsInForce['deskIsOpen'];
  if (readings['INT-01'] === 'B') {
    const read = parameters.read(deskHours, day);
    if (!read.ok) return read;
    used.parameters.push(read.value);
    deskIsOpen = opensOn(read.value.value);
  }
  return accepted({
    readings,
    figures: FIGURES,
    endDays,
    setOffBasis: readings['INT-07'] === 'B' ? 'covered' : 'award',
    ...(deskIsOpen && { deskIsOpen }),
    versionNode: versionNode(day, readings['INT-16']),
    used,
    input: { institution, asOf, claim, ...used },
  });
}

/** INT-01 B: a day on which the desk takes notices at some hour. */
const opensOn =
  (hours: ServiceHours) =>
  (day: CivilDate): boolean => {
    const opening = nextOpening(hours, day.startsAt());
    return opening !== undefined && opening < day.plusDays(1).startsAt();
  };

/** Interest is recorded per transfer by the institution's rule; a rule of none and interest contradict. */
function checkInterest({ transfers }: CompensationClaim, basis: string): Result<true> {
  const index = basis === 'none' ? transfers.findIndex(({ interest }) => interest > 0n) : -1;
  if (index < 0) return accepted(true);
  const facts = { field: `transfers[${index}].interest`, against: 'P.sm.interest.rule' };
  return refused('facts_contradict', { clause: 'SM-14.2d', facts });
}

const SELECTED_BY = {
  A: { ja: '最初の不正の日', en: 'the first misuse' },
  B: { ja: '通知の日', en: 'the notice' },
  C: { ja: '判断の日', en: 'the decision' },
} as const;

const versionNode = (day: CivilDate, reading: LetterOf<'INT-16'>): TraceNode => ({
  clause: 'SM-20',
  effect: 'reading',
  facts: [],
  value: day,
  reason: {
    ja: `${SELECTED_BY[reading].ja}${day}に適用される版の規定と所定の値による。`,
    en: `The terms and parameters in force on ${day}, the day of ${SELECTED_BY[reading].en}, apply.`,
  },
});

/** The day whose version governs. Source: SM-20, INT-16. */
function governingDay(
  { transfers, notices }: CompensationClaim,
  reading: LetterOf<'INT-16'>,
  asOf: CivilDate,
): CivilDate {
  if (reading === 'C') return asOf;
  const instants =
    reading === 'A' ? transfers.map((one) => one.happenedAt) : notices.map(({ at }) => at);
  const first = Math.min(...instants);
  // An instant that cannot be is refused with its field when the claim is read.
  return isInstant(first) ? CivilDate.inTokyo(first) : asOf;
}
