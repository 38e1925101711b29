import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LinksService } from '../../src/links/index.js';
import { ApprovalWalk } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { EVERYTHING, grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { CHUO } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const KODAMA = 'cp_01j0000000000000000000kdma';
const HOKKAIDO = 2;
const LONG_MS = 240_000;
const READS = ['accounts_read', 'balances_read', 'transactions_read', 'loans_read'];

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let approvals: ApprovalWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank, aoba);
  approvals = new ApprovalWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const stop = (step: string, more: object = {}, partner = TSUBAME, banks = ['2963']) =>
  walk.proposeStop(partner, step, more, banks);
const asking = { ground: 'partner_default', grounds, explanation: '報告が滞っている' };
const reading = async (partner: string, bankCode = '2963') => {
  const { status, body } = await approvals.handOver({ bankCode, as: { ...aoba, partner } });
  return status === 201 ? 'passes' : body['code'];
};
const onlyPartner = (partner: string) =>
  [...READS, 'transfer_initiation', 'new_consents'].map((right) => ({ right, reach: partner }));
const machine = 'chain-stop';

/** The standing of one partner's connection; `MeasureWalk.standing` finds the first. */
async function chainOf(partner: string, bankCode = '2963') {
  const { body } = await walk.proposer.get(`/links/${aoba.epsp}/standing?bankCode=${bankCode}`);
  const all = body['procedures'] as Record<string, unknown>[];
  return all.find((one) => one['machine'] === machine && one['chainPartnerId'] === partner) ?? {};
}
const chainState = async (partner: string) => (await chainOf(partner))['state'];

/** Goes to the last day of a partner's period, an hour before it is over. */
async function toTheLastHour(partner: string): Promise<void> {
  const [period] = (await chainOf(partner))['deadlines'] as { dueAt: string }[];
  const leftMs = Date.parse(period?.dueAt ?? '') - Date.parse(await walk.inHours(0));
  await walk.hoursPass(leftMs / 3_600_000 - 1);
}

describe('RKN-C2 asking to stop one partner', () => {
  test('RKN-C2a/a without grounds, or without evidence for them, nothing is asked', async () => {
    for (const none of [undefined, { text: '', evidence: ['doc_1'] }, { text: 'x', evidence: [] }])
      expect(await stop('stop_demanded', { ...asking, grounds: none })).toMatchObject({
        status: 422,
        body: { code: 'grounds_required', clause: 'RKN-C2a' },
      });
  });

  test('RKN-C2c/a neither a reason nor why it is withheld is refused', async () => {
    expect(await stop('stop_demanded', { ...asking, explanation: '  ' })).toMatchObject({
      status: 422,
      body: { code: 'explanation_required', clause: 'RKN-C2c' },
    });
  });

  test('T-14 a partner of another intermediary is unknown here', async () => {
    const path = `/links/epsp_01j0000000000000000000mnat/chain-partners/${TSUBAME}/stop-steps`;
    const answer = await walk.proposer.post(path, {
      step: 'stop_demanded',
      bankCodes: ['2963'],
      ...asking,
    });
    expect(answer.status).toBe(404);
  });

  test('RKN-C2a/b the request concerns that partner alone, and stops nobody by itself', async () => {
    expect(await walk.take(stop('stop_demanded', asking))).toMatchObject({
      state: 'STOP_DEMANDED',
      clauses: ['RKN-C2a', 'RKN-C2c'],
    });
    for (const partner of ['none', TSUBAME, KODAMA]) expect(await reading(partner)).toBe('passes');
    const letter = await walk.receive('stop_request');
    expect(JSON.stringify(letter)).toContain('報告が滞っている');
    expect(JSON.stringify(letter)).toContain('つばめ貯金');
  });

  test('RKN-C2c/b a reason withheld is accepted with its cause, which stays inside', async () => {
    const withheld = {
      ground: 'guidance_failure',
      grounds: { ...grounds, text: '共有された事由' },
      withheldBecause: '捜査への影響がある',
    };
    await walk.take(stop('stop_demanded', withheld, KODAMA, ['2951']));
    const letter = JSON.stringify(await walk.receive('stop_request', '2951'));
    expect(letter).not.toContain('捜査');
    const { body } = await walk.call({ path: '/participants/self/matters' });
    expect(JSON.stringify(body)).not.toContain('捜査');
    const [kept] = await bank.admin<{ event: object }>(
      `select event from matter_event where event ->> 'type' = 'stop_demanded' and key like '%kdma'`,
    );
    expect(kept?.event).toMatchObject({ withheldBecause: '捜査への影響がある' });
  });

  test('RKN-C2b/a before the period is over there is neither notice nor measure', async () => {
    const announced = { kind: 'restriction', removed: onlyPartner(TSUBAME) };
    expect(await stop('notice_sent', announced)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-C2b' },
    });
    expect(await stop('measure_committed', { grounds })).toMatchObject({ status: 409 });
  });

  test(
    'RKN-C2b/d after the period without notice, and without its arrival and lead, there is no measure',
    async () => {
      await walk.daysPass(15);
      expect(await chainState(TSUBAME)).toBe('OVERDUE');
      const { body } = await walk.proposer.get('/watch');
      expect(body['suggestions']).toContainEqual(
        expect.objectContaining({ rule: 'stop_overdue', clause: 'RKN-C2b', bankCode: '2963' }),
      );
      expect(await stop('measure_committed', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'event_out_of_order' },
      });
      await walk.take(stop('notice_sent', { kind: 'restriction', removed: onlyPartner(TSUBAME) }));
      expect(await stop('measure_committed', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'notice_not_delivered', clause: 'RKN-C2b' },
      });
      await walk.receive('measure_announced');
      await walk.hoursPass(71);
      expect(await stop('measure_committed', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'notice_not_delivered' },
      });
      await walk.hoursPass(2);
    },
    LONG_MS,
  );

  test('RKN-C2b/e a measure for this partner only: the intermediary’s own reads pass', async () => {
    const done = await walk.take(stop('measure_committed', { grounds }));
    expect(done).toMatchObject({ state: 'LINK_RESTRICTED' });
    expect(await reading('none')).toBe('passes');
    expect(await reading(TSUBAME)).toBe('linkage_restricted');
    expect(await reading(KODAMA)).toBe('passes');
    expect(await reading(TSUBAME, '2954')).toBe('passes');
  });

  test('RKN-C2b a partner stopped under a measure: people are shown that it may end, and end both', async () => {
    const answer = await walk.reply('partner_stopped', { chainPartnerId: TSUBAME });
    expect(answer).toMatchObject({ status: 200, body: { state: 'LINK_RESTRICTED' } });
    const { body } = await walk.proposer.get('/watch');
    expect(body['suggestions']).toContainEqual(
      expect.objectContaining({ rule: 'partner_stopped', proposes: 'resumed' }),
    );
    const resumed = await walk.take(stop('resumed', { reason: '是正を確認' }));
    expect(resumed).toMatchObject({ state: 'RESUMED' });
    expect(await reading(TSUBAME)).toBe('passes');
  });
});

