import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { at, aTransfer, CaseWalk, finding, refusal } from './case-walk.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe('SM-13.1b who may claim', () => {
  test.each([
    ['SM-13.1b/a a corporate holder is not eligible', 'no', 'not_applicable'],
    ['SM-13.1b an individual is', 'yes', 'full'],
    ['SM-13.1b whether the holder is an individual is not established', 'unknown', 'undetermined'],
  ])('%s', async (_title, individual, kind) => {
    expect(await walk.said({ holderIsIndividual: finding(individual, 'ev') })).toMatchObject({
      kind,
    });
  });
});

describe('SM-14.1 conditions', () => {
  test('SM-14.1-1/a a claim without the time of the notice is refused', async () => {
    expect(await walk.said({ notices: [] })).toMatchObject(
      refusal(422, 'notice_time_missing', 'SM-14.1-1'),
    );
  });

  test('SM-14.1-2/a without adequate explanation nothing can be approved', async () => {
    const silent = { adequateExplanation: finding('no', 'ev-interview') };
    expect(await walk.said(silent)).toMatchObject({ kind: 'not_claimable', payableYen: '0' });
    const caseId = await walk.claimed(silent);
    const before = await walk.balance(walk.taro.ledgerId);
    // Nobody can set an amount; what two people can decide on is that nothing is paid.
    for (const amountYen of ['1', '100000'])
      expect(await walk.award(caseId, { amountYen, grounds: '気の毒である' })).toMatchObject(
        refusal(409, 'determination_not_open'),
      );
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({
      kind: 'not_claimable',
      paidYen: '0',
    });
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before);
    expect((await walk.page(caseId))['compensation']).toBeNull();
  });

  test('SM-14.1-3/a SM-14.1-3/b neither report nor other signs: not claimable; other signs alone: so', async () => {
    const neither = { policeReport: finding('no', 'ev'), otherTheftEvidence: finding('no', 'ev') };
    expect(await walk.said(neither)).toMatchObject({ kind: 'not_claimable' });
    const before = await walk.balance(walk.taro.ledgerId);
    const caseId = await walk.claimed(neither);
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({
      kind: 'not_claimable',
      paidYen: '0',
    });
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before);
    const other = { ...neither, otherTheftEvidence: finding('yes', 'ev-malware') };
    expect(await walk.said(other)).toMatchObject({ kind: 'full' });
    expect(await walk.approved(await walk.award(await walk.claimed(other)))).toMatchObject({
      kind: 'full',
      paidYen: '100000',
    });
  });

  test('SM-14.1* one of the eight combinations passes', async () => {
    const kinds: unknown[] = [];
    for (const prompt of ['yes', 'no'])
      for (const explained of ['yes', 'no'])
        for (const helped of ['yes', 'no']) {
          const facts = {
            promptNotice: finding(prompt, 'ev'),
            adequateExplanation: finding(explained, 'ev'),
            cooperation: finding(helped, 'ev'),
          };
          kinds.push((await walk.said(facts))['kind']);
        }
    expect(kinds).toEqual(['full', ...Array<string>(7).fill('not_claimable')]);
  });
});

