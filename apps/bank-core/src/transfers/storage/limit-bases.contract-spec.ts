import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { CivilDate, hashOf, newId } from '#libs/kernel';
import { Database, enterInstitution } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { statementsOf } from '../../accounts/index.js';
import { fixTransfers } from './fix-transfers.store.pg.js';

const MON = CivilDate.from('2026-11-16');
const [TUE, WED, THU] = [MON.plusDays(1), MON.plusDays(2), MON.plusDays(3)];
const LIMIT = 100n;
const EPSP = 'epsp_01j0000000000000000000mnat';

/** The examples of SM-5.3-1b, on the two sums as fix_transfers keeps them. The limit is 100 yen. */
describe('SM-5.3-1b both bases, charged at 確定 and judged under the lock', () => {
  let databases: TestDatabases;
  let database: Database;

  beforeAll(async () => {
    databases = await startDatabases();
    const { ownerUrl: url } = databases.bank;
    database = new Database({ url, connectionsMax: 4, applicationName: 'spec' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank');
      insert into federation.intermediary values ('${EPSP}', 'a', 'a', 'a', 'r', 'c', 'c', 'active');
      select set_config('renkei.institution', '1', false);
      insert into holder values (1, 'hld_1', 'individual', 'k', 'k', 'm', 'l', 'active', '2020-01-01', 100, 100);
      insert into account (institution_id, id, balance, overdraft) values
        (1, 1, 0, 0), (1, 2, 0, 0), (1, 101, 0, 1000000), (1, 102, 0, 0);
      insert into system_account values (1, 'clearing', 1), (1, 'fee_income', 2);
      insert into service_account values (1, 'hld_1', 101, true, true)`);
    await owner.end();
  });
  afterAll(async () => {
    await database.close();
    await databases.stop();
  });
  beforeEach(() =>
    database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await tx.query('delete from limit_use');
    }),
  );

  /** A request received on one day for another: what it is answered. */
  async function request(
    receivedOn: CivilDate,
    amount: bigint,
    forDay: CivilDate,
    more: { limit?: bigint; balance?: 'short' } = {},
  ): Promise<string> {
    const transferId = newId('trf', receivedOn.at('10:00'));
    return database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await tx.query(
        `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
           creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, status, received_at,
           expires_at, changed_at, holder_id)
         values (1, $1, 'c', $2, 'none', $1, 'h', '2963', '001', '1', '1234567', 'ｱ', $3, 'ACTC', now(),
           'infinity', now(), 'hld_1')`,
        [transferId, EPSP, more.balance === 'short' ? 1_000_000_000_000n : amount],
      );
      const plan = {
        institutionId: 1,
        transferId,
        holderId: 'hld_1',
        debitAccount: 101n,
        creditAccount: 102n,
        receivedAt: receivedOn.at('10:00'),
        requestedOn: receivedOn,
        designatedOn: forDay,
        kind: 'furikae',
        feeYen: 0n,
        limitSubject: 'hld_1',
        limitYen: more.limit ?? LIMIT,
        chargeYen: amount,
        contentHash: hashOf('h'),
        shown: {},
        factors: [],
        interactionId: 'x',
        debitText: '',
        creditText: '',
        payerName: '',
        overdraftUsable: true,
      } as const;
      const [answer] = await fixTransfers(statementsOf(tx), 1, [plan]);
      if (!answer || answer.ok) return 'accepted';
      const bases = answer.refusal.facts?.['bases'];
      return Array.isArray(bases)
        ? `${answer.refusal.code}: ${bases.join(', ')}`
        : answer.refusal.code;
    });
  }

  test('SM-5.3-1b/a Monday 60 for Wednesday, 60 for Thursday: the request basis refuses', async () => {
    expect(await request(MON, 60n, WED)).toBe('accepted');
    expect(await request(MON, 60n, THU)).toBe('limit_exceeded: request_date');
  });

  test('SM-5.3-1b/b Monday 60 for Wednesday, Tuesday 60 for Wednesday: the designated basis refuses', async () => {
    expect(await request(MON, 60n, WED)).toBe('accepted');
    expect(await request(TUE, 60n, WED)).toBe('limit_exceeded: designated_date');
  });

  test('SM-5.3-1b/c Monday 60 for Wednesday, Tuesday 40 for Wednesday: both fit', async () => {
    expect(await request(MON, 60n, WED)).toBe('accepted');
    expect(await request(TUE, 40n, WED)).toBe('accepted');
    expect(await request(TUE, 1n, WED)).toBe('limit_exceeded: designated_date');
  });

  test('SM-5.3-1b/d a same-day request counts on both bases of that day', async () => {
    expect(await request(MON, 60n, MON)).toBe('accepted');
    expect(await request(MON, 41n, MON)).toBe('limit_exceeded: request_date, designated_date');
    expect(await request(MON, 41n, TUE)).toBe('limit_exceeded: request_date');
    expect(await request(MON, 40n, TUE)).toBe('accepted');
  });

  test('SM-5.3-1b/e what is refused counts in neither', async () => {
    expect(await request(MON, 60n, MON, { balance: 'short' })).toBe('insufficient_funds');
    expect(await request(MON, 101n, MON)).toBe('limit_exceeded: request_date, designated_date');
    expect(await request(MON, 100n, MON)).toBe('accepted');
  });

  test('SM-5.3-1b/f Monday 60 for Wednesday, on Wednesday 50 for the same day: 110 refused', async () => {
    expect(await request(MON, 60n, WED)).toBe('accepted');
    expect(await request(WED, 50n, WED)).toBe('limit_exceeded: designated_date');
    expect(await request(WED, 40n, WED)).toBe('accepted');
  });

  test('SM-5.3-1a/c a limit of 0 yen takes nothing', async () => {
    expect(await request(MON, 1n, MON, { limit: 0n })).toMatch(/^limit_exceeded/);
  });

  test('SM-5.3-5/b a lowered limit: what was fixed still counts against the next request', async () => {
    expect(await request(MON, 90n, WED)).toBe('accepted');
    expect(await request(TUE, 5n, WED, { limit: 10n })).toBe('limit_exceeded: designated_date');
  });
});