describe('RKN-C2b/b the intermediary stops in time', () => {
  test(
    'RKN-C2b/b, RKN-C2b/c stopped on the last day: no measure follows, and its calls are refused here alone (INT-22)',
    async () => {
      const party = { ...aoba, partner: KODAMA };
      const consent = await new ConsentWalk(bank).consented(party);
      const called = async () =>
        bank.call({ path: '/institutions/2963/accounts', as: { ...party, consent } });
      await walk.take(stop('stop_demanded', asking, KODAMA));
      await walk.receive('stop_request');
      await toTheLastHour(KODAMA);
      expect(await chainState(KODAMA)).toBe('STOP_DEMANDED');
      expect((await called()).status).toBe(200);
      const stopped = await walk.reply('partner_stopped', { chainPartnerId: KODAMA });
      expect(stopped.body).toEqual({ state: 'PARTNER_STOPPED' });
      expect(await called()).toMatchObject({
        status: 403,
        body: { code: 'chain_partner_stopped', clause: 'RKN-C2b' },
      });
      expect(await reading(KODAMA)).toBe('chain_partner_stopped');
      expect(await reading(KODAMA, '2954')).toBe('passes');
      await walk.hoursPass(2);
      expect(await chainState(KODAMA)).toBe('PARTNER_STOPPED');
      const announced = { kind: 'restriction', removed: onlyPartner(KODAMA) };
      expect(await stop('notice_sent', announced, KODAMA)).toMatchObject({
        status: 409,
        body: { clause: 'RKN-C2b' },
      });
      expect(await stop('measure_committed', { grounds }, KODAMA)).toMatchObject({ status: 409 });
      await walk.take(stop('resumed', { reason: '再開' }, KODAMA));
      expect((await called()).status).toBe(200);
    },
    LONG_MS,
  );
});

