import { CivilDate, periodAfter, years, type Instant } from '#libs/kernel';

/** What a file was needed for at one institution, and until when that lasted. */
export interface EvidenceUse {
  readonly institutionId: number;
  readonly lastAt: Instant;
  /** It goes on: a checklist that binds, a demand, a measure, a case, a contract. */
  readonly isOpen: boolean;
}

/** The last day for which an institution keeps a file. */
export interface KeptThrough {
  readonly institutionId: number;
  readonly lastDay: CivilDate;
}

/**
 * Through which day each institution keeps a file, by the years that it has set; undefined as long as a use is open
 * or a term is unset at any of them: one that keeps it keeps it for all. The day of the last use is not counted
 * (Civil Code, article 140). Source: RKN-S2, P.rkn.evidenceRetention.
 */
export function keptThrough(
  uses: readonly EvidenceUse[],
  yearsOf: ReadonlyMap<number, number>,
): readonly KeptThrough[] | undefined {
  if (uses.some(({ isOpen }) => isOpen)) return undefined;
  const terms: KeptThrough[] = [];
  for (const [institutionId, of] of Map.groupBy(uses, (use) => use.institutionId)) {
    const term = yearsOf.get(institutionId);
    if (term === undefined) return undefined;
    const last = CivilDate.inTokyo(Math.max(...of.map(({ lastAt }) => lastAt)));
    terms.push({ institutionId, lastDay: periodAfter(last, years(term)).lastDay });
  }
  return terms;
}

/** Whether the day has come on which nobody keeps it any more. */
export const isTermOver = (terms: readonly KeptThrough[] | undefined, today: CivilDate): boolean =>
  terms !== undefined && terms.length > 0 && terms.every(({ lastDay }) => lastDay.isBefore(today));

/** Of an open demand, request, notice or measure a procedure's state says so by its name. */
const UNDER_WAY = ['demand', 'request', 'notice', 'measureId'];

/** Whether a procedure in which a file was named is still under way. Source: RKN-S4, RKN-C2, INT-13. */
export const isUnderWay = (matter: {
  readonly machine: string;
  readonly isOver: boolean;
  readonly state: { readonly facts: object };
}): boolean =>
  !matter.isOver &&
  (matter.machine === 'protective-hold' ||
    UNDER_WAY.some((fact) => holds(matter.state.facts, fact)));

const holds = (facts: object, name: string): boolean =>
  (facts as Readonly<Record<string, unknown>>)[name] !== undefined;
