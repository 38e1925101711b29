import type { Instant } from '#libs/kernel';
import { noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
import { periodIsOver } from '../conditions/period-is-over.js';
import type { ReviewState } from '../machines/security-review.js';
import type { ReadingBook } from '../readings.js';
import type { Decision } from './decision.js';
import {
  decideMeasure,
  noticeStep,
  type MeasureOutcome,
  type MeasureStep,
} from './measure-decision.js';

/** RKN-S4a to S4c for one review, each with what is left to do where it is missing. */
function stepsOf({ facts }: ReviewState, now: Instant): readonly MeasureStep[] {
  const { demand, insufficientAt, notice } = facts;
  return [
    {
      clause: 'RKN-S4a',
      isMet: demand?.arrivedAt !== undefined,
      code: demand ? 'demand_not_arrived' : 'demand_required',
      facts: { standardItems: demand?.items, demandArrivedAt: demand?.arrivedAt },
      met: { ja: '改善の求めが届いている。', en: 'A demand for improvement has arrived.' },
      unmet: { ja: '届いた改善の求めがない。', en: 'No demand for improvement has arrived.' },
      duty: {
        who: 'institution',
        what: {
          ja: '事由と項目を示して改善を求め、到達を確かめる。',
          en: 'Demand improvement with items and grounds, and prove its arrival.',
        },
        clause: 'RKN-S4a',
      },
    },
    {
      clause: 'RKN-S4b',
      isMet: periodIsOver(demand?.dueAt, now),
      code: 'period_not_over',
      facts: { demandDueAt: demand?.dueAt },
      met: { ja: '合理的な期間は満了した。', en: 'The reasonable period is over.' },
      unmet: { ja: '合理的な期間がまだ満了していない。', en: 'The period is not over yet.' },
      duty: {
        who: 'epsp',
        what: { ja: '期間内に改善して報告する。', en: 'Improve within the period and report.' },
        ...(demand?.dueAt === undefined ? {} : { due: demand.dueAt + 1 }),
        clause: 'RKN-S4b',
      },
    },
    {
      clause: 'RKN-S4b',
      isMet: insufficientAt !== undefined && periodIsOver(demand?.dueAt, insufficientAt),
      code: 'not_judged_insufficient',
      facts: { assessedAt: insufficientAt },
      met: {
        ja: '期間の満了後に不十分と判断されている。',
        en: 'It was judged insufficient after the period.',
      },
      unmet: {
        ja: '満了後の不十分との判断がない。',
        en: 'No judgement of insufficiency was made after the period.',
      },
      duty: {
        who: 'institution',
        what: {
          ja: '改善が十分かを、事由とともに二名で判断する。',
          en: 'Judge the improvement with grounds, two people.',
        },
        clause: 'RKN-S4b',
      },
    },
    noticeStep(
      'RKN-S4c',
      notice,
      noticeArrivedBefore(notice?.deliveredAt, now, notice?.leadHours ?? 0),
    ),
  ];
}

/**
 * May the institution restrict or suspend the linkage now, on this review? The answer names the first
 * step that is missing and what is left to do, with the instant where one is known. It commits
 * nothing: that is the machine's. Source: RKN-S4a, RKN-S4b, RKN-S4c.
 */
export const mayRestrictLink = (
  review: ReviewState,
  now: Instant,
  readings: ReadingBook,
): Decision<MeasureOutcome> =>
  decideMeasure(stepsOf(review, now), review.facts.notice, {
    institution: review.facts.institution,
    now,
    input: { name: review.name, facts: review.facts },
    readings,
    alsoReads: ['INT-21'],
  });
