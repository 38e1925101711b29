import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { ChainPort, PartnerActsService } from '../../src/agreements/index.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk } from './measure-walk.js';
import { OwnWalk, type OwnAnswer } from './own-walk.js';
import { CHUO } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const KODAMA = 'cp_01j0000000000000000000kdma';
const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let own: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank, aoba);
  own = new OwnWalk(bank, aoba);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const enter = (kind: string, more: object = {}, partner = TSUBAME, key?: string) =>
  own.post(`/chain-partners/${partner}/acts`, { kind, text: '取扱件数と事故の有無', ...more }, key);
interface Open {
  readonly kind: string;
  readonly clause: string;
  readonly ground: string;
  readonly about: string | null;
}
interface At {
  readonly bankCode: string;
  readonly state: string;
  readonly open: readonly Open[];
}
async function at(partner = TSUBAME, bankCode = '2963'): Promise<At | undefined> {
  const { body } = await own.get(`/chain-partners/${partner}/acts`);
  return (body['connections'] as At[]).find((one) => one.bankCode === bankCode);
}
const suggestions = async () =>
  (await walk.proposer.get('/watch')).body['suggestions'] as Record<string, unknown>[];
/** The bank's own day, so many days from now. */
async function dayFromNow(days: number): Promise<string> {
  const [row] = await bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  return CivilDate.inTokyo(Number(row?.at)).plusDays(days).toString();
}
const statesOf = (answer: OwnAnswer) =>
  new Set((answer.body['told'] as { state?: string }[]).map(({ state }) => state));

interface Due {
  readonly kind: string;
  readonly about: string;
  readonly bankCode: string | null;
}
const due = async () => (await walk.proposer.get('/agreement-watch')).body['due'] as Due[];

describe('RKN-C1b reports asked of a chain partner', () => {
  test('RKN-C1b where an institution has set a rhythm, a partner that never reported is listed', async () => {
    const listed = (await due()).filter(({ kind }) => kind === 'report_rhythm_passed');
    expect(new Set(listed.map(({ about }) => about))).toEqual(new Set([TSUBAME, KODAMA]));
    expect(listed).toContainEqual(expect.objectContaining({ about: TSUBAME, bankCode: '2963' }));
  });

  test('RKN-C1b a crash between two institutions leaves nothing half done', async () => {
    const { book } = bank.app.get(ChainPort, { strict: false });
    const tell = book.tell.bind(book);
    let told = 0;
    const broken = jest.spyOn(book, 'tell').mockImplementation((...asked) => {
      told += 1;
      if (told === 8) throw new Error('the process dies here');
      return tell(...asked);
    });
    const key = randomUUID();
    const more = { dueOn: await dayFromNow(10) };
    expect((await enter('report_requested', more, KODAMA, key)).status).toBe(500);
    broken.mockRestore();
    const [row] = await bank.admin<{ matters: number; acts: number; answers: number }>(
      `select (select count(*)::int from matter where key like '%kdma') as matters,
              (select count(*)::int from federation.partner_act) as acts,
              (select count(*)::int from federation.idempotent_answer where key = $1) as answers`,
      [key],
    );
    expect([told, row]).toEqual([8, { matters: 0, acts: 0, answers: 0 }]);
  });

  test('RKN-C1b a request is told to every institution that the agreement covers, once', async () => {
    const key = randomUUID();
    const more = { dueOn: await dayFromNow(10) };
    const asked = await enter('report_requested', more, TSUBAME, key);
    expect(asked.status).toBe(201);
    expect((asked.body['told'] as object[]).length).toBe(15);
    expect(statesOf(asked)).toEqual(new Set(['REPORT_DUE']));
    const again = await enter('report_requested', more, TSUBAME, key);
    expect([again.replayed, again.body]).toEqual(['true', asked.body]);
    const { body } = await own.get(`/chain-partners/${TSUBAME}/acts`);
    expect((body['acts'] as object[]).length).toBe(1);
  });

  test('RKN-C1b a due date in the past is refused, and nothing is entered', async () => {
    const refusedOne = await enter('report_requested', { dueOn: '2026-01-01' }, KODAMA);
    expect(refusedOne).toMatchObject({
      status: 422,
      body: { code: 'deadline_in_the_past', clause: 'RKN-C1b' },
    });
    expect((await own.get(`/chain-partners/${KODAMA}/acts`)).body).toMatchObject({ acts: [] });
    const [row] = await bank.admin<{ n: number }>(
      `select count(*)::int as n from matter where machine = 'chain-stop' and key like '%kdma'`,
    );
    expect(row?.n).toBe(0);
  });

  test('RKN-C1b/a an overdue report is seen by the institution and stops nobody', async () => {
    expect((await at())?.open).toEqual([]);
    await walk.daysPass(12);
    const open = (await at())?.open ?? [];
    expect(open).toEqual([
      expect.objectContaining({
        kind: 'report_overdue',
        clause: 'RKN-C1b',
        ground: 'partner_default',
        about: expect.stringMatching(/^rpt_/),
      }),
    ]);
    expect(await suggestions()).toContainEqual(
      expect.objectContaining({
        rule: 'partner_report_overdue',
        clause: 'RKN-C1b',
        proposes: 'stop_demanded',
      }),
    );
    const { body } = await own.get('/chain-partners');
    const partners = body['data'] as { chainPartnerId: string; status: string }[];
    expect(partners.find((one) => one.chainPartnerId === TSUBAME)?.status).toBe('contracted');
  });

  test('RKN-C1b the report that comes in closes it', async () => {
    const reported = await enter('partner_reported', { text: '事故なし' });
    expect(reported.status).toBe(201);
    expect(reported.body['about']).toMatch(/^rpt_/);
    expect(await at()).toMatchObject({ state: 'CONTRACTED', open: [] });
    const late = (await due()).filter(({ kind }) => kind === 'report_rhythm_passed');
    expect(late.some(({ about }) => about === TSUBAME)).toBe(false);
  });
});

