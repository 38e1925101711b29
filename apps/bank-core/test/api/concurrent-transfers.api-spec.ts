import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startBankCore, minato, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, TransferWalk, type Party, type Push } from './transfer-stories.js';
import { brokenInvariants } from './ledger-invariants.js';

describe('transfers at the same time', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let hanako: Party;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    hanako = await partyOf(bank, CHUO, 'hanako-2963');
  });
  afterAll(() => bank.stop());
  beforeEach(async () => {
    await bank.admin('delete from limit_use');
    await bank.admin('delete from link_state');
  });

  const pushTo = ({ branchCode, accountNumber }: Party, amountYen = '100'): Push => ({
    to: { bankCode: '2963', branchCode, accountNumber, nameKana: 'ミナト' },
    amountYen,
  });

  test('SM-5.2/b two confirmations of one transfer at once: one debit, one answer', async () => {
    const before = await walk.balance(CHUO, taro.ledgerId);
    const transfer = await walk.pushed(pushTo(hanako));
    const offer = await walk.offered(transfer, taro);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => walk.confirm(transfer, taro, offer)),
    );
    expect(answers.map((answer) => answer.ok)).toEqual(Array(8).fill(true));
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before - 100n);
    const rows = await bank.admin(
      `select 1 from record where transfer_id = $1 and kind = 'transfer_fixed'`,
      [transfer.transferId],
    );
    expect(rows).toHaveLength(1);
  });

  test('T-02 two holders who open one transfer at once: it is shown to one of them', async () => {
    const to = { bankCode: '0001', branchCode: '001', accountNumber: '7654321', nameKana: 'カブ' };
    const transfer = await walk.pushed({ to, amountYen: '100' });
    const gate = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
    await gate.connect();
    await gate.query('begin');
    await gate.query('select 1 from transfer where id = $1 for update', [transfer.transferId]);
    const offers = [taro, hanako].map((payer) => walk.offer(transfer, payer));
    for (let waiting = 0; waiting < 2;) {
      const rows = await bank.admin(
        `select 1 from pg_stat_activity where datname = current_database()
           and wait_event_type = 'Lock' and query like 'update transfer%'`,
      );
      waiting = rows.length;
    }
    await gate.query('commit');
    await gate.end();
    const answers = await Promise.all(offers);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const shown = await bank.admin(
      `select 1 from record where transfer_id = $1 and kind = 'transfer_shown'`,
      [transfer.transferId],
    );
    expect(shown).toHaveLength(1);
  });

  test('opposite transfers do not deadlock, and every yen is accounted for', async () => {
    const before =
      (await walk.balance(CHUO, taro.ledgerId)) + (await walk.balance(CHUO, hanako.ledgerId));
    const pairs = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? ([taro, hanako] as const) : ([hanako, taro] as const),
    );
    const ready = await Promise.all(
      pairs.map(async ([payer, payee], index) => {
        const transfer = await walk.pushed(pushTo(payee, String(100 + index)));
        return { transfer, payer, offer: await walk.offered(transfer, payer) };
      }),
    );
    const answers = await Promise.all(
      ready.map(({ transfer, payer, offer }) => walk.confirm(transfer, payer, offer)),
    );
    expect(answers.map((answer) => answer.ok)).toEqual(Array(12).fill(true));
    const after =
      (await walk.balance(CHUO, taro.ledgerId)) + (await walk.balance(CHUO, hanako.ledgerId));
    expect(after).toBe(before);
  });

  test('SM-5.3-1b transfers that race for one limit: exactly those that fit are fixed', async () => {
    await bank.admin('update holder set limit_yen = 1000 where institution_id = $1 and id = $2', [
      CHUO,
      taro.holderId,
    ]);
    const ready = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const transfer = await walk.pushed(pushTo(hanako, '300'));
        return { transfer, offer: await walk.offered(transfer, taro) };
      }),
    );
    const answers = await Promise.all(
      ready.map(({ transfer, offer }) => walk.confirm(transfer, taro, offer)),
    );
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(refusals).toEqual(Array(7).fill('limit_exceeded'));
    const sums = await bank.admin(
      'select requested, designated from limit_use where subject = $1',
      [taro.holderId],
    );
    expect(sums).toEqual([{ requested: '900', designated: '900' }]);
    await bank.admin('update holder set limit_yen = 1000000 where id = $1', [taro.holderId]);
  });

  test('RKN-S4c/e no 確定 commits after the stop has: a confirmation waits for it and is refused', async () => {
    const transfer = await walk.pushed(pushTo(hanako));
    const offer = await walk.offered(transfer, taro);
    const officer = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
    await officer.connect();
    await officer.query('begin');
    await officer.query('select lock_link_exclusive($1::smallint)', [CHUO]);
    await officer.query(
      `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause, basis,
         measure_id, since) values ($1, $2, '*', '*', 'suspended', 'RKN-S4c', 'race', 'm', renkei_now())`,
      [CHUO, minato.epsp],
    );
    const confirmation = walk.confirm(transfer, taro, offer);
    await waitUntilBlocked(officer);
    await officer.query('commit');
    expect(await confirmation).toMatchObject({ refusal: { code: 'linkage_suspended' } });
    await officer.end();
  });

  test('RKN-S4c/e under load: nothing formed after the stop, counted by a fresh connection', async () => {
    const ready = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const transfer = await walk.pushed(pushTo(hanako));
        return { transfer, offer: await walk.offered(transfer, taro) };
      }),
    );
    const confirmations = ready.map(({ transfer, offer }) => walk.confirm(transfer, taro, offer));
    const officer = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
    await officer.connect();
    await Promise.race(confirmations);
    await officer.query('begin');
    await officer.query('select lock_link_exclusive($1::smallint)', [CHUO]);
    await officer.query(
      `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause, basis,
         measure_id, since) values ($1, $2, '*', '*', 'suspended', 'RKN-S4c', 'race', 'm', renkei_now())`,
      [CHUO, minato.epsp],
    );
    const [seen] = (await officer.query('select pg_current_snapshot()::text as s')).rows;
    await officer.query('commit');
    const answers = await Promise.all(confirmations);
    const late = await bank.admin(
      `select t.id from transfer t
       join posting p on p.institution_id = t.institution_id and p.key = ledger_key(t.id)
       where t.epsp_id = $1 and p.institution_id = $2 and p.status = 'posted'
         and not pg_visible_in_snapshot(p.xid::text::xid8, $3::pg_snapshot)`,
      [minato.epsp, CHUO, (seen as { s: string }).s],
    );
    expect(late).toEqual([]);
    const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(new Set(codes)).toEqual(codes.length > 0 ? new Set(['linkage_suspended']) : new Set());
    await officer.end();
  });

  test('after all that the invariants of the ledger hold at every institution', async () => {
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  /** Until the officer's own lock is waited for: an event, not a time. */
  async function waitUntilBlocked(officer: pg.Client): Promise<void> {
    for (;;) {
      const { rows } = await officer.query(
        `select 1 from pg_locks where locktype = 'advisory' and not granted`,
      );
      if (rows.length > 0) return;
    }
  }
});