describe('measures of two institutions, and what adds up', () => {
  /** From the request to the notice's lead, so that a measure may follow. */
  async function untilMeasure(partner: string, more: object, banks: string[]) {
    await walk.take(stop('stop_demanded', asking, partner, banks));
    for (const bankCode of banks) await walk.receive('stop_request', bankCode);
    await walk.daysPass(15);
    await walk.take(stop('notice_sent', more, partner, banks));
    for (const bankCode of banks) await walk.receive('measure_announced', bankCode);
    await walk.hoursPass(73);
  }

  test(
    'X-09 CP-only restriction at one bank, full suspension at another, each for itself',
    async () => {
      const consents = new ConsentWalk(bank);
      const own = { ...aoba, partner: 'none' };
      const [byTsubame, byKodama] = [TSUBAME, KODAMA].map((partner) => ({ ...aoba, partner }));
      const agreed = new Map<object, string>();
      for (const party of [own, byTsubame, byKodama])
        if (party) agreed.set(party, await consents.consented(party));
      const data = async (party: object = {}) => {
        const consent = agreed.get(party) ?? '';
        const path = '/institutions/2963/accounts';
        const { status, body } = await bank.call({ path, as: { ...party, consent } });
        return status === 200 ? 200 : `${status} ${String(body['code'])}`;
      };
      expect([await data(own), await data(byTsubame), await data(byKodama)]).toEqual([
        200, 200, 200,
      ]);
      await untilMeasure(TSUBAME, { kind: 'restriction', removed: onlyPartner(TSUBAME) }, ['2963']);
      await walk.take(stop('measure_committed', { grounds }, TSUBAME));
      await underAssessment(walk, [HOKKAIDO]);
      const at = [await codeOf(HOKKAIDO)];
      await walk.take(walk.propose('found_deficient', { items: ['1.1'], grounds }, at));
      await walk.take(walk.propose('improvement_demanded', { items: ['1.1'], grounds }, at));
      await walk.receive('improvement_demand', at[0]);
      await walk.daysPass(31);
      await walk.take(walk.propose('judged_insufficient', { grounds }, at));
      const all = { kind: 'suspension', removed: EVERYTHING };
      await walk.take(walk.propose('notice_sent', all, at));
      await walk.receive('measure_announced', at[0]);
      await walk.hoursPass(73);
      const done = await walk.take(walk.propose('measure_committed', { grounds }, at));
      expect(done).toMatchObject({ state: 'SUSPENDED' });
      // What had been agreed to before, at the bank with the narrow measure: data, not a new request.
      expect([await data(own), await data(byTsubame), await data(byKodama)]).toEqual([
        200,
        '403 linkage_restricted',
        200,
      ]);
      const atTheOther = { bankCode: at[0] ?? '', as: own };
      expect(await approvals.handOver(atTheOther)).toMatchObject({
        status: 403,
        body: { code: 'linkage_suspended', clause: 'RKN-S4c' },
      });
      expect([await reading('none'), await reading('none', at[0])]).toEqual([
        'passes',
        'linkage_suspended',
      ]);
      expect([await reading(TSUBAME), await reading(TSUBAME, at[0])]).toEqual([
        'linkage_restricted',
        'linkage_suspended',
      ]);
      expect([await reading(KODAMA), await reading(KODAMA, at[0])]).toEqual([
        'passes',
        'linkage_suspended',
      ]);
    },
    LONG_MS,
  );

  test(
    'INT-17 all chained traffic at once, and new consents alone; lifting one opens nothing that another stops',
    async () => {
      const chained = READS.map((right) => ({ right, reach: 'chained' }));
      const fresh = [{ right: 'new_consents', reach: 'direct' }];
      await untilMeasure(KODAMA, { kind: 'restriction', removed: [...chained, ...fresh] }, [
        '2963',
      ]);
      await walk.take(stop('measure_committed', { grounds }, KODAMA));
      expect(await reading(KODAMA)).toBe('linkage_restricted');
      // A new consent of the intermediary itself is refused; what it reads by older ones passes.
      expect(await reading('none')).toBe('linkage_restricted');
      expect(await stopOf('none', 'accounts_read')).toBeUndefined();
      await walk.take(stop('resumed', { reason: '是正' }, TSUBAME));
      expect(await reading(TSUBAME)).toBe('linkage_restricted');
      await walk.take(stop('resumed', { reason: '是正' }, KODAMA));
      for (const partner of ['none', TSUBAME, KODAMA])
        expect(await reading(partner)).toBe('passes');
    },
    LONG_MS,
  );

  async function stopOf(chainPartnerId: string, fn: string) {
    const [row] = await bank.admin<{ at: string }>(
      'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
    );
    const traffic = { institutionId: CHUO, epspId: aoba.epsp, chainPartnerId, fn };
    return bank.database.inInstitution(CHUO, (tx) =>
      bank.app
        .get(LinksService, { strict: false })
        .stopFor(tx, { ...traffic, at: Number(row?.at) }),
    );
  }

  async function codeOf(id: number): Promise<string> {
    const [row] = await bank.admin<{ code: string }>(
      'select code from institution_code where institution_id = $1',
      [id],
    );
    return row?.code ?? '';
  }
});