describe('RKN-C1c, RKN-C1d guidance, its outcome, and the report of it', () => {
  test('RKN-C1c guidance without an instruction is refused with its clause', async () => {
    const bare = await enter('guidance_given', { dueOn: await dayFromNow(10) });
    expect(bare).toMatchObject({
      status: 422,
      body: { code: 'finding_required', clause: 'RKN-C1c' },
    });
  });

  test('RKN-C1c/a a finding without an outcome past its day is an open item for ground (ii)', async () => {
    const given = await enter('guidance_given', {
      text: '端末の管理に不備',
      instruction: '端末を登録制にする',
      dueOn: await dayFromNow(14),
    });
    expect(statesOf(given)).toEqual(new Set(['GUIDED']));
    await walk.daysPass(16);
    const [open] = (await at())?.open ?? [];
    expect(open).toMatchObject({
      kind: 'guidance_open',
      clause: 'RKN-C1c',
      ground: 'guidance_failure',
      about: given.body['actId'],
    });
    expect(await suggestions()).toContainEqual(
      expect.objectContaining({ rule: 'guidance_open', clause: 'RKN-C1c' }),
    );
    const acts = bank.app.get(PartnerActsService, { strict: false });
    expect(await acts.openAt(CHUO, TSUBAME)).toEqual([
      expect.objectContaining({ ...open, since: expect.any(Number) }),
    ]);
    // A ground can point at it; people judge, and here one withdraws what he proposed.
    const asked = await walk.proposeStop(TSUBAME, 'stop_demanded', {
      ground: open?.ground,
      grounds: { ...grounds, evidence: [open?.about] },
      explanation: '指導の結果が示されていない',
    });
    expect(asked.status).toBe(202);
    await walk.proposer.post(`/proposals/${String(asked.body['id'])}/decisions`, {
      decision: 'reject',
      reason: '結果を待つ',
    });
  });

  test('RKN-C1c an outcome has to say something, and closes what was open', async () => {
    expect(await enter('guidance_concluded', { text: ' ' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-C1c' },
    });
    const done = await enter('guidance_concluded', { text: '登録制を確認した' });
    expect(done.status).toBe(201);
    expect(await at()).toMatchObject({ state: 'IMPROVED', open: [] });
  });

  test('RKN-C1d/a an outcome not reported within the period is flagged, and reported late it is not', async () => {
    await walk.daysPass(31);
    expect((await at())?.open).toEqual([
      expect.objectContaining({ kind: 'result_not_reported', clause: 'RKN-C1d' }),
    ]);
    expect(await suggestions()).toContainEqual(
      expect.objectContaining({ rule: 'result_overdue', clause: 'RKN-C1d' }),
    );
    const reported = await enter('result_reported', { text: '結果の報告' });
    expect(statesOf(reported)).toEqual(new Set(['REPORTED_TO_FI']));
    expect((await at())?.open).toEqual([]);
  });

  test('RKN-C1d what happened stays in the record of every institution', async () => {
    const kinds = await bank.admin<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from record where kind like 'chain_stop_guidance%' group by kind`,
    );
    expect(new Map(kinds.map(({ kind, n }) => [kind, n]))).toEqual(
      new Map([
        ['chain_stop_guidance_given', 15],
        ['chain_stop_guidance_concluded', 15],
      ]),
    );
  });
});

describe('who may enter what', () => {
  test('T-14 a partner of another intermediary is unknown', async () => {
    const other = new OwnWalk(bank, minato);
    const path = `/chain-partners/${TSUBAME}/acts`;
    expect((await other.get(path)).status).toBe(404);
    const body = { kind: 'partner_reported', text: 'x' };
    expect((await other.post(path, body)).body['code']).toBe('not_found');
  });

  test('RKN-C1a of a partner that nobody contracted nothing can be asked', async () => {
    const proposed = await own.post('/chain-partners', {
      nameJa: 'かもめ家計',
      nameKana: 'カモメカケイ',
      nameEn: 'Kamome Kakei',
      legalBasis: '電子決済等代行業再委託者',
      contractFrom: '2026-01-01',
      directions: ['INFO_OUT'],
      functions: ['accounts_read'],
    });
    const partnerId = String(proposed.body['partnerId']);
    const more = { dueOn: await dayFromNow(5) };
    expect(await enter('report_requested', more, partnerId)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-C1b' },
    });
    const filed = await enter('document_filed', {}, partnerId);
    expect(filed).toMatchObject({ status: 201, body: { told: [] } });
  });
});