describe('SM-14.2 and SM-14.3 window, bar, amount', () => {
  const noticed = (day: string) => ({
    notices: [{ id: 'n', at: at(day), kind: 'notice', tellsOfMisuse: true }],
  });

  test.each([
    ['SM-14.2b notice on 31 March', '2026-03-31', '2026-03-01'],
    ['SM-14.2b/c notice on 30 March', '2026-03-30', '2026-02-28'],
  ])('%s: covered from %s − 30 days', async (_title, notice, first) => {
    const misuse = { transfers: [aTransfer('t', at('2026-03-15'), '1')] };
    expect(await walk.said({ ...noticed(notice), ...misuse })).toMatchObject({
      firstCoveredDay: first,
    });
  });

  test('SM-14.2b/d in a leap year 30 March 2028 reaches back to 29 February', async () => {
    // A notice of a day to come is judged like every other: what-if keeps nothing.
    const facts = {
      ...noticed('2028-03-30'),
      transfers: [aTransfer('t', at('2028-03-15'), '1')],
    };
    expect(await walk.said(facts)).toMatchObject({ firstCoveredDay: '2028-02-29' });
  });

  test('SM-14.2b/a SM-14.2b/b SM-14.2b/e midnight divides two transfers of one claim', async () => {
    const both = [
      aTransfer('early', at('2026-02-28', '23:59:59'), '100000'),
      aTransfer('later', at('2026-03-01', '00:00:00'), '200000'),
    ];
    expect(await walk.said({ transfers: both })).toMatchObject({
      coveredYen: '200000',
      lines: [
        { transfer: 'early', covered: false },
        { transfer: 'later', covered: true },
      ],
    });
  });

  test('SM-14.2c/a SM-14.2c/b SM-14.2c/d proven impediments lengthen the window once', async () => {
    const hospital = (proven: string, id = 'i-1', circumstance = 'hospital') => ({
      id,
      circumstance,
      from: '2026-03-21',
      to: '2026-03-30',
      proven: finding(proven, ...(proven === 'yes' ? ['ev-hospital'] : [])),
    });
    expect(await walk.said({ impediments: [hospital('yes')] })).toMatchObject({
      firstCoveredDay: '2026-02-19',
    });
    expect(await walk.said({ impediments: [hospital('no')] })).toMatchObject({
      firstCoveredDay: '2026-03-01',
    });
    const twice = [hospital('yes'), hospital('yes', 'i-2', 'flood')];
    expect(await walk.said({ impediments: twice })).toMatchObject({
      firstCoveredDay: '2026-02-19',
    });
  });

  test('SM-14.2c/c an impediment over before the misuse counts only as people judge', async () => {
    const earlier = (counts: string) => ({
      id: 'i-1',
      circumstance: 'hospital',
      from: '2026-03-01',
      to: '2026-03-10',
      proven: finding('yes', 'ev-hospital'),
      countsThoughEarlier: finding(counts, 'ev-doctor'),
    });
    expect(await walk.said({ impediments: [earlier('yes')] })).toMatchObject({
      firstCoveredDay: '2026-02-19',
    });
    expect(await walk.said({ impediments: [earlier('no')] })).toMatchObject({
      firstCoveredDay: '2026-03-01',
    });
  });

  test('SM-14.2d/a amount, fee and interest are the loss', async () => {
    const one = { ...aTransfer('t', at('2026-03-20'), '500000', '330'), interest: '12' };
    expect(await walk.said({ transfers: [one] })).toMatchObject({ coveredYen: '500342' });
  });

  test.each([
    ['SM-14.3/a on the last day it applies', '2024-11-22', '2026-11-22', 'full'],
    ['SM-14.3/b one day later it does not', '2024-11-22', '2026-11-23', 'barred'],
    ['SM-14.3/c a theft of 29 February: its last day', '2024-02-29', '2026-02-28', 'full'],
    ['SM-14.3/c a theft of 29 February: the day after', '2024-02-29', '2026-03-01', 'barred'],
  ])('%s', async (_title, theft, notice, kind) => {
    const facts = {
      ...noticed(notice),
      theftDate: { status: 'known', date: theft, evidence: ['ev-police'] },
      transfers: [aTransfer('t', at(notice, '00:00:01'), '1')],
    };
    expect(await walk.said(facts)).toMatchObject({ kind });
  });

  test('SM-14.3/d SM-14.3/e without a theft date the first misuse starts the bar; a known one governs', async () => {
    const facts = {
      ...noticed('2026-12-01'),
      transfers: [aTransfer('t', at('2024-12-01'), '1')],
    };
    expect(await walk.said(facts)).toMatchObject({ kind: 'full', coveredYen: '0' });
    expect(await walk.said({ ...facts, ...noticed('2026-12-02') })).toMatchObject({
      kind: 'barred',
      clause: 'SM-14.3',
    });
    const known = { status: 'known', date: '2024-11-30', evidence: ['ev'] };
    expect(await walk.said({ ...facts, theftDate: known })).toMatchObject({ kind: 'barred' });
  });

  test('X-16 SM-14.2c SM-14.3 an impediment never lengthens the two years', async () => {
    const facts = {
      notices: [{ id: 'n', at: at('2026-05-15'), kind: 'notice', tellsOfMisuse: true }],
      theftDate: { status: 'known', date: '2024-05-14', evidence: ['ev'] },
      transfers: [aTransfer('t', at('2024-05-14'), '1')],
      impediments: [
        {
          id: 'i',
          circumstance: 'hospital',
          from: '2024-05-14',
          to: '2026-05-15',
          proven: finding('yes', 'ev-hospital'),
        },
      ],
    };
    expect(await walk.said(facts)).toMatchObject({ kind: 'barred', clause: 'SM-14.3' });
    expect(
      await walk.said({
        ...facts,
        notices: [{ ...facts.notices[0], at: at('2026-05-14') }],
        impediments: [],
      }),
    ).toMatchObject({ kind: 'full' });
  });
});

