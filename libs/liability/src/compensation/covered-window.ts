import type { FactUsed, TraceNode } from '#libs/contracts';
import { lengthInDays, unionOf, type CivilDate, type Period } from '#libs/kernel';
import type { DatedClaim, DatedImpediment } from './dated-claim.js';
import type { EndDays } from './terms.js';

export interface CoveredWindow {
  /** The first covered day; misuse from its 00:00 in Tokyo is covered. */
  readonly firstDay: CivilDate;
  /** d: the days by which proven impediments lengthen the 30. */
  readonly impedimentDays: number;
  /** Where the proof of an impediment is still open: the first day, were it all proven. */
  readonly firstDayIfProven: CivilDate;
  /** The impediments whose proof or weight is not established. */
  readonly open: readonly string[];
  readonly trace: readonly TraceNode[];
}

/**
 * SM-14.2b, SM-14.2c: misuse on or after the day `lookBackDays` before the notice day is covered; the
 * days of proven impediments come on top. Overlap counts once and neighbours make one period, unless
 * the reading takes each period for itself (INT-02). What is unproven adds nothing (SM-14.2c/b).
 */
export function coveredWindow(
  claim: DatedClaim,
  lookBackDays: number,
  endDays: EndDays,
  eachForItself: boolean,
): CoveredWindow {
  const weighed = claim.impediments.map((one) => ({ ...one, counts: weight(one, claim) }));
  const daysOf = (those: readonly DatedImpediment[]): number => {
    const periods = those.map(({ period }) => period);
    return sumOfDays(eachForItself ? periods : unionOf(periods), endDays);
  };
  const impedimentDays = daysOf(weighed.filter(({ counts }) => counts === 'yes'));
  const atMost = daysOf(weighed.filter(({ counts }) => counts !== 'no'));
  const firstDay = claim.noticeDay.minusDays(lookBackDays + impedimentDays);
  return {
    firstDay,
    impedimentDays,
    firstDayIfProven: claim.noticeDay.minusDays(lookBackDays + atMost),
    open: weighed
      .filter(({ counts }) => counts === 'unknown')
      .map(({ impediment }) => impediment.id),
    trace: [
      {
        clause: 'SM-14.2b',
        effect: 'applies',
        facts: [{ name: 'noticeDate', value: claim.noticeDay, evidence: [claim.notice.id] }],
        value: firstDay,
        reason: {
          ja: `通知日${claim.noticeDay}の${lookBackDays + impedimentDays}日前、${firstDay}以後の被害が対象。`,
          en: `Misuse from ${firstDay} is covered: ${lookBackDays + impedimentDays} days before notice.`,
        },
      },
      ...(weighed.length > 0 ? [impedimentNode(weighed, impedimentDays, endDays)] : []),
    ],
  };
}

type Weighed = DatedImpediment & { readonly counts: 'yes' | 'no' | 'unknown' };

/** A period that was over before the misuse began counts only as people judge (SM-14.2c/c). */
function weight(one: DatedImpediment, claim: DatedClaim): Weighed['counts'] {
  const { proven, countsThoughEarlier } = one.impediment;
  if (proven.value !== 'yes') return proven.value;
  const began = claim.theftDay ?? claim.firstMisuseDay;
  if (!one.period.lastDay.isBefore(began)) return 'yes';
  return countsThoughEarlier?.value ?? 'unknown';
}

const sumOfDays = (periods: readonly Period[], endDays: EndDays): number =>
  periods.reduce((sum, period) => sum + lengthInDays(period) - (endDays === 'one' ? 1 : 0), 0);

function impedimentNode(weighed: readonly Weighed[], d: number, endDays: EndDays): TraceNode {
  const facts = weighed.map(({ impediment, counts }): FactUsed => ({
    name: `impediments.${impediment.id}`,
    value: { from: impediment.from, to: impediment.to, counts },
    evidence: impediment.proven.evidence,
  }));
  const ends = {
    both: { ja: '両端とも算入', en: 'both end days' },
    one: { ja: '一端のみ算入', en: 'one end day' },
  };
  return {
    clause: 'SM-14.2c',
    effect:
      d > 0
        ? 'applies'
        : weighed.some(({ counts }) => counts === 'unknown')
          ? 'undetermined'
          : 'not_met',
    facts,
    value: d,
    reason: {
      ja: `証明されたやむをえない事情は${d}日（${ends[endDays].ja}）で、その日数を加える。`,
      en: `Proven unavoidable circumstances add ${d} days (${ends[endDays].en} counted).`,
    },
  };
}
