import { AGREEMENT_INSTITUTIONS, mayPublish, preamble } from '#libs/contracts';
import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import {
  asPublished,
  NOTICE_SECTIONS,
  type AgreementVersion,
  type NoticeSection,
} from './published-notice.js';

/** From when until when a version covers an institution, as that institution decided (RKN-0.2). */
export interface CoverageSpan {
  readonly institutionId: number;
  readonly from: CivilDate;
  /** The last day, that day included. */
  readonly to: CivilDate | undefined;
}

/** What an institution decided about a version: to join it, or to leave the intermediary. */
export interface CoverageAct {
  readonly institutionId: number;
  readonly act: 'join' | 'leave';
  readonly effectiveOn: CivilDate;
  readonly reason: string;
}

/** One version with everything that is kept of it. */
export interface AgreementFile extends AgreementVersion {
  /** None: the federation's, for itself and the labour banks. Otherwise that institution's own contract. */
  readonly partyId: number | undefined;
  readonly supersedes: string | undefined;
  readonly published: readonly NoticeSection[] | undefined;
  readonly documentId: string | undefined;
  readonly coverage: readonly CoverageSpan[];
}

export type VersionRefusal =
  | 'section_missing'
  | 'date_in_the_past'
  | 'period_wrong'
  | 'not_the_newest_version'
  | 'institution_not_covered'
  | 'already_covered'
  | 'not_covered_now'
  | 'agreement_over';

/** The words as they stood when the version was made; what came with the installation shows the register's. */
export const sectionsOf = ({ published }: Pick<AgreementFile, 'published'>) =>
  published ?? NOTICE_SECTIONS;

export interface VersionAsked {
  readonly effectiveFrom: CivilDate;
  readonly effectiveTo: CivilDate | undefined;
  readonly supersedes: string | undefined;
  readonly sections: readonly NoticeSection[];
}

/**
 * May this version be made? It leaves what is in force as it is until its day (RKN-0.1/b). Refuses with
 * `section_missing`, `date_in_the_past`, `period_wrong`, `not_the_newest_version` (it would overtake another).
 */
export function decideVersion(
  asked: VersionAsked,
  series: readonly AgreementFile[],
  today: CivilDate,
): Result<void, Refusal<VersionRefusal>> {
  const { effectiveFrom, effectiveTo, supersedes, sections } = asked;
  const may = mayPublish(asPublished({ id: 'asked', effectiveFrom }, sections));
  if (!may.ok) return may;
  if (effectiveFrom.isBefore(today)) return refused('date_in_the_past', { clause: 'RKN-0.1' });
  if (effectiveTo?.isBefore(effectiveFrom)) return refused('period_wrong', { clause: 'RKN-0.1' });
  const newest = series.at(-1);
  const isNext = newest?.id === supersedes && !newest?.effectiveFrom.isAfter(effectiveFrom);
  return newest === undefined || isNext
    ? accepted(undefined)
    : refused('not_the_newest_version', { clause: 'RKN-0.1' });
}

/** May the agreement end with this day? Refuses with `agreement_over`, `date_in_the_past`, `period_wrong`. */
export function decideEnding(
  { effectiveFrom, effectiveTo }: Pick<AgreementFile, 'effectiveFrom' | 'effectiveTo'>,
  lastDay: CivilDate,
  today: CivilDate,
): Result<void, Refusal<VersionRefusal>> {
  if (effectiveTo?.isBefore(today)) return refused('agreement_over', { clause: 'RKN-0.2' });
  if (lastDay.isBefore(today)) return refused('date_in_the_past', { clause: 'RKN-0.2' });
  return lastDay.isBefore(effectiveFrom)
    ? refused('period_wrong', { clause: 'RKN-0.1' })
    : accepted(undefined);
}

/** Whether an institution may be party to an agreement at all. Source: RKN-0.2. */
export const mayBeParty = (
  agreement: Pick<AgreementFile, 'partyId'>,
  institution: { readonly id: number; readonly bankCode: string },
): boolean =>
  agreement.partyId === undefined
    ? preamble.clause('RKN-0.2').apply({
        coveredInstitutions: AGREEMENT_INSTITUTIONS.map(({ code }) => code),
        institutionCode: institution.bankCode,
      }) === 'covered'
    : agreement.partyId === institution.id;

/**
 * What a decision of one institution makes of its own coverage. Joining is its assent to that version, from its day
 * on; leaving ends its coverage by every version. Refuses with `institution_not_covered`, `date_in_the_past`,
 * `agreement_over`, `already_covered`, `not_covered_now`. Source: RKN-0.2.
 */
export function decideCoverage(
  act: CoverageAct,
  facts: {
    readonly agreement: AgreementFile;
    /** Every version of the intermediary. */
    readonly all: readonly AgreementFile[];
    readonly bankCode: string;
    readonly today: CivilDate;
  },
): Result<CoverageSpan, Refusal<VersionRefusal>> {
  const { agreement, all, bankCode, today } = facts;
  const { institutionId, effectiveOn } = act;
  const refuse = (code: VersionRefusal) => refused(code, { clause: 'RKN-0.2' });
  if (!mayBeParty(agreement, { id: institutionId, bankCode }))
    return refuse('institution_not_covered');
  if (effectiveOn.isBefore(today)) return refuse('date_in_the_past');
  if (act.act === 'leave') {
    const lastDay = effectiveOn.minusDays(1);
    const isCovered = all.some(({ coverage }) =>
      coverage.some((span) => span.institutionId === institutionId && lives(span, lastDay)),
    );
    return isCovered
      ? accepted({ institutionId, from: effectiveOn, to: lastDay })
      : refuse('not_covered_now');
  }
  if (agreement.effectiveTo?.isBefore(effectiveOn)) return refuse('agreement_over');
  const from = effectiveOn.isBefore(agreement.effectiveFrom)
    ? agreement.effectiveFrom
    : effectiveOn;
  const own = agreement.coverage.find((span) => span.institutionId === institutionId);
  if (!own || own.to?.isBefore(today) === true)
    return accepted({ institutionId, from, to: undefined });
  // Joining again before the last day takes the leaving back.
  const isTakenBack = own.to !== undefined && !own.to.plusDays(1).isBefore(from);
  return isTakenBack
    ? accepted({ institutionId, from: own.from, to: undefined })
    : refuse('already_covered');
}

/** Whether a span goes on beyond a day: only then can it still be ended there. */
const lives = ({ from, to }: CoverageSpan, lastDay: CivilDate): boolean =>
  to === undefined ? true : to.isAfter(lastDay) && !to.isBefore(from);

/** Institutions that the version before covers and that have not assented to this one (RKN-0.2). */
export const assentsMissing = (
  agreement: AgreementFile,
  before: AgreementFile | undefined,
): number[] =>
  (before?.coverage ?? [])
    .filter(({ to }) => to === undefined)
    .map(({ institutionId }) => institutionId)
    .filter((id) => !agreement.coverage.some((span) => span.institutionId === id));
