import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { OutagesService } from '../../src/changes/index.js';
import { TurnChangesJob } from '../../src/changes/turn-changes.job.js';
import { ApprovalWalk, landed, stillHere } from './approval-walk.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, TransferWalk, type Party } from './transfer-stories.js';

interface Change {
  readonly key: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly state: string;
  readonly [member: string]: unknown;
}

let bank: BankCoreUnderTest;
let transfers: TransferWalk;
let taro: Party;
let hanako: Party;
/** Where the test began: what others did before does not concern it. */
let cursor: string;

const read = async (from: string, waitSeconds = 0) => {
  const query = `cursor=${from}&waitSeconds=${waitSeconds}`;
  const { status, body } = await bank.call({ path: `/changes?${query}` });
  expect(status).toBe(200);
  return body as unknown as { changes: Change[]; cursor: string };
};

/** Everything that was committed before the question. */
async function readAll(from: string): Promise<{ changes: Change[]; cursor: string }> {
  await bank.settled();
  return readSettled(from);
}

async function readSettled(from: string): Promise<{ changes: Change[]; cursor: string }> {
  const page = await read(from);
  if (page.changes.length === 0) return page;
  const rest = await readSettled(page.cursor);
  return { changes: [...page.changes, ...rest.changes], cursor: rest.cursor };
}

const of = (changes: readonly Change[], subjectId: string) =>
  changes.filter((change) => change.subjectId === subjectId);

const moveBankTime = (hours: number) =>
  bank.admin(
    `insert into sandbox_clock (offset_ms) values ($1)
     on conflict (one_row) do update set offset_ms = sandbox_clock.offset_ms + excluded.offset_ms`,
    [hours * 3_600_000],
  );

beforeAll(async () => {
  bank = await startBankCore();
  transfers = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  hanako = await partyOf(bank, CHUO, 'hanako-2963');
});
afterAll(() => bank.stop());
beforeEach(async () => {
  ({ cursor } = await readAll(''));
});

const to = () => ({
  bankCode: '2963',
  branchCode: hanako.branchCode,
  accountNumber: hanako.accountNumber,
});

