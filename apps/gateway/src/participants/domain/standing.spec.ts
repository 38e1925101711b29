import { describe, expect, test } from '@jest/globals';
import type { LinkStateView } from '../../bank/index.js';
import { standingOf, type StandingFacts } from './standing.js';

const stop = (over: Partial<LinkStateView> = {}): LinkStateView => ({
  epspId: 'epsp_01j0000000000000000000mnat',
  chainPartnerId: '*',
  function: '*',
  state: 'suspended',
  clause: 'RKN-S4c',
  since: '2026-11-01T00:00:00.000+09:00',
  until: null,
  ...over,
});

const facts = (over: Partial<StandingFacts> = {}): StandingFacts => ({
  participant: 'active',
  application: 'active',
  block: null,
  partners: [],
  matters: [],
  banks: [
    { bankCode: '2963', states: [] },
    { bankCode: '2972', states: [] },
  ],
  ...over,
});
const at2963 = (...states: LinkStateView[]) =>
  facts({
    banks: [
      { bankCode: '2963', states },
      { bankCode: '2972', states: [] },
    ],
  });

describe('why am I blocked', () => {
  test('RKN-S4c what is announced and not yet in force stands at its institution, until when to speak', () => {
    const announced = {
      noticeId: 'ntc_1',
      kind: 'suspension' as const,
      removed: [],
      leadHours: 72,
      letterId: null,
      statementUntil: '2026-11-25T10:00:00.000+09:00',
      statements: [],
    };
    const matter = (state: string, bankCode = '2963') => ({
      bankCode,
      machine: 'security-review',
      chainPartnerId: null,
      state,
      since: '2026-11-22T10:00:00.000+09:00',
      about: 'dem_1',
      letterId: null,
      announced,
      items: [],
      deadlines: [],
      duties: [],
    });
    const at = (...matters: ReturnType<typeof matter>[]) =>
      standingOf(facts({ matters })).banks.map(({ bankCode, announced: all, state }) => [
        bankCode,
        state,
        all.map(({ measure }) => measure.statementUntil),
      ]);
    expect(at(matter('NOTICE_SENT'))[0]).toEqual(['2963', 'active', [announced.statementUntil]]);
    // Once it is in force it stands among the measures.
    expect(at(matter('SUSPENDED'))[0]?.[2]).toEqual([]);
    expect(at(matter('NOTICE_SENT', '0000'))[0]?.[2]).toEqual([]);
  });

  test('nothing in the way: active everywhere', () => {
    expect(standingOf(facts())).toMatchObject({
      worst: 'active',
      banks: [{ state: 'active', measures: [] }, { state: 'active' }],
    });
  });

  test('RKN-S4c suspended at one institution: that one alone, with clause, since and what to do', () => {
    expect(standingOf(at2963(stop()))).toMatchObject({
      worst: 'suspended',
      participant: 'active',
      banks: [
        {
          bankCode: '2963',
          state: 'suspended',
          duties: { discloseData: false, acceptWithdrawals: true, endConsents: false },
          measures: [
            { clause: 'RKN-S4c', since: stop().since, duty: { ja: expect.stringMatching(/改善/) } },
          ],
        },
        { bankCode: '2972', state: 'active', duties: { discloseData: true } },
      ],
    });
  });

  test('RKN-S4c one function stopped is a restriction; what is left goes on', () => {
    const standing = standingOf(at2963(stop({ function: 'transfer_initiation' })));
    expect(standing.banks[0]).toMatchObject({
      state: 'restricted',
      duties: { discloseData: true, acceptConsents: true },
    });
  });

  test('RKN-C2b/e a measure against one partner leaves the intermediary active and names the partner', () => {
    const partner = 'cp_01j0000000000000000000tsbm';
    const standing = standingOf({
      ...at2963(stop({ chainPartnerId: partner, clause: 'RKN-C2b' })),
      partners: [{ chainPartnerId: partner, status: 'contracted' }],
    });
    expect(standing.banks[0]).toMatchObject({ state: 'active' });
    expect(standing.banks[0]?.measures[0]?.duty.ja).toMatch(/連鎖接続/);
    expect(standing.chainPartners).toEqual([
      { chainPartnerId: partner, status: 'contracted', state: 'suspended' },
    ]);
    expect(standing.worst).toBe('suspended');
  });

  test('a proposal is pending and takes nothing away', () => {
    const standing = standingOf(
      facts({ partners: [{ chainPartnerId: 'cp_1', status: 'proposed' }] }),
    );
    expect([standing.worst, standing.chainPartners[0]?.state]).toEqual(['active', 'pending']);
  });

  test('users.md A.3 blocked software is told since when, until when and what to do; nothing ends', () => {
    const block = { since: 1_795_305_600_000, until: 1_795_392_000_000 };
    const standing = standingOf(facts({ application: 'inactive', block }));
    expect(standing).toMatchObject({
      worst: 'suspended',
      participant: 'active',
      application: 'inactive',
      applicationBlock: {
        since: '2026-11-22T09:00:00.000+09:00',
        until: '2026-11-23T09:00:00.000+09:00',
        duty: { en: expect.stringContaining('ask the institution') },
      },
      duties: { discloseData: false, acceptConsents: false, acceptWithdrawals: true },
    });
    expect(standing.duties).toMatchObject({ endConsents: false, cleanRegistration: false });
    expect(standingOf(facts()).applicationBlock).toBeNull();
  });

  test('T-19 a copy that is not current says unknown, never active', () => {
    const standing = standingOf(facts({ banks: [{ bankCode: '2963', states: 'stale' }] }));
    expect(standing.banks[0]).toMatchObject({ state: 'unknown', duties: { discloseData: false } });
    expect(standing.worst).toBe('suspended');
  });

  test('T-19 a state nobody here has heard of counts as a suspension', () => {
    const standing = standingOf(at2963(stop({ state: 'quarantined', clause: null })));
    expect(standing.banks[0]).toMatchObject({ state: 'suspended' });
    expect(standing.banks[0]?.measures[0]?.duty.en).toBe('Please ask the institution.');
  });

  test('the end of the intermediary ends its software with it', () => {
    expect(standingOf(facts({ participant: 'terminated' }))).toMatchObject({
      worst: 'terminated',
      application: 'removed',
      duties: { endConsents: true, cleanRegistration: true },
    });
  });
});
