import type { ChainGround, ChainState } from '#libs/contracts';
import type { CivilDate, Instant } from '#libs/kernel';
import type { PartnerAct, PartnerActKind } from './partner-act.js';

/** Something of a partner that has come due at one institution: shown, a possible ground, and no act. */
export interface OpenItem {
  readonly kind:
    'report_overdue' | 'guidance_open' | 'result_not_reported' | 'report_rhythm_passed';
  readonly clause: string;
  /** Which ground of RKN-C2a it could become, if people judge so: (i) or (ii). */
  readonly ground: ChainGround;
  /** The request or guidance, which grounds can name as evidence. */
  readonly about: string | undefined;
  readonly since: Instant | undefined;
}

const newest = (acts: readonly PartnerAct[], kind: PartnerActKind) =>
  acts.findLast((act) => act.kind === kind);

/**
 * What has come due, as the machine's own flags say; the acts only lend their ids. Source: RKN-C1b/a,
 * RKN-C1c/a, RKN-C1d/a.
 */
export function openItems(chain: ChainState, acts: readonly PartnerAct[]): OpenItem[] {
  const { reportOverdue, guidanceOpen, reportToInstitutionOverdue } = chain.facts;
  const found: OpenItem[] = [];
  const request = newest(acts, 'report_requested');
  const guidance = newest(acts, 'guidance_given');
  const concluded = newest(acts, 'guidance_concluded');
  if (reportOverdue)
    found.push({
      kind: 'report_overdue',
      clause: 'RKN-C1b',
      ground: 'partner_default',
      about: request?.id,
      since: request?.dueAt,
    });
  if (guidanceOpen)
    found.push({
      kind: 'guidance_open',
      clause: 'RKN-C1c',
      ground: 'guidance_failure',
      about: guidance?.id,
      since: guidance?.dueAt,
    });
  if (reportToInstitutionOverdue)
    found.push({
      kind: 'result_not_reported',
      clause: 'RKN-C1d',
      ground: 'guidance_failure',
      about: concluded?.about,
      since: concluded?.at,
    });
  return found;
}

/** Whether a rhythm in months, where an institution has set one, asks for a report by now (RKN-C1b). */
export const rhythmIsPast = (
  contractFrom: CivilDate,
  lastReportOn: CivilDate | undefined,
  months: number | undefined,
  today: CivilDate,
): boolean =>
  months !== undefined && (lastReportOn ?? contractFrom).plusMonths(months).isBefore(today);
