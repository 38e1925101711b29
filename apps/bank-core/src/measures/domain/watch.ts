import {
  isHolding,
  mayRestrictLink,
  mayStopChainPartner,
  periodIsOver,
  type ChainState,
  type HoldState,
  type ReadingBook,
  type ReadingUsed,
  type ReviewState,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** Something that has come due. It proposes a step to people and takes none itself. */
export interface Suggestion {
  readonly rule: string;
  readonly clause: string;
  /** The step that people may propose next. */
  readonly proposes: string;
  readonly since: Instant | undefined;
  /** What the rule saw. */
  readonly facts: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** What a security review asks people to look at. Source: RKN-S3a, RKN-S3b, RKN-S4b, RKN-S4c. */
export function watchReview(
  review: ReviewState,
  now: Instant,
  readings: ReadingBook,
): Suggestion[] {
  const { name, facts, since } = review;
  const found: Suggestion[] = [];
  const { demand, notice, submissionId, standardVersion } = facts;
  const seen = { state: name, demandId: demand?.id, noticeId: notice?.noticeId };
  const add = (rule: string, clause: string, proposes: string, from?: Instant, more = {}) =>
    void found.push({ rule, clause, proposes, since: from, facts: { ...seen, ...more } });
  if (name === 'DEFICIENT') add('demand_open', 'RKN-S4a', 'improvement_demanded', since);
  if (
    (name === 'IMPROVEMENT_REQUESTED' || name === 'REPORTED') &&
    periodIsOver(facts.demand?.dueAt, now)
  )
    add('improvement_overdue', 'RKN-S4b', 'judged_insufficient', facts.demand?.dueAt);
  if (name === 'NOTICE_SENT') {
    const { outcome, readings: by } = mayRestrictLink(review, now, readings);
    const more = { readings: readingsWords(by) };
    if (outcome.may) add('measure_possible', 'RKN-S4c', 'measure_committed', since, more);
  }
  if (name === 'REMEDIATED') add('remediation_reported', 'RKN-S4c', 'resumed', since);
  const checklist = { submissionId, standardVersion };
  if (facts.attestationDue)
    add('attestation_due', 'RKN-S3a', 'found_deficient', undefined, checklist);
  if (facts.gapOverdue)
    add('standard_gap_overdue', 'RKN-S3b', 'found_deficient', undefined, checklist);
  return found;
}

/** What a chain connection asks people to look at. Source: RKN-C1b to C1d, RKN-C2b. */
export function watchChain(chain: ChainState, now: Instant, readings: ReadingBook): Suggestion[] {
  const { name, facts, since } = chain;
  const found: Suggestion[] = [];
  const seen = { state: name, requestId: facts.request?.id, noticeId: facts.notice?.noticeId };
  const add = (rule: string, clause: string, proposes: string, from?: Instant, more = {}) =>
    void found.push({ rule, clause, proposes, since: from, facts: { ...seen, ...more } });
  if (name === 'OVERDUE') add('stop_overdue', 'RKN-C2b', 'notice_sent', facts.request?.dueAt);
  if (name === 'NOTICED') {
    const { outcome, readings: by } = mayStopChainPartner(chain, now, readings);
    const more = { readings: readingsWords(by) };
    if (outcome.may) add('measure_possible', 'RKN-C2b', 'measure_committed', since, more);
  }
  const isUnderMeasure = name === 'LINK_RESTRICTED' || name === 'LINK_SUSPENDED';
  if (isUnderMeasure && facts.partnerStoppedAt !== undefined)
    add('partner_stopped', 'RKN-C2b', 'resumed', facts.partnerStoppedAt);
  if (facts.reportOverdue) add('partner_report_overdue', 'RKN-C1b', 'stop_demanded');
  if (facts.guidanceOpen) add('guidance_open', 'RKN-C1c', 'stop_demanded');
  if (facts.reportToInstitutionOverdue) add('result_overdue', 'RKN-C1d', 'stop_demanded');
  return found;
}

/** A hold in force has to become a demand or be released before its latest end (INT-13, RKN-S4a). */
export function watchHold(hold: HoldState, now: Instant): Suggestion[] {
  if (!isHolding(hold, now)) return [];
  const { basis, startedAt, latestEnd } = hold.facts;
  return [
    {
      rule: 'protective_hold_open',
      clause: 'RKN-S4a',
      proposes: 'improvement_demanded',
      since: startedAt,
      facts: { basis, latestEnd },
    },
  ];
}

/** By which readings a measure is said to be possible: an officer sees what it rests on. */
const readingsWords = (used: readonly ReadingUsed[]): string =>
  used.map(({ entry, reading }) => `${entry} ${reading}`).join(', ');

/** What an intermediary reported of itself and no officer has read. */
export interface IncidentsWaiting {
  readonly epspId: string;
  readonly partnerId: string | undefined;
  readonly count: number;
  readonly since: Instant;
  /** The id of the newest. */
  readonly newest: string;
}

/** People look at what was reported; of a partner it may lead to a request, else to a finding (RKN-S4a, RKN-C2a). */
export const watchIncidents = ({
  partnerId,
  count,
  since,
  newest,
}: IncidentsWaiting): Suggestion => ({
  rule: 'incident_reported',
  ...(partnerId === undefined
    ? { clause: 'RKN-S4a', proposes: 'found_deficient' }
    : { clause: 'RKN-C2a', proposes: 'stop_demanded' }),
  since,
  facts: { count, newest },
});
