import { describe, expect, test } from '@jest/globals';
import type { ChangeView } from '../../bank/index.js';
import { eventsOfChange } from './event-of-change.js';

const change = (over: Partial<ChangeView>): ChangeView => ({
  key: '4:1',
  bankCode: '2963',
  at: '2026-11-22T14:05:00.000+09:00',
  subject: 'consent',
  subjectId: 'cns_1',
  epspId: 'epsp_1',
  clientId: 'minato-kakei',
  chainPartnerId: 'none',
  was: null,
  state: 'authorised',
  reason: null,
  detail: {},
  ...over,
});

const types = (over: Partial<ChangeView>) =>
  eventsOfChange(change(over)).map(({ type }) => type as string);
const consent = (state: string, reason: string | null = null) => types({ state, reason });
const transfer = (was: string | null, state: string, reason: string | null = null) =>
  types({ subject: 'transfer', subjectId: 'trf_1', was, state, reason });

describe('B-11 what a change is told as', () => {
  test.each([
    ['agreed', consent('authorised'), ['consent.authorised']],
    ['thawed', consent('resumed'), ['consent.resumed']],
    ['extended', consent('extended'), ['consent.extended']],
    ['amended', consent('amended'), ['consent.amended']],
    ['refused', consent('rejected'), ['consent.rejected']],
    ['reminded', consent('expiring'), ['consent.expiring']],
    ['frozen', consent('frozen', 'holder_locked'), ['consent.frozen']],
    ['revoked', consent('revoked', 'customer_left'), ['consent.revoked']],
    ['expired', consent('expired', 'term_over'), ['consent.expired']],
    ['consumed', consent('consumed'), []],
    ['pushed', transfer(null, 'RCVD'), ['transfer.received']],
    ['sent', transfer('ACSP', 'ACSC'), ['transfer.sent']],
    ['returned', transfer('ACSP', 'ACSC', 'returned'), ['transfer.returned']],
    ['to give back', transfer('ACSP', 'ACSC', 'return_pending'), ['transfer.under_review']],
    ['given back late', transfer('ACSC', 'ACSC', 'returned'), ['transfer.returned']],
    ['a reservation', transfer('SCHD', 'ACSP'), ['transfer.executed', 'scheduled.executed']],
    ['a lost one', transfer('RSVD', 'RJCT'), ['transfer.rejected', 'scheduled.failed']],
    ['link', types({ subject: 'link', state: 'suspended' }), ['link.suspended']],
    ['link again', types({ subject: 'link', state: 'active' }), ['link.resumed']],
    ['partner', types({ subject: 'partner', state: 'stopped' }), ['partner.suspended']],
    ['outage', types({ subject: 'outage', state: 'started' }), ['outage.started']],
    ['account', types({ subject: 'account', state: 'unavailable' }), ['account.unavailable']],
    [
      'a demand',
      types({ subject: 'letter', state: 'improvement_demand' }),
      ['letter.issued', 'improvement.requested'],
    ],
    ['another letter', types({ subject: 'letter', state: 'measure_announced' }), ['letter.issued']],
    [
      'a duty of nobody knows which state',
      types({ subject: 'duty', state: 'done', detail: { duty: 'attestation' } }),
      [],
    ],
    [
      'an incident read',
      types({ subject: 'incident', state: 'acknowledged' }),
      ['incident.acknowledged'],
    ],
    ['an incident over', types({ subject: 'incident', state: 'closed' }), ['incident.closed']],
    ['a state nobody knows', consent('dissolved'), []],
  ])('%s', (_title, told, expected) => {
    expect(told).toEqual(expected);
  });

  test('B-18 a consent that ends soon says when', () => {
    const detail = { expiresAt: '2026-12-06T15:00:00+00:00', daysLeft: 14 };
    expect(eventsOfChange(change({ state: 'expiring', detail }))[0]?.data).toEqual({
      bankCode: '2963',
      consentId: 'cns_1',
      expiresAt: '2026-12-07T00:00:00.000+09:00',
      daysLeft: 14,
    });
  });

  test.each([
    ['due_soon', 'improvement', 'improvement.due_soon', { demandId: 'dem_1' }],
    ['overdue', 'improvement', 'improvement.overdue', { demandId: 'dem_1' }],
    ['due_soon', 'attestation', 'review.due', { duty: 'attestation', submissionId: 'dem_1' }],
    ['overdue', 'standard_gap', 'review.due', { duty: 'standard_gap', submissionId: 'dem_1' }],
  ])('RKN-S3a RKN-S4a a duty that is %s: %s', (state, name, type, told) => {
    const daysLeft = state === 'overdue' ? 0 : 7;
    const detail = { duty: name, clause: 'RKN-S4a', dueAt: '2026-12-06T15:00:00+00:00', daysLeft };
    const events = eventsOfChange(
      change({ subject: 'duty', subjectId: 'dem_1', clientId: null, state, detail }),
    );
    const dueAt = '2026-12-07T00:00:00.000+09:00';
    const data = { bankCode: '2963', clause: 'RKN-S4a', dueAt, daysLeft, ...told };
    expect(events).toEqual([{ type, data }]);
  });

  test('T-29 a frozen consent does not say on whose side the reason lies', () => {
    const events = eventsOfChange(change({ state: 'frozen', reason: 'holder_locked' }));
    expect(events).toEqual([
      { type: 'consent.frozen', data: { bankCode: '2963', consentId: 'cns_1' } },
    ]);
  });

  test('T-30 of a detail only the members that are named here leave the house', () => {
    const detail = {
      function: '*',
      clause: 'INT-13',
      until: '2026-11-23T00:00:00+00:00',
      basis: 'x',
    };
    const [event] = eventsOfChange(
      change({ subject: 'link', subjectId: 'hold_1', state: 'suspended', detail }),
    );
    expect(event?.data).toEqual({
      bankCode: '2963',
      measureId: 'hold_1',
      chainPartnerId: 'none',
      function: '*',
      clause: 'INT-13',
      since: null,
      until: '2026-11-23T09:00:00.000+09:00',
    });
  });
});
