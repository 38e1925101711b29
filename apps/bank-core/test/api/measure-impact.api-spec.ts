import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClearingService } from '../../src/clearing/index.js';
import { FollowPartiesJob } from '../../src/consents/follow-parties.job.js';
import { PREVIEWS_MAX } from '../../src/measures/impact.service.js';
import type { TransferView } from '../../src/transfers/index.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { EVERYTHING, grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { officerAtWork } from './officers.js';
import { CHUO, partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const KODAMA = 'cp_01j0000000000000000000kdma';
const LONG_MS = 240_000;
let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let transfers: TransferWalk;
let taro: Party;
let hanako: Party;
let consents: ConsentWalk;
let consentId: string;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  transfers = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  hanako = await partyOf(bank, CHUO, 'hanako-2963');
  consents = new ConsentWalk(bank);
  consentId = await consents.consented({ ...minato });
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const to = () => ({ to: { bankCode: '2963', ...hanako, nameKana: 'ミナト ハナコ' } });

const preview = async (removed: object[], bankCodes = ['2963'], epsp = minato.epsp) => {
  const path = `/links/${epsp}/measure-previews`;
  const answer = await walk.proposer.post(path, { bankCodes, removed });
  return { ...answer, previews: answer.body['previews'] as Record<string, unknown>[] };
};

describe('X-21 the stop commits', () => {
  const waits = new Set<string>();
  const clearing = () => bank.app.get(ClearingService, { strict: false });

  test(
    'X-21, RKN-S4c/e what was fixed is completed and stood in the preview; what was under way is refused',
    async () => {
      const fixed = await transfers.walk(to(), taro);
      expect(fixed).toMatchObject({ ok: true, value: { status: 'ACSC' } });
      const underway = await notSentYet();
      const waiting = await transfers.pushed(to());
      const offer = await transfers.offered(waiting, taro);
      const reservation = await reserved();
      const before = await preview(EVERYTHING);
      expect(before.previews).toMatchObject([
        {
          bankCode: '2963',
          reading: 'A',
          reservations: 1,
          requests: {
            completed: { ids: expect.arrayContaining([reservation, underway.transferId]) },
          },
        },
      ]);
      const requests = before.previews[0]?.['requests'] as Record<string, { ids: string[] }>;
      expect(requests['refused']?.ids).toContain(waiting.transferId);
      await suspend();
      const balance = await transfers.balance(CHUO, taro.ledgerId);
      expect(await transfers.confirm(waiting, taro, offer)).toMatchObject({
        ok: false,
        refusal: { code: 'linkage_suspended', clause: 'RKN-S4c' },
      });
      expect(await transfers.prepare(to())).toMatchObject({
        ok: false,
        refusal: { code: 'linkage_suspended' },
      });
      expect(await transfers.balance(CHUO, taro.ledgerId)).toBe(balance);
      // The same-day request that was fixed before is sent on, through the link that is stopped.
      expect(await transfers.status(underway)).toMatchObject({ status: 'ACSP' });
      await sentOn(underway);
      expect(await transfers.settled(underway)).toMatchObject({ status: 'ACSC', aftercare: null });
      expect(await transfers.balance(CHUO, taro.ledgerId)).toBe(balance);
      const [row] = await bank.admin<{ status: string }>(
        'select status from transfer where id = $1',
        [reservation],
      );
      expect(row?.status).toBe('SCHD');
    },
    LONG_MS,
  );

  test(
    'RKN-S4c/f lifting revives the consents that are unexpired, without asking anybody again',
    async () => {
      const follow = bank.app.get(FollowPartiesJob, { strict: false });
      const stateOf = async () => {
        await follow.run();
        const { state, version } = await consents.view(consentId);
        return [state, version];
      };
      const [frozen, version] = await stateOf();
      expect(frozen).toBe('frozen');
      const resumed = await walk.take(walk.propose('resumed', { reason: '改善を確認' }));
      expect(resumed).toMatchObject({ state: 'RESUMED' });
      expect(await stateOf()).toEqual(['authorised', Number(version) + 1]);
      expect((await transfers.prepare(to())).ok).toBe(true);
    },
    LONG_MS,
  );

  test(
    'INT-21 an institution that takes another reading gets another preview, from its day on, and nobody else does',
    async () => {
      const waiting = { count: 1 };
      const nothing = { count: 0 };
      expect((await preview(EVERYTHING)).previews).toMatchObject([
        { reading: 'A', reservations: 1, requests: { heldForOfficer: nothing } },
      ]);
      const effectiveFrom = (await walk.inHours(24 + 9)).slice(0, 10);
      const choice = { entry: 'INT-21', reading: 'B', effectiveFrom };
      await walk.take(walk.proposer.post('/readings/2963', choice));
      expect((await preview(EVERYTHING)).previews).toMatchObject([{ reading: 'A' }]);
      await walk.daysPass(1);
      expect((await preview(EVERYTHING, ['2963', '2825'])).previews).toMatchObject([
        { bankCode: '2963', reading: 'B', reservations: 1, requests: { heldForOfficer: waiting } },
        { bankCode: '2825', reading: 'A', reservations: 0, requests: { heldForOfficer: nothing } },
      ]);
      const readings = (await walk.standing('security-review'))['readings'];
      expect(readings).toContainEqual({
        entry: 'INT-21',
        reading: 'B',
        version: 1,
        status: 'proposed',
      });
    },
    LONG_MS,
  );

  test('RKN-S4c/g every change has its people, grounds and time, and nobody alters what was told', async () => {
    const told = await bank.admin<{ event: Record<string, unknown> }>(
      `select event from matter_event where machine = 'link' and key = $1 order by version`,
      [minato.epsp],
    );
    const [committed, lifted] = told.map(({ event }) => event);
    expect(committed).toMatchObject({ type: 'measure_committed', basis: 'RKN-S4c', grounds });
    expect(lifted).toMatchObject({ type: 'measure_lifted', reason: '改善を確認' });
    for (const event of [committed, lifted]) {
      expect(event?.['enteredBy']).toMatch(/^prs_/);
      expect(event?.['approvedBy']).not.toBe(event?.['enteredBy']);
      expect(event?.['happenedAt']).toEqual(expect.any(Number));
    }
    await expect(bank.admin('delete from matter_event')).rejects.toThrow(/append-only/);
    await expect(
      bank.admin(`update letter set arrived_at = renkei_now() where arrived_at is not null`),
    ).rejects.toThrow(/on record/);
  });

  /** A 振込 to another institution, fixed and debited; the interbank side does not answer as long as it `waits`. */
  async function notSentYet(): Promise<TransferView> {
    const { branchCode, accountNumber } = await partyOf(bank, SAIKAI, 'hanako-2825');
    const payee = { bankCode: '2825', branchCode, accountNumber, nameKana: 'ミナト ハナコ' };
    const transfer = await transfers.pushed({ to: payee, amountYen: '2000' });
    clearing().onSettled(async (_tx, { transferId }) => {
      if (waits.has(transferId)) throw new Error('the other side does not answer');
    });
    waits.add(transfer.transferId);
    const offer = await transfers.offered(transfer, taro);
    expect(await transfers.confirm(transfer, taro, offer)).toMatchObject({ ok: true });
    return transfer;
  }

  async function sentOn({ transferId }: TransferView): Promise<void> {
    waits.delete(transferId);
    await bank.admin('update clearing_outbox set due_at = now() where transfer_id = $1', [
      transferId,
    ]);
    await clearing().deliverDue(CHUO);
  }

  /** A reservation fixed before, made from a transfer that was pushed: the interbank side offers none yet. */
  async function reserved(): Promise<string> {
    const { transferId } = await transfers.pushed(to());
    await bank.admin(
      `update transfer set status = 'SCHD', designated_on = current_date + 400, confirmed_at = renkei_now()
       where id = $1`,
      [transferId],
    );
    return transferId;
  }

  async function suspend(): Promise<void> {
    await underAssessment(walk, [CHUO]);
    await walk.take(walk.propose('found_deficient', { items: ['1'], grounds }));
    await walk.take(walk.propose('improvement_demanded', { items: ['1'], grounds, periodDays: 1 }));
    await walk.receive('improvement_demand');
    await walk.daysPass(2);
    await walk.take(walk.propose('judged_insufficient', { grounds }));
    await walk.take(walk.propose('notice_sent', { kind: 'suspension', removed: EVERYTHING }));
    await walk.receive('measure_announced');
    await walk.hoursPass(73);
    await walk.take(walk.propose('measure_committed', { grounds }));
  }
});

describe('the impact preview', () => {
  test('RKN-S4c it counts per institution and reach, and changes nothing', async () => {
    await consents.consented({ ...aoba, partner: 'none' });
    await consents.consented({ ...aoba, partner: TSUBAME });
    await consents.consented({ ...aoba, partner: TSUBAME });
    const countOf = async (right: string, reach: string) => {
      const { previews } = await preview([{ right, reach }], ['2963', '2954'], aoba.epsp);
      return previews.map((one) => [one['consents'], one['users']]);
    };
    expect(await countOf('accounts_read', 'all')).toEqual([
      [3, 1],
      [0, 0],
    ]);
    expect(await countOf('accounts_read', 'direct')).toEqual([
      [1, 1],
      [0, 0],
    ]);
    expect(await countOf('accounts_read', 'chained')).toEqual([
      [2, 1],
      [0, 0],
    ]);
    expect(await countOf('accounts_read', TSUBAME)).toEqual([
      [2, 1],
      [0, 0],
    ]);
    expect(await countOf('accounts_read', KODAMA)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await countOf('transfer_initiation', 'all')).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await countOf('new_consents', 'all')).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('T-28 whoever asks is an officer of that bank, and stands in the record', async () => {
    const asked = await bank.admin<{ content: { by: string } }>(
      `select content from record where kind = 'measure_previewed' order by id desc limit 1`,
    );
    expect(asked[0]?.content.by).toBe('compliance@renkei.example');
    const path = '/links/epsp_01j00000000000000000000000/measure-previews';
    const body = { bankCodes: ['2963'], removed: EVERYTHING };
    expect((await walk.proposer.post(path, body)).status).toBe(404);
    expect((await bank.app.inject({ method: 'POST', url: `/staff/v1${path}` })).statusCode).toBe(
      401,
    );
  });

  test('T-28 how often one officer may ask is bounded, at each institution for itself', async () => {
    const own = await officerAtWork(bank, 'chuo-compliance');
    const path = `/links/${minato.epsp}/measure-previews`;
    const ask = (bankCode = '2963', by = own) =>
      by.post(path, { bankCodes: [bankCode], removed: [{ right: 'loans_read', reach: 'all' }] });
    const statuses = [];
    for (let nth = 0; nth <= PREVIEWS_MAX; nth += 1) statuses.push((await ask()).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(PREVIEWS_MAX);
    expect(await ask()).toMatchObject({ status: 429, body: { code: 'too_many_previews' } });
    // Another officer, and another institution, have their own.
    expect((await ask('2963', walk.proposer)).status).toBe(200);
    expect((await ask('2954', walk.proposer)).status).toBe(200);
  });

  test('T-20 an officer of one institution previews for no other', async () => {
    const own = await officerAtWork(bank, 'saikai-approver');
    const path = `/links/${minato.epsp}/measure-previews`;
    const body = { bankCodes: ['2963'], removed: EVERYTHING };
    expect((await own.post(path, body)).status).toBe(404);
    expect((await own.post(path, { ...body, bankCodes: ['2825'] })).status).toBe(200);
  });
});

describe('the record of how a measure spread', () => {
  test('T-19 a node tells of a version once, and of none that does not exist', async () => {
    const tell = (version: number, node = 'gw-1') =>
      walk.call({
        method: 'POST',
        path: '/links/reached',
        body: { node, bankCode: '2963', version },
      });
    const [newest] = await bank.admin<{ v: string }>(
      'select version as v from link_version where institution_id = 4',
    );
    const version = Number(newest?.v);
    expect((await tell(version)).status).toBe(204);
    expect((await tell(version)).status).toBe(204);
    await tell(version, 'gw-2');
    await tell(version + 1);
    await tell(version - 1, 'gw-3');
    const { body } = await walk.proposer.get('/propagation?bankCode=2963');
    const [first] = body['versions'] as { version: number; nodes: { node: string }[] }[];
    expect(first).toMatchObject({
      version,
      nodes: [{ node: 'gw-1' }, { node: 'gw-2' }],
      silent: ['gw-3'],
    });
  });

  test('RKN-S4c the timeline tells from when on each node refused, beside the measure itself', async () => {
    const { body } = await walk.proposer.get(`/links/${minato.epsp}/timeline?bankCode=2963`);
    const entries = body['entries'] as Record<string, unknown>[];
    const stopped = entries.find(
      ({ source, what }) => source === 'link' && what === 'measure_committed',
    );
    const reached = entries.filter(({ source }) => source === 'gateway');
    const nodesOf = (clause: string) =>
      reached
        .filter(({ clauses }) => (clauses as string[]).includes(clause))
        .map(({ detail }) => (detail as { node: string }).node);
    expect(stopped).toBeDefined();
    // Whoever is at a later version has refused by this one as well; its time is when it first told.
    expect(new Set(nodesOf('RKN-S4c'))).toEqual(new Set(['gw-1', 'gw-2', 'gw-3']));
    for (const entry of reached) expect(Date.parse(String(entry['at']))).not.toBeNaN();
  });
});
