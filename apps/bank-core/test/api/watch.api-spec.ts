import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WatchFindings } from '../../src/measures/watch-findings.service.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CaseWalk } from './case-walk.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { officerAtWork } from './officers.js';
import { CHUO, partyOf, TransferWalk } from './transfer-stories.js';

const LONG_MS = 240_000;
const HOUR_MS = 3_600_000;
let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let watch: WatchFindings;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  watch = bank.app.get(WatchFindings);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Finding extends Record<string, unknown> {
  readonly id: string;
  readonly rule: string;
}

const wholeHour = () => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
const tell = (more: object) =>
  walk.call({
    method: 'POST',
    path: '/links/gateway-reports',
    body: { node: 'gw-1', calls: [], certificates: [], ...more },
  });
const counted = (calls: number, faults: number, more: object = {}) => ({
  bankCode: '2963',
  epspId: minato.epsp,
  hour: wholeHour(),
  calls,
  faults,
  ...more,
});
const suggestions = async () => {
  const { body } = await walk.proposer.get('/watch');
  const all = body['suggestions'] as (Finding & { epspId: string; bankCode: string })[];
  return all.filter(({ epspId, bankCode }) => epspId === minato.epsp && bankCode === '2963');
};
const missing = async () => (await walk.proposer.get('/watch')).body['sourcesMissing'];
const findings = async (open = false) => {
  const { body } = await walk.proposer.get(`/watch/findings?bankCode=2963&open=${open}`);
  return body['findings'] as Finding[];
};
const findingOf = async (rule: string) => {
  await watch.look();
  const found = (await findings(true)).find((one) => one.rule === rule);
  if (!found) throw new Error(`No ${rule} was found.`);
  return found;
};

describe('RKN-S4a the watch proposes and never acts', () => {
  test('INT-12 what nobody has told is named as not watched', async () => {
    expect(await missing()).toEqual(['certificate_expiry', 'error_rate']);
  });

  test('RKN-S3b errors by an intermediary’s fault, counted by all nodes, above the bank’s own threshold', async () => {
    expect((await tell({ calls: [counted(100, 10)] })).status).toBe(204);
    // The same hour again, with what came since; told late, the lower count changes nothing.
    await tell({ calls: [counted(200, 40)] });
    await tell({ calls: [counted(100, 10)] });
    await tell({ calls: [counted(1, 1, { bankCode: '9999' })] });
    await tell({ calls: [counted(1, 1, { epspId: 'epsp_01j00000000000000000000zzz' })] });
    await tell({ calls: [counted(9, 9, { hour: new Date(Date.now() + HOUR_MS).toISOString() })] });
    expect(await suggestions()).toEqual([]);
    await tell({ node: 'gw-2', calls: [counted(100, 21)] });
    expect(await suggestions()).toMatchObject([
      {
        rule: 'error_rate_high',
        clause: 'RKN-S3b',
        proposes: 'found_deficient',
        facts: { calls: 300, faults: 61, errorsPerThousandMax: 200, hours: 24 },
      },
    ]);
    expect(await missing()).toEqual([]);
  });

  test('RKN-S1 software whose certificate has expired is named, and no longer once it has a new one', async () => {
    const until = (ms: number) => ({
      certificates: [
        { clientId: minato.client, epspId: minato.epsp, goodUntil: new Date(ms).toISOString() },
      ],
    });
    const expired = Math.floor(Date.now() / 1000) * 1000 - HOUR_MS;
    await tell(until(expired));
    const found = await findingOf('certificate_expired');
    expect(found).toMatchObject({ clause: 'RKN-S1', facts: { clients: minato.client } });
    expect(Date.parse(String(found['since']))).toBe(expired);
    await tell(until(Date.now() + HOUR_MS));
    await watch.look();
    expect((await findings(true)).map(({ rule }) => rule)).toEqual(['error_rate_high']);
    const gone = (await findings()).find(({ id }) => id === found.id);
    expect(gone?.['goneAt']).toEqual(expect.any(String));
  });

  test(
    'RKN-S4a cases of fraud among the transfers through an intermediary, by the bank’s own books',
    async () => {
      await bank.admin(
        `insert into parameter_value (institution_id, parameter, effective_from, value, entered_by,
           approved_by, sample)
         values ($1, 'P.rkn.watch.thresholds', '2026-01-01',
           '{"callsMin":1000,"errorsPerThousand":200,"transfersMin":1,"fraudsPerTenThousand":10}',
           'one', 'another', true)`,
        [CHUO],
      );
      const [taro, hanako] = [
        await partyOf(bank, CHUO, 'taro-2963'),
        await partyOf(bank, CHUO, 'hanako-2963'),
      ];
      const to = { to: { bankCode: '2963', ...hanako, nameKana: 'ミナト ハナコ' } };
      expect(await new TransferWalk(bank).walk(to, taro)).toMatchObject({ ok: true });
      expect(await suggestions()).toEqual([]);
      const cases = await CaseWalk.start(bank);
      const reported = await cases.report({ epspId: minato.epsp });
      expect(reported.status).toBe(200);
      expect(await suggestions()).toMatchObject([
        {
          rule: 'fraud_rate_high',
          clause: 'RKN-S4a',
          facts: { transfers: 1, frauds: 1, days: 30 },
        },
      ]);
    },
    LONG_MS,
  );

  test('RKN-0.2 an intermediary whose registration is gone, while its link still stands', async () => {
    const state = (status: string) =>
      bank.admin('update federation.intermediary set status = $1 where id = $2', [
        status,
        minato.epsp,
      ]);
    await state('terminated');
    const found = await suggestions();
    await state('active');
    expect(found).toContainEqual(
      expect.objectContaining({
        rule: 'registration_gone',
        clause: 'RKN-0.2',
        facts: expect.objectContaining({ link: 'active' }),
      }),
    );
  });

  test('RKN-S4b whatever is found, no matter moves and no link changes', async () => {
    await Promise.all([watch.look(), watch.look()]);
    await watch.look();
    expect(await walk.stateOf()).toBe('NO_CHECKLIST');
    expect(await walk.stateOf('link')).toBe('active');
    expect(await bank.admin('select from matter_event')).toEqual([]);
    const rules = (await findings(true)).map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  });
});

