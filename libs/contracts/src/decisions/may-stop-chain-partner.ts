import type { Instant } from '#libs/kernel';
import { noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
import { periodIsOver } from '../conditions/period-is-over.js';
import type { ChainState } from '../machines/chain-stop.js';
import type { ReadingBook } from '../readings.js';
import type { Decision } from './decision.js';
import {
  decideMeasure,
  noticeStep,
  type MeasureOutcome,
  type MeasureStep,
} from './measure-decision.js';

/** RKN-C2a and C2b for one partner, each with what is left to do where it is missing. */
function stepsOf({ facts }: ChainState, now: Instant): readonly MeasureStep[] {
  const { request, partnerStoppedAt, notice } = facts;
  return [
    {
      clause: 'RKN-C2b',
      isMet: partnerStoppedAt === undefined,
      code: 'partner_already_stopped',
      facts: { partnerStoppedAt },
      met: { ja: '連鎖接続は停止されていない。', en: 'The partner has not been stopped.' },
      unmet: { ja: '連鎖接続は停止されている。', en: 'The partner has been stopped.' },
      duty: {
        who: 'institution',
        what: { ja: '措置をとらない。', en: 'Take no measure.' },
        clause: 'RKN-C2b',
      },
    },
    {
      clause: 'RKN-C2a',
      isMet: request?.arrivedAt !== undefined,
      code: request ? 'request_not_arrived' : 'request_required',
      facts: { chainGround: request?.ground, demandArrivedAt: request?.arrivedAt },
      met: { ja: '停止の求めが届いている。', en: 'The stop request has arrived.' },
      unmet: { ja: '届いた停止の求めがない。', en: 'No stop request has arrived.' },
      duty: {
        who: 'institution',
        what: {
          ja: '事由と理由を示して停止を求め、到達を確かめる。',
          en: 'Ask for the stop with grounds and reason, and prove its arrival.',
        },
        clause: 'RKN-C2a',
      },
    },
    {
      clause: 'RKN-C2b',
      isMet: periodIsOver(request?.dueAt, now),
      code: 'period_not_over',
      facts: { stopRequestDue: request?.dueAt },
      met: { ja: '相当期間は満了した。', en: 'The reasonable period is over.' },
      unmet: { ja: '相当期間がまだ満了していない。', en: 'The period is not over yet.' },
      duty: {
        who: 'epsp',
        what: { ja: '期間内に連鎖接続を停止する。', en: 'Stop the partner within the period.' },
        ...(request?.dueAt === undefined ? {} : { due: request.dueAt + 1 }),
        clause: 'RKN-C2b',
      },
    },
    noticeStep(
      'RKN-C2b',
      notice,
      noticeArrivedBefore(notice?.deliveredAt, now, notice?.leadHours ?? 0),
    ),
  ];
}

/**
 * May the institution act on the linkage now because this partner was not stopped? The answer names
 * the first step that is missing. Whether the measure reaches that partner alone is a choice of
 * rights (INT-17). Source: RKN-C2a, RKN-C2b.
 */
export const mayStopChainPartner = (
  chain: ChainState,
  now: Instant,
  readings: ReadingBook,
): Decision<MeasureOutcome> =>
  decideMeasure(stepsOf(chain, now), chain.facts.notice, {
    institution: chain.facts.institution,
    now,
    input: { name: chain.name, facts: chain.facts },
    readings,
    alsoReads: ['INT-21', 'INT-22'],
  });
