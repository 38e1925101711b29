import { accepted, CivilDate, type Period, type Result } from '#libs/kernel';
import type { CompensationClaim, HolderNotice, Impediment } from './claim.js';
import { checkAmounts } from './check-amounts.js';
import type { CompensationReadings } from './terms.js';
import { refused } from '../refused.js';

/** An impediment with its days read. */
export interface DatedImpediment {
  readonly impediment: Impediment;
  readonly period: Period;
}

/** A claim whose days were read and found to fit together; the decision works on this. */
export interface DatedClaim {
  readonly claim: CompensationClaim;
  readonly notice: HolderNotice;
  readonly noticeDay: CivilDate;
  /** Absent where it is not clear and no estimate is accepted (INT-03). */
  readonly theftDay?: CivilDate;
  readonly theftEvidence: readonly string[];
  readonly firstMisuseDay: CivilDate;
  readonly impediments: readonly DatedImpediment[];
}

/**
 * Reads the days of a claim. Refuses, naming field and clause, what cannot be: an impossible date, a
 * missing notice, a theft after its own misuse, a period that ends before it begins or overlaps another
 * of the same circumstance, an amount below zero. Nothing is repaired silently.
 */
export function dateClaim(
  claim: CompensationClaim,
  readings: CompensationReadings,
): Result<DatedClaim> {
  const amounts = checkAmounts(claim);
  if (!amounts.ok) return amounts;
  const notice = noticeAfter(claim.notices, readings['INT-26']);
  if (!notice)
    return refused('notice_time_missing', { clause: 'SM-14.1-1', facts: { field: 'notices' } });
  if (claim.noticedAt !== undefined && claim.noticedAt > notice.at) {
    return contradiction('noticedAt', 'SM-14.1-1', 'notices');
  }
  const noticeDay = CivilDate.inTokyo(notice.at);
  const first = Math.min(...claim.transfers.map(({ happenedAt }) => happenedAt));
  const firstMisuseDay = CivilDate.inTokyo(first);
  const theft = readTheftDay(claim, readings, firstMisuseDay, noticeDay);
  if (!theft.ok) return theft;
  const impediments = readImpediments(claim.impediments, noticeDay);
  if (!impediments.ok) return impediments;
  return accepted({
    claim,
    notice,
    noticeDay,
    ...(theft.value && { theftDay: theft.value }),
    theftEvidence: claim.theftDate.evidence,
    firstMisuseDay,
    impediments: impediments.value,
  });
}

/** INT-26: which of the holder's messages is the notice; the earliest that counts. */
export function noticeAfter(
  notices: readonly HolderNotice[],
  reading: CompensationReadings['INT-26'],
): HolderNotice | undefined {
  const counts = ({ kind, tellsOfMisuse }: HolderNotice): boolean => {
    if (kind === 'notice') return true;
    return reading === 'B' || (reading === 'A' && tellsOfMisuse);
  };
  return notices.filter(counts).sort((a, b) => a.at - b.at)[0];
}

const contradiction = (field: string, clause: string, against: string) =>
  refused('facts_contradict', { clause, facts: { field, against } });

function readDay(text: string, field: string, clause: string): Result<CivilDate> {
  const day = CivilDate.parse(text);
  return day.ok ? day : refused('date_malformed', { clause, facts: { field, value: text } });
}

function readTheftDay(
  { theftDate }: CompensationClaim,
  readings: CompensationReadings,
  firstMisuseDay: CivilDate,
  noticeDay: CivilDate,
): Result<CivilDate | undefined> {
  const { status, date } = theftDate;
  if (status === 'not_clear') {
    return date === undefined
      ? accepted(undefined)
      : contradiction('theftDate.date', 'SM-14.3', 'theftDate.status');
  }
  const day = readDay(date ?? '', 'theftDate.date', 'SM-14.3');
  if (!day.ok) return day;
  if (day.value.isAfter(firstMisuseDay))
    return contradiction('theftDate.date', 'SM-14.3', 'transfers');
  if (day.value.isAfter(noticeDay)) return contradiction('theftDate.date', 'SM-14.3', 'notices');
  return accepted(status === 'known' || readings['INT-03'] === 'B' ? day.value : undefined);
}

function readImpediments(
  all: readonly Impediment[],
  noticeDay: CivilDate,
): Result<DatedImpediment[]> {
  const read: DatedImpediment[] = [];
  const clause = 'SM-14.2c';
  for (const [index, impediment] of all.entries()) {
    const field = `impediments[${index}]`;
    const from = readDay(impediment.from, `${field}.from`, clause);
    if (!from.ok) return from;
    const to = readDay(impediment.to, `${field}.to`, clause);
    if (!to.ok) return to;
    const period = { firstDay: from.value, lastDay: to.value };
    if (period.lastDay.isBefore(period.firstDay))
      return contradiction(`${field}.to`, clause, `${field}.from`);
    if (period.lastDay.isAfter(noticeDay)) return contradiction(`${field}.to`, clause, 'notices');
    if (impediment.proven.value === 'yes' && impediment.proven.evidence.length === 0) {
      return refused('evidence_missing', { clause, facts: { field: `${field}.proven` } });
    }
    if (read.some((other) => other.impediment.id === impediment.id)) {
      return refused('named_twice', { clause, facts: { field: `${field}.id`, id: impediment.id } });
    }
    const twin = read.find(
      (other) =>
        other.impediment.circumstance === impediment.circumstance && overlap(other.period, period),
    );
    if (twin) {
      return refused('periods_overlap', { clause, facts: { field, against: twin.impediment.id } });
    }
    read.push({ impediment, period });
  }
  return accepted(read);
}

const overlap = (a: Period, b: Period): boolean =>
  !a.firstDay.isAfter(b.lastDay) && !b.firstDay.isAfter(a.lastDay);
