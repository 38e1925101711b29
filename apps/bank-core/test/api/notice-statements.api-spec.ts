import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { EVERYTHING, grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { OwnWalk, type OwnAnswer } from './own-walk.js';
import { CHUO } from './transfer-stories.js';

const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let own: OwnWalk;
let other: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  own = new OwnWalk(bank);
  other = new OwnWalk(bank, aoba);
  await walk.logIn();
  await underAssessment(walk, [CHUO]);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Matter {
  readonly bankCode: string;
  readonly machine: string;
  readonly announced: {
    readonly noticeId: string;
    readonly statementUntil: string | null;
    readonly statements: readonly object[];
  } | null;
}
const announced = async () => {
  const { body } = await own.get('/matters');
  const review = (body['matters'] as Matter[]).find(
    ({ bankCode, machine }) => bankCode === '2963' && machine === 'security-review',
  );
  return review?.announced ?? undefined;
};
const said = (over: object = {}) => ({
  text: '対象の項目は10月に改めており、証拠を添えます。',
  evidence: ['access-review-2026-10.pdf'],
  ...over,
});
const refusal = ({ status, body }: Pick<OwnAnswer, 'status' | 'body'>) => [
  status,
  body['code'],
  body['clause'],
];
const state = (noticeId: string, body: object = said(), key?: string, party = own) =>
  party.post(`/notices/${noticeId}/statements`, body, key);
const closed = async (query = '', party = own) =>
  (await party.get(`/closed-demands${query}`)).body['demands'] as Record<string, unknown>[];

describe('弁明・意見: what an intermediary says to a prior notice', () => {
  let noticeId: string;

  beforeAll(async () => {
    const kind = { kind: 'suspension', removed: EVERYTHING };
    await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }));
    const demand = { items: ['4.2'], grounds, periodDays: 1 };
    await walk.take(walk.propose('improvement_demanded', demand));
    await walk.receive('improvement_demand');
    await walk.daysPass(2);
    await walk.take(walk.propose('judged_insufficient', { grounds }));
    ({ about: noticeId } = (await walk.take(walk.propose('notice_sent', kind))) as {
      about: string;
    });
  }, LONG_MS);

  test('RKN-S4c before the notice has arrived no time runs, and what is said is taken', async () => {
    expect(await announced()).toMatchObject({ noticeId, statementUntil: null, statements: [] });
    expect((await state(noticeId)).status).toBe(200);
    await walk.receive('measure_announced');
    const { statementUntil } = (await announced()) ?? {};
    const standing = await walk.standing('security-review');
    const deadlines = standing['deadlines'] as { name: string; dueAt: string }[];
    // The same instant that the machine waits for before the measure may follow.
    expect(statementUntil).toBe(deadlines.find(({ name }) => name === 'notice_lead')?.dueAt);
  });

  test('RKN-S4c it stands beside the measure, in the timeline and in the record, and moves nothing', async () => {
    const before = await walk.stateOf();
    const key = randomUUID();
    const taken = await state(noticeId, said(), key);
    expect(taken.status).toBe(200);
    const again = await state(noticeId, said(), key);
    expect([again.body, again.replayed]).toEqual([taken.body, 'true']);
    expect(refusal(await state(noticeId, said({ text: 'other' }), key)).slice(0, 2)).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    const standing = await walk.standing('security-review');
    expect(standing).toMatchObject({
      state: before,
      measure: expect.objectContaining({ may: false }),
      statements: [said(), said()],
    });
    expect(await announced()).toMatchObject({ statements: [said(), said()] });
    const { body } = await walk.proposer.get(`/links/${walk.party.epsp}/timeline?bankCode=2963`);
    const entries = body['entries'] as Record<string, unknown>[];
    const stated = entries.filter(({ what }) => what === 'statement_received');
    expect(stated).toMatchObject([
      { source: 'statement', clauses: ['RKN-S4c'], detail: { noticeId, ...said() } },
      { detail: { noticeId } },
    ]);
    const [row] = await bank.admin<{ n: number }>(
      `select count(*)::int as n from record where kind = 'notice_statement_received'`,
    );
    expect(row?.n).toBe(2);
  });

  test('T-20, T-21 another intermediary’s notice is as unknown as none', async () => {
    expect(refusal(await state(noticeId, said(), undefined, other)).slice(0, 2)).toEqual([
      404,
      'letter_unknown',
    ]);
    expect((await state('ntc_00000000000000000000000000')).status).toBe(404);
    expect((await state('dem_1')).status).toBe(404);
  });

  test('T-31 on one notice only so many are taken', async () => {
    for (let nth = 2; nth < 20; nth += 1) expect((await state(noticeId)).status).toBe(200);
    expect(refusal(await state(noticeId)).slice(0, 2)).toEqual([409, 'statements_exhausted']);
  });

  test('RKN-S4c after the lead it is late, and once the measure is in force there is nothing to speak to', async () => {
    await walk.hoursPass(73);
    expect(refusal(await state(noticeId))).toEqual([409, 'event_late', 'RKN-S4c']);
    await walk.take(walk.propose('measure_committed', { grounds }));
    expect(await walk.stateOf()).toBe('SUSPENDED');
    expect(refusal(await state(noticeId))).toEqual([409, 'event_out_of_order', 'RKN-S4c']);
    // What was said stays beside the measure.
    expect((await walk.standing('security-review'))['statements']).toHaveLength(20);
  });

  test('RKN-S4a what was said is never changed, whoever tries', async () => {
    for (const statement of [
      `update notice_statement set text = 'x'`,
      'delete from notice_statement',
    ])
      await expect(bank.admin(statement)).rejects.toThrow('append-only');
  });
});

describe('how demands ended', () => {
  test('RKN-S4c a demand under a measure is open; resumed it is over, and the list says how', async () => {
    expect(await closed()).toEqual([]);
    await walk.take(walk.propose('resumed', { reason: '改善を確かめた' }));
    expect(await closed()).toMatchObject([
      {
        bankCode: '2963',
        machine: 'security-review',
        about: expect.stringMatching(/^dem_/),
        items: ['4.2'],
        arrivedAt: expect.any(String),
        endedBy: 'resumed',
        state: 'RESUMED',
        ledToMeasure: true,
      },
    ]);
    expect(await closed('', other)).toEqual([]);
  });

  test('RKN-S4b/b one that was judged sufficient is over, and the pages follow each other', async () => {
    await underAssessment(walk, [CHUO]);
    await walk.take(walk.propose('found_deficient', { items: ['5.1'], grounds }));
    const demand = { items: ['5.1'], grounds, periodDays: 1 };
    await walk.take(walk.propose('improvement_demanded', demand));
    await walk.take(walk.propose('judged_sufficient'));
    const [last] = await closed('?limit=1');
    expect(last).toMatchObject({ items: ['5.1'], endedBy: 'judged_sufficient', state: 'ACCEPTED' });
    const rest = await closed(`?limit=1&before=${String(last?.['key'])}`);
    expect(rest).toMatchObject([{ endedBy: 'resumed' }]);
    expect(await closed(`?before=${String(rest[0]?.['key'])}`)).toEqual([]);
  });
});
