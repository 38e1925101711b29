import { describe, expect, test } from '@jest/globals';
import { closedDemands, OF_CHAIN, OF_REVIEW, type PastEvent } from './closed-demand.js';

let at = 0;
const past = (type: string, cameTo: string, more: object = {}): PastEvent => ({
  event: { type, ...more },
  cameTo,
  clauses: ['RKN-S4b'],
  recordedAt: (at += 1),
});
const demanded = (demandId: string) =>
  past('improvement_demanded', 'IMPROVEMENT_REQUESTED', { demandId, items: ['4.2'] });
const ended = (
  history: readonly PastEvent[],
  words = OF_REVIEW as Parameters<typeof closedDemands>[1],
) =>
  closedDemands(history, words).map((one) => [
    one.about,
    one.endedBy,
    one.cameTo,
    one.ledToMeasure,
  ]);

describe('how demands ended', () => {
  test('RKN-S4b one that is open is not among them', () => {
    expect(ended([demanded('dem_1'), past('demand_arrived', 'IMPROVEMENT_REQUESTED')])).toEqual([]);
  });

  test('RKN-S4b/b one judged sufficient, and one whose measure was lifted', () => {
    const history = [
      demanded('dem_1'),
      past('demand_arrived', 'IMPROVEMENT_REQUESTED'),
      past('judged_sufficient', 'ACCEPTED'),
      // Nothing is open: what happens in that state ends nothing.
      past('standard_published', 'ACCEPTED'),
      demanded('dem_2'),
      past('measure_committed', 'SUSPENDED'),
      past('resumed', 'RESUMED', { reason: '確認した' }),
    ];
    expect(ended(history)).toEqual([
      ['dem_1', 'judged_sufficient', 'ACCEPTED', false],
      ['dem_2', 'resumed', 'RESUMED', true],
    ]);
    expect(closedDemands(history, OF_REVIEW)).toMatchObject([
      { items: ['4.2'], arrivedAt: expect.any(Number), reason: undefined },
      { arrivedAt: undefined, reason: '確認した' },
    ]);
  });

  test('RKN-0.2 the end of the agreement ends it as well', () => {
    const history = [demanded('dem_1'), past('agreement_ended', 'ENDED', { reason: '解約' })];
    expect(ended(history)).toEqual([['dem_1', 'agreement_ended', 'ENDED', false]]);
  });

  test.each([
    ['the partner is stopped', 'partner_stopped', 'PARTNER_STOPPED'],
    ['it is withdrawn', 'stop_request_withdrawn', 'CONTRACTED'],
  ])('RKN-C2a a request is over when %s', (_title, type, cameTo) => {
    const history = [
      past('stop_demanded', 'STOP_DEMANDED', { requestId: 'req_1' }),
      past(type, cameTo),
    ];
    expect(ended(history, OF_CHAIN)).toEqual([['req_1', type, cameTo, false]]);
  });

  test('RKN-C2b a partner stopped under a measure leaves the request open until it is lifted', () => {
    const history = [
      past('stop_demanded', 'STOP_DEMANDED', { requestId: 'req_1' }),
      past('measure_committed', 'LINK_RESTRICTED'),
      past('partner_stopped', 'LINK_RESTRICTED'),
    ];
    expect(ended(history, OF_CHAIN)).toEqual([]);
    expect(ended([...history, past('resumed', 'RESUMED')], OF_CHAIN)).toEqual([
      ['req_1', 'resumed', 'RESUMED', true],
    ]);
  });
});