describe('SM-14.4 exclusions', () => {
  const atFault = { institutionFaultless: finding('no', 'ev-bank') };
  const gross = { holderFault: finding('gross', 'ev') };

  test.each([
    ['SM-14.4-1-1 gross negligence, the bank faultless', gross, 'excluded'],
    ['SM-14.4-1-0/a the bank at fault: ① does not exclude', { ...gross, ...atFault }, 'no_rule'],
    ['SM-14.4-1-0/b none of the three', {}, 'full'],
    ...(
      [
        ['spouse', 'excluded'],
        ['family_within_second_degree', 'excluded'],
        ['cohabiting_relative', 'excluded'],
        ['other_cohabitant', 'excluded'],
        ['domestic_staff', 'excluded'],
        // A cousin who lives elsewhere.
        ['other_relative', 'full'],
        ['stranger', 'full'],
        ['unknown', 'undetermined'],
      ] as const
    ).map(
      ([value, kind]) =>
        [
          `SM-14.4-1-2 ${value}`,
          { relation: finding(value, ...(value === 'unknown' ? [] : ['ev'])) },
          kind,
        ] as const,
    ),
    [
      'SM-14.4-1-2 a spouse, the bank at fault',
      { relation: finding('spouse', 'ev'), ...atFault },
      'full',
    ],
    ['SM-14.4-1-3 a false statement', { falseStatement: finding('yes', 'ev') }, 'excluded'],
    [
      'SM-14.4-2/a war or riot excludes though the bank is at fault',
      { ...atFault, graveDisorder: finding('yes', 'ev') },
      'excluded',
    ],
  ])('%s', async (_title, facts, kind) => {
    expect(await walk.said(facts)).toMatchObject({ kind });
  });

  test('X-17 SM-14.2a SM-14.4-1-0 SM-14.4-1-2 family acted: full if the bank is at fault; else open', async () => {
    const family = { relation: finding('family_within_second_degree', 'ev') };
    expect(await walk.said({ ...family, ...atFault })).toMatchObject({
      kind: 'full',
      butForFault: ['SM-14.4-1-2'],
    });
    const open = await walk.said({ ...family, institutionFaultless: finding('unknown') });
    expect(open).toMatchObject({ kind: 'undetermined', payableYen: null });
    expect(open['unknown']).toContain('institutionFaultless');
    // Neither paid nor excluded by the machine: people have to find it first.
    const undecided = { ...family, institutionFaultless: finding('unknown') };
    expect(await walk.award(await walk.claimed(undecided))).toMatchObject({
      ...refusal(409, 'facts_missing'),
      body: { facts: { missing: expect.arrayContaining(['institutionFaultless']) } },
    });
    const paid = await walk.award(await walk.claimed({ ...family, ...atFault }));
    expect(await walk.approved(paid)).toMatchObject({ kind: 'full', paidYen: '100000' });
  });
});