describe('what an officer does with a finding', () => {
  test('T-20 an officer of another institution sees none of it and answers none of it', async () => {
    const stranger = await officerAtWork(bank, 'saikai-approver');
    expect((await stranger.get('/watch/findings?bankCode=2963')).status).toBe(404);
    const { id } = await findingOf('fraud_rate_high');
    const path = `/watch/findings/${id}/acknowledgements`;
    expect((await stranger.post(path, { bankCode: '2963' })).status).toBe(403);
    expect(await walk.proposer.post(path, { bankCode: '2825' })).toMatchObject({
      status: 404,
      body: { code: 'finding_unknown' },
    });
  });

  test('RKN-S4a made a proposal: its machine may refuse, another person has to approve', async () => {
    const { id } = await findingOf('fraud_rate_high');
    const propose = (more: object) =>
      walk.proposer.post(`/watch/findings/${id}/proposals`, { bankCode: '2963', ...more });
    const asked = { items: ['5.1'], grounds };
    expect(await propose(asked)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S4a' },
    });
    await underAssessment(walk, [CHUO]);
    expect(await propose({ items: ['5.1'] })).toMatchObject({
      status: 422,
      body: { code: 'grounds_required', clause: 'RKN-S4a' },
    });
    const proposed = await propose(asked);
    expect(proposed).toMatchObject({ status: 202, body: { state: 'open' } });
    expect(await walk.stateOf()).toBe('ASSESSING');
    expect((await findings()).find((one) => one.id === id)).toMatchObject({
      proposalId: proposed.body['id'],
      seenBy: 'compliance@renkei.example',
    });
    expect(await propose(asked)).toMatchObject({ status: 409, body: { code: 'event_repeated' } });
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({ status: 403 });
    await walk.approve(proposed);
    expect(await walk.stateOf()).toBe('DEFICIENT');
  });

  test('RKN-S4c/g acknowledged once, with a note, on record; nobody rewrites it', async () => {
    const { id } = await findingOf('demand_open');
    const path = `/watch/findings/${id}/acknowledgements`;
    const noted = await walk.proposer.post(path, { bankCode: '2963', note: '確認済み' });
    expect(noted).toMatchObject({ status: 200, body: { note: '確認済み', proposalId: null } });
    expect(await walk.proposer.post(path, { bankCode: '2963' })).toMatchObject({
      status: 409,
      body: { code: 'event_repeated' },
    });
    const [row] = await bank.admin<{ content: object }>(
      `select content from record where kind = 'watch_finding_answered' order by id desc limit 1`,
    );
    expect(row?.content).toMatchObject({ findingId: id, rule: 'demand_open', note: '確認済み' });
    await expect(
      bank.admin(`update watch_finding set note = 'x' where id = $1`, [id]),
    ).rejects.toThrow(/has been answered/);
  });
});
