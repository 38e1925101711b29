import { decideCompensation } from '#libs/liability';
import type { ClaimForOpinion } from './claim.js';
import { generate } from './generate.js';
import { seeded } from './random.js';
import { secondOpinion, type AmountRefused } from './second-opinion.js';
import { translate } from './translate.js';

/** What both sides say of one case, reduced to what must be equal. */
export interface Answer {
  readonly class: string;
  readonly noticeDay: string;
  readonly from: string;
  readonly covered: string;
  readonly grounds: string;
  readonly award: string;
  readonly paid: string;
}

export interface Difference {
  readonly number: number;
  readonly claim: ClaimForOpinion;
  readonly library: Answer | string;
  readonly opinion: Answer | string;
}

/** The library's codes for an amount that cannot stand, as the second opinion tells them apart. */
const REFUSALS: Readonly<Record<string, readonly AmountRefused[]>> = {
  determination_not_open: ['not_open'],
  award_out_of_bounds: ['negative', 'above'],
  no_fault_finding_required: ['whole'],
};

/** A refusal as both sides write it: the names that the library's code may stand for. */
const refusedAs = (names: readonly AmountRefused[]): string => `refused: ${names.join(' or ')}`;

/** Window and covered amount mean something only where the claim was not closed before them. */
const isOpen = (found: string): boolean =>
  found === 'full' || found === 'discretionary' || found === 'no_rule';

function libraryAnswer(claim: ClaimForOpinion): Answer | string {
  const given = translate(claim);
  const result = decideCompensation(given.claim, given.terms);
  if (!result.ok) {
    const { code, facts } = result.refusal;
    const names = REFUSALS[code];
    return names ? refusedAs(names) : `refused: ${code} ${JSON.stringify(facts)}`;
  }
  const { outcome } = result.value;
  const open = isOpen(outcome.kind);
  const isUndetermined = outcome.kind === 'undetermined';
  return {
    class: outcome.kind,
    noticeDay: String(outcome.noticeDay),
    from: open ? String(outcome.firstCoveredDay) : '',
    covered: open ? String(outcome.coveredYen) : '',
    grounds: outcome.kind === 'excluded' ? outcome.grounds.join(' ') : '',
    award: isUndetermined ? '' : String(outcome.awardYen),
    paid: isUndetermined ? '' : String(outcome.payableYen),
  };
}

function opinionAnswer(claim: ClaimForOpinion): Answer | string {
  const seen = secondOpinion(claim);
  const { refused } = seen;
  if (refused) {
    return refusedAs(Object.values(REFUSALS).find((names) => names.includes(refused)) ?? []);
  }
  const open = isOpen(seen.class);
  const isUndetermined = seen.class === 'undetermined';
  return {
    class: seen.class,
    noticeDay: seen.noticeDay,
    from: open ? seen.from : '',
    covered: open ? String(seen.covered) : '',
    grounds: seen.grounds.join(' '),
    award: isUndetermined ? '' : String(seen.award),
    paid: isUndetermined ? '' : String(seen.paid),
  };
}

const isSame = (a: Answer | string, b: Answer | string): boolean => {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return (Object.keys(a) as (keyof Answer)[]).every((key) => a[key] === b[key]);
};

export interface Comparison {
  readonly cases: number;
  readonly differences: number;
  /** The first differences, for whoever has to find out which side errs. */
  readonly examples: readonly Difference[];
  /** How many cases fell into each class or refusal, as the second opinion has it. */
  readonly classes: Readonly<Record<string, number>>;
}

/** Judges `cases` generated cases by both sides. The same seed gives the same cases. */
export function compare(cases: number, seed: number): Comparison {
  const random = seeded(seed);
  const classes: Record<string, number> = {};
  const examples: Difference[] = [];
  let differences = 0;
  for (let number = 1; number <= cases; number += 1) {
    const claim = generate(random);
    const opinion = opinionAnswer(claim);
    const library = libraryAnswer(claim);
    const name = typeof opinion === 'string' ? opinion.replace(/[: ]+/g, '_') : opinion.class;
    classes[name] = (classes[name] ?? 0) + 1;
    if (isSame(library, opinion)) continue;
    differences += 1;
    if (examples.length < 10) examples.push({ number, claim, library, opinion });
  }
  return { cases, differences, examples, classes };
}
