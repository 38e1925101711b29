import {
  flag,
  oneOf,
  parameter,
  type LetterOf,
  type ParameterBook,
  type ParameterUsed,
  type ReadingBook,
  type ReadingId,
  type ReadingUsed,
  type WrongfulTransfer,
} from '#libs/contracts';
import { accepted, assert, CivilDate, refused, type Result, type Yen } from '#libs/kernel';
import type { SetOffBasis } from './award.js';
import type { CompensationClaim } from './claim.js';
import type { EndDays } from './covered-window.js';

// Stand-ins until the articles land.
const endDaysParameter = parameter(
  'P.sm.impediment.endDays',
  ['SM-14.2c'],
  'rule',
  oneOf('both', 'one'),
  { ja: '', en: '' },
);
const interestParameter = parameter(
  'P.sm.interest.rule',
  ['SM-14.2d'],
  'rule',
  oneOf('none', 'recorded'),
  { ja: '', en: '' },
);
const deskParameter = parameter('P.sm.desk.hours', ['SM-9.4'], 'rule', flag, { ja: '', en: '' });
const FIGURES = { lookBackDays: 30, barYears: 2 };

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
const WITHOUT_FIGURES: Partial<Record<ReadingId, string>> = { 'INT-06': 'B', 'INT-19': 'B' };

export type CompensationReadings = { readonly [Id in (typeof ENTRIES)[number]]: LetterOf<Id> };

/** What governs one claim, resolved; `used` is copied into the decision, `input` is hashed. */
export interface TermsInForce {
  readonly readings: CompensationReadings;
  readonly figures: { readonly lookBackDays: number; readonly barYears: number };
  readonly endDays: EndDays;
  readonly setOffBasis: SetOffBasis;
  readonly interestOf: (transfer: WrongfulTransfer) => Yen;
  readonly deskIsOpen?: (day: CivilDate) => boolean;
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
  const unsupported = chosen.find(({ entry, reading }) => WITHOUT_FIGURES[entry] === reading);
  if (unsupported) {
    const { entry, reading } = unsupported;
    return refused('reading_without_figures', { clause: 'SM-14.2d', facts: { entry, reading } });
  }
  const letters = chosen.map(({ entry, reading }) => [entry, reading]);
  const readings = Object.fromEntries(letters) as CompensationReadings;
  const day = governingDay(claim, readings['INT-16'], asOf);
  const used: ParameterUsed[] = [];

  const interest = parameters.read(interestParameter, day);
  if (!interest.ok) return interest;
  used.push(interest.value);
  let endDays: EndDays = 'both';
  if (claim.impediments.length > 0) {
    const read = parameters.read(endDaysParameter, day);
    if (!read.ok) return read;
    used.push(read.value);
    endDays = read.value.value;
  }
  return accepted({
    readings,
    figures: FIGURES,
    endDays,
    setOffBasis: readings['INT-07'] === 'B' ? 'covered' : 'award',
    interestOf:
      interest.value.value === 'none'
        ? () => 0n
        : (transfer: WrongfulTransfer) => transfer.interest,
    used: { parameters: used, readings: chosen },
    input: { institution, asOf, claim, parameters: used, readings: chosen },
  });
}

/** The day whose version governs. Source: SM-20, INT-16. */
function governingDay(
  { transfers, notices }: CompensationClaim,
  reading: LetterOf<'INT-16'>,
  asOf: CivilDate,
): CivilDate {
  const instants =
    reading === 'A'
      ? transfers.map((one) => one.happenedAt)
      : reading === 'B'
        ? notices.map(({ at }) => at)
        : [];
  const first = Math.min(...instants);
  return Number.isInteger(first) && first >= 0 ? CivilDate.inTokyo(first) : asOf;
}