describe('what an intermediary has to hear of', () => {
  test('B-7 every state of a transfer is told once and in order, by ids alone', async () => {
    const push = { to: { ...to(), nameKana: 'ウエキ ナマエ' } };
    const transfer = await transfers.pushed(push);
    const offer = await transfers.offered(transfer, taro);
    await transfers.confirm(transfer, taro, offer);
    // The confirmation repeated changes nothing, and so tells nothing.
    await transfers.confirm(transfer, taro, offer);
    const page = await readAll(cursor);
    const told = of(page.changes, transfer.transferId);
    expect(told.map(({ was, state }) => [was, state])).toEqual([
      [null, 'RCVD'],
      ['RCVD', 'ACTC'],
      ['ACTC', 'ACSC'],
    ]);
    expect(told[0]).toMatchObject({
      bankCode: '2963',
      subject: 'transfer',
      epspId: minato.epsp,
      clientId: minato.client,
      chainPartnerId: 'none',
    });
    expect(JSON.stringify(page.changes)).not.toMatch(/ウエキ|ｳｴｷ/);
    expect(new Set(page.changes.map(({ key }) => key)).size).toBe(page.changes.length);
    expect((await readAll(page.cursor)).changes).toEqual([]);
  });

  test('B-18 a reminder that comes late tells the days that are left, not the lead', async () => {
    const walk = new ApprovalWalk(bank);
    const browser = walk.browser();
    const accounts = await walk.logIn(stillHere(await browser.open(await walk.open())), browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const { body } = await walk.result(landed(await browser.press(consent, 'approve')));
    const { consentId } = body['consent'] as { consentId: string };
    await bank.admin(
      `insert into consent_reminder (institution_id, consent_id, expires_at, days_before, reminded_at)
       select $1, $2, now + interval '97 hours', 7, now from renkei_now() now`,
      [CHUO, consentId],
    );
    const { changes } = await readAll(cursor);
    expect(of(changes, consentId).find(({ state }) => state === 'expiring')).toMatchObject({
      detail: { daysLeft: 5 },
    });
  });

  test('B-11 a consent is told when it begins, when its end is near, when an account drops out', async () => {
    const walk = new ApprovalWalk(bank);
    const browser = walk.browser();
    const accounts = await walk.logIn(stillHere(await browser.open(await walk.open())), browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const { body } = await walk.result(landed(await browser.press(consent, 'approve')));
    const { consentId } = body['consent'] as { consentId: string };
    await bank.admin(
      `insert into consent_reminder (institution_id, consent_id, expires_at, days_before, reminded_at)
       values ($1, $2, renkei_now() + interval '14 days', 14, renkei_now())`,
      [CHUO, consentId],
    );
    await bank.admin(
      `update consent_account set status = 'unavailable', changed_at = renkei_now()
       where consent_id = $1`,
      [consentId],
    );
    const { changes } = await readAll(cursor);
    expect(of(changes, consentId)).toMatchObject([
      { subject: 'consent', state: 'authorised', epspId: minato.epsp, clientId: minato.client },
      { subject: 'consent', state: 'expiring', detail: { daysLeft: 14 } },
    ]);
    expect(changes.filter(({ subject }) => subject === 'account')).toMatchObject([
      { was: 'available', state: 'unavailable', detail: { consentId }, reason: null },
    ]);
  });

  test('a change of a transaction that commits late is neither lost nor overtaken', async () => {
    const slow = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
    await slow.connect();
    const change = `insert into party_change (institution_id, at, subject, subject_id, state)
      values (${CHUO}, renkei_now(), 'outage', $1, 'planned')`;
    await slow.query('begin');
    await slow.query(change, ['slow']);
    await bank.admin(change, ['quick']);
    expect((await readSettled(cursor)).changes).toEqual([]);
    await slow.query('commit');
    await slow.end();
    const { changes } = await readAll(cursor);
    expect(changes.map(({ subjectId }) => subjectId)).toEqual(['slow', 'quick']);
  });

  test('transactions come in the order of their numbers, also where a number gains a digit', async () => {
    const change = `insert into party_change (institution_id, xid, at, subject, subject_id, state)
      values ($1, $2::text::xid8, renkei_now(), 'outage', $3, 'planned')`;
    for (const [xid, id] of Object.entries({ 11: 'third', 10: 'second', 9: 'first' }))
      await bank.admin(change, [CHUO, xid, id]);
    await bank.settled();
    const seen: string[] = [];
    for (let from = ''; ;) {
      const { body } = await bank.call({ path: `/changes?cursor=${from}&limit=1` });
      const page = body as unknown as { changes: Change[]; cursor: string };
      if (page.changes.length === 0) break;
      seen.push(...page.changes.map(({ subjectId }) => subjectId));
      from = page.cursor;
    }
    const ours = seen.filter((id) => ['first', 'second', 'third'].includes(id));
    expect(ours).toEqual(['first', 'second', 'third']);
  });

  test('a reader that waits is answered as soon as there is something', async () => {
    const waiting = read(cursor, 5);
    const transfer = await transfers.pushed({ to: to() });
    const { changes } = await waiting;
    expect(of(changes, transfer.transferId)).toMatchObject([{ state: 'RCVD' }]);
  });

  test('a chain partner that is stopped is told to its intermediary, without an institution', async () => {
    const partner = 'cp_01j0000000000000000000tsbm';
    const set = (status: string) =>
      bank.admin('update federation.chain_partner set status = $1 where id = $2', [
        status,
        partner,
      ]);
    await set('stopped');
    await set('contracted');
    const { changes } = await readAll(cursor);
    expect(of(changes, partner)).toMatchObject([
      { subject: 'partner', bankCode: null, was: 'contracted', state: 'stopped' },
      { subject: 'partner', bankCode: null, was: 'stopped', state: 'contracted' },
    ]);
    expect(changes[0]?.['epspId']).toBe('epsp_01j0000000000000000000abft');
  });
});

describe('what time alone brings about', () => {
  test('INT-13 a measure that ends by its own time is told once', async () => {
    await bank.admin(
      `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause,
         basis, measure_id, since, until)
       values ($1, $2, '*', 'transfer_initiation', 'suspended', 'INT-13', 'b', 'hold_of_test',
         renkei_now(), renkei_now() + interval '1 hour')`,
      [CHUO, minato.epsp],
    );
    const job = bank.app.get(TurnChangesJob);
    await job.run();
    await moveBankTime(2);
    await job.run();
    await job.run();
    const { changes } = await readAll(cursor);
    expect(of(changes, 'hold_of_test').map(({ was, state }) => [was, state])).toEqual([
      [null, 'suspended'],
      ['suspended', 'active'],
    ]);
  });

  test('B-5 a planned outage is announced, begins and ends; an incident begins at once', async () => {
    const outages = bank.app.get(OutagesService);
    const job = bank.app.get(TurnChangesJob);
    const now = await transfers.now();
    const DAY = 86_400_000;
    const window = { startsAt: now + 8 * DAY, endsAt: now + 8 * DAY + 3_600_000 };
    const order = { institutionId: CHUO, functions: [], by: 'officer@renkei.example' };
    const soon = { startsAt: now + DAY, endsAt: now + 2 * DAY };
    expect(await outages.enter({ ...order, window: soon })).toMatchObject({
      refusal: { code: 'outage_notice_too_short' },
    });
    const planned = await outages.enter({ ...order, window });
    const incident = await outages.enter(order);
    if (!planned.ok || !incident.ok) throw new Error('Not entered.');
    await outages.close(CHUO, incident.value.id, 'officer@renkei.example');
    await moveBankTime(8 * 24 + 0.5);
    await job.run();
    const listed = await bank.call({ path: '/outages' });
    expect(listed.body['outages']).toMatchObject([{ state: 'running' }]);
    await moveBankTime(1);
    await job.run();
    const { changes } = await readAll(cursor);
    const states = (id: string) => of(changes, id).map(({ state }) => state);
    expect(states(planned.value.id)).toEqual(['planned', 'started', 'ended']);
    expect(states(incident.value.id)).toEqual(['started', 'ended']);
    expect(of(changes, planned.value.id)[0]).toMatchObject({ epspId: null, bankCode: '2963' });
    expect(await outages.close(CHUO, planned.value.id, 'x')).toMatchObject({
      refusal: { code: 'outage_not_found' },
    });
  });
});
