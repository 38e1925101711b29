import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { TransferStatus } from '#libs/contracts';
import { hashOf } from '#libs/kernel';
import { Database, enterInstitution, type Transaction } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { statementsOf, type Statements } from '../../accounts/index.js';
import { decideConfirmation } from '../domain/decide-confirmation.js';
import { TransferWriter } from '../transfer-writer.js';
import * as cases from './fix-cases.js';
import { fixTransfers, type Fixed, type FixPlan } from './fix-transfers.store.pg.js';

const { AMOUNT, AXES, arrange, arrangeHouse, epspOf, factsOf, placeOf, planOf } = cases;

/** All of them when EVERY_CASE is set (some minutes). */
const CASES = cases.someCases(process.env['EVERY_CASE'] ? 1 : 31);
const PLAIN = CASES[0] as cases.FixCase;
const fixOne = async (tx: Transaction, plan: FixPlan): Promise<Fixed> => {
  const [fixed] = await fixTransfers(statementsOf(tx), plan.institutionId, [plan]);
  return fixed as Fixed;
};
const FIXED: Fixed = { ok: true, value: 'fixed' };
const codeOf = (fixed: Fixed | undefined) => (fixed?.ok ? fixed.value : fixed?.refusal.code);

/** Refused before the ledger is asked: it has no row of these. */
const NOT_IN_THE_LEDGER = new Set(['state_conflict', 'transfer_expired', 'not_found']);

describe('one table of cases through decideConfirmation and through fix_transfers', () => {
  let databases: TestDatabases;
  let database: Database;

  beforeAll(async () => {
    databases = await startDatabases();
    const { ownerUrl: url } = databases.bank;
    database = new Database({ url, connectionsMax: 4, applicationName: 'spec' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank')`);
    for (const link of AXES.link) {
      const values = `($1, 'a', 'a', 'a', 'r', 'c', 'c', 'active')`;
      await owner.query(`insert into federation.intermediary values ${values}`, [epspOf(link)]);
    }
    await owner.end();
  });
  afterAll(async () => {
    await database.close();
    await databases.stop();
  });

  /** The work in a transaction that never was. */
  async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
    class Undo extends Error {}
    const done = database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await arrangeHouse(tx);
      await work(tx);
      throw new Undo();
    });
    await expect(done).rejects.toThrow(Undo);
  }

  const total = cases.everyCase().length;
  test(`0 differences over ${CASES.length} of ${total} combinations, one by one`, async () => {
    const seen = new Set<string | undefined>();
    for (const one of CASES) {
      await undone(async (tx) => {
        const place = placeOf(0);
        await arrange(tx, one, place);
        const fixed = await fixOne(tx, planOf(one, place));
        expectAsDecided(one, fixed);
        await expectAllOrNothing(tx, [one], [fixed]);
        seen.add(codeOf(fixed));
      });
    }
    expect([...seen].sort()).toEqual([
      'account_closed',
      'debit_not_registered',
      'fixed',
      'holder_unavailable',
      'insufficient_funds',
      'limit_exceeded',
      'linkage_restricted',
      'linkage_suspended',
      'linkage_terminated',
      'payee_account_closed',
      'payee_account_unknown',
      'payment_stopped',
      'same_account',
      'state_conflict',
      'transfer_expired',
    ]);
  });

  test('0 differences over the same combinations in one batch, answered in the order asked', async () => {
    await undone(async (tx) => {
      for (const [n, one] of CASES.entries()) await arrange(tx, one, placeOf(n));
      const plans = CASES.map((one, n) => planOf(one, placeOf(n)));
      // From the last to the first, so that an order of the function's own would be seen.
      const fixed = (await fixTransfers(statementsOf(tx), 1, plans.toReversed())).toReversed();
      expect(fixed).toHaveLength(CASES.length);
      for (const [n, one] of CASES.entries()) expectAsDecided(one, fixed[n]);
      await expectAllOrNothing(tx, CASES, fixed);
    });
  });

  test('SM-5.3-1b transfers of one holder in one batch: each is judged after those before it', async () => {
    await undone(async (tx) => {
      const places = [0, 1, 2, 3].map(placeOf);
      for (const [n, place] of places.entries()) {
        await arrange(tx, n === 1 ? { ...PLAIN, link: 'suspended' } : PLAIN, place);
        await tx.query('update transfer set holder_id = $1 where id = $2', [
          places[0]?.holderId,
          place.transferId,
        ]);
      }
      const { holderId, debitAccount } = placeOf(0);
      await tx.query('update account set balance = 330 where id = $1', [debitAccount]);
      const plans = places.map((place) => ({
        ...planOf(PLAIN, place),
        holderId,
        debitAccount,
        limitSubject: holderId,
        limitYen: 250n,
      }));
      const fixed = await fixTransfers(statementsOf(tx), 1, plans);
      expect(fixed.map(codeOf)).toEqual(['fixed', 'linkage_suspended', 'fixed', 'limit_exceeded']);
      const [account] = await tx.query('select balance, version from account where id = $1', [
        debitAccount,
      ]);
      expect(account).toEqual({ balance: 110n, version: 4n });
      const [use] = await tx.query(
        'select requested, designated from limit_use where subject = $1',
        [holderId],
      );
      expect(use).toEqual({ requested: 200n, designated: 200n });
    });
  });

  test('SM-5.2/b asked again: the same content is answered, other content is not', async () => {
    await undone(async (tx) => {
      const [known, fresh] = [placeOf(0), placeOf(1)];
      await arrange(tx, PLAIN, known);
      await arrange(tx, PLAIN, fresh);
      const plan = planOf(PLAIN, known);
      expect(codeOf(await fixOne(tx, plan))).toBe('fixed');
      const before = await standing(tx, 1);
      expect(codeOf(await fixOne(tx, plan))).toBe('already_fixed');
      const other = { ...plan, contentHash: hashOf('other content') };
      expect(codeOf(await fixOne(tx, other))).toBe('state_conflict');
      expect(codeOf(await fixOne(tx, { ...plan, holderId: 'hld_1' }))).toBe('not_found');
      expect(await standing(tx, 1)).toEqual(before);
      const batch = await fixTransfers(statementsOf(tx), 1, [plan, planOf(PLAIN, fresh)]);
      expect(batch.map(codeOf)).toEqual(['already_fixed', 'fixed']);
      expect(await standing(tx, 1)).toEqual(before);
    });
  });

  /** As a server that answers once too late: the first call has its effect, and its answer never arrives. */
  const losingTheFirst = (tx: Transaction): Statements => {
    const lost = { calls: 0 };
    return {
      query: async (statement) => {
        const answer = await statementsOf(tx).query(statement);
        lost.calls += 1;
        if (lost.calls === 1) throw new Error('Connection terminated unexpectedly');
        return answer;
      },
    };
  };

  test.each([
    ['SM-5.2/b fixed', PLAIN, 'already_fixed', undefined],
    ['SM-3.4-1-2a', { ...PLAIN, balance: 109n }, 'insufficient_funds', undefined],
    ['SM-5.3-1b', { ...PLAIN, used: [901n, 0n] }, 'limit_exceeded', ['request_date']],
    ['SM-5.1-1', { ...PLAIN, mayDebit: false }, 'debit_not_registered', undefined],
    ['SM-3.4-1-4', { ...PLAIN, holder: 'locked' }, 'holder_unavailable', undefined],
    ['SM-5.1-1', { ...PLAIN, payee: 'unknown' }, 'payee_account_unknown', undefined],
    ['SM-R3.2', { ...PLAIN, expired: true }, 'transfer_expired', undefined],
  ] as const)('%s a lost answer: the writer asks again and hears the same (%#)', async (...row) => {
    const [, one, code, bases] = row;
    await undone(async (tx) => {
      const place = placeOf(0);
      await arrange(tx, one, place);
      const plan = planOf(one, place);
      const answered = await new TransferWriter(losingTheFirst(tx)).fix(1, plan);
      const asked = answered.ok ? answered.value : undefined;
      expect(codeOf(asked)).toBe(code);
      if (bases) expect(asked).toMatchObject({ refusal: { facts: { bases } } });
      await expectAllOrNothing(tx, [one], [asked?.ok === false ? asked : FIXED]);
      const before = await standing(tx, 1);
      // And whoever asks once more, alone or beside another, hears it again.
      expect(await fixOne(tx, plan)).toEqual(asked);
      await arrange(tx, PLAIN, placeOf(1));
      const batch = await fixTransfers(statementsOf(tx), 1, [planOf(PLAIN, placeOf(1)), plan]);
      expect(batch.map(codeOf)).toEqual(['fixed', code]);
      expect(await standing(tx, 1)).toEqual(before);
    });
  });

  test('ledger.md 3.1 refused once, other content is not given that answer', async () => {
    await undone(async (tx) => {
      const one = { ...PLAIN, balance: 109n as const };
      await arrange(tx, one, placeOf(0));
      const plan = planOf(one, placeOf(0));
      expect(codeOf(await fixOne(tx, plan))).toBe('insufficient_funds');
      const before = await standing(tx, 1);
      const other = { ...plan, contentHash: hashOf('other content') };
      expect(codeOf(await fixOne(tx, other))).toBe('state_conflict');
      await tx.query(`update link_state set state = 'suspended' where epsp_id = $1`, [
        epspOf('active'),
      ]);
      expect(codeOf(await fixOne(tx, plan))).toBe('linkage_suspended');
      expect(await standing(tx, 1)).toEqual(before);
    });
  });

  test('T-21 access comes before the replay: a stopped link gets no answer of what was fixed', async () => {
    await undone(async (tx) => {
      const place = placeOf(0);
      await arrange(tx, PLAIN, place);
      const plan = planOf(PLAIN, place);
      expect(codeOf(await fixOne(tx, plan))).toBe('fixed');
      const before = await standing(tx, 1);
      await tx.query(`update link_state set state = 'suspended' where epsp_id = $1`, [
        epspOf('active'),
      ]);
      const stopped = await fixOne(tx, plan);
      expect(stopped).toMatchObject({ refusal: { code: 'linkage_suspended', clause: 'RKN-S4c' } });
      expect(await standing(tx, 1)).toEqual(before);
      await tx.query(`update link_state set state = 'active'`);
      expect(codeOf(await fixOne(tx, plan))).toBe('already_fixed');
    });
  });

  test('a transfer twice in one batch is a bug of the caller and fixes nothing', async () => {
    const work = database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await arrangeHouse(tx);
      await arrange(tx, PLAIN, placeOf(0));
      const plan = planOf(PLAIN, placeOf(0));
      await fixTransfers(statementsOf(tx), 1, [plan, plan]);
    });
    await expect(work).rejects.toThrow('posting_pkey');
  });

  test('no plans, no answers', async () => {
    await undone(async (tx) => expect(await fixTransfers(statementsOf(tx), 1, [])).toEqual([]));
  });

  test.each([
    [true, 'fixed'],
    [false, 'insufficient_funds'],
  ])('SM-3.4-1-2a overdraft usable by transfers: %s → %s', async (usable, expected) => {
    await undone(async (tx) => {
      const one = { ...PLAIN, balance: 109n as const };
      const place = placeOf(0);
      await arrange(tx, one, place);
      await tx.query('update account set overdraft = 1000 where id = $1', [place.debitAccount]);
      const facts = factsOf(one);
      const debit = facts.debit && {
        ...facts.debit,
        overdraft: { usable, lendingLimit: 0n },
        processing: {
          ...facts.debit.processing,
          funds: { balance: 109n, holds: 0n, overdraftLimit: 1000n },
        },
      };
      const decided = decideConfirmation({ ...facts, debit });
      const fixed = await fixOne(tx, { ...planOf(one, place), overdraftUsable: usable });
      expect(decided.ok ? 'fixed' : decided.refusal.code).toBe(expected);
      expect(codeOf(fixed)).toBe(expected);
      await expectAllOrNothing(tx, [one], [fixed]);
    });
  });

  test("T-20 the caller's temporary tables stand in for nothing that fix_transfers reads", async () => {
    await undone(async (tx) => {
      await arrange(tx, { ...PLAIN, link: 'suspended' }, placeOf(0));
      await tx.query('create temp table link_state (like public.link_state)');
      await tx.query('create temp table account (like public.account)');
      const fixed = await fixOne(tx, planOf(PLAIN, placeOf(0)));
      expect(codeOf(fixed)).toBe('linkage_suspended');
    });
  });
});

function expectAsDecided(one: cases.FixCase, fixed: Fixed | undefined): void {
  const decided = decideConfirmation(factsOf(one));
  const answer = codeOf(fixed);
  expect({ one, answer }).toEqual({ one, answer: decided.ok ? 'fixed' : decided.refusal.code });
  if (fixed?.ok === false && !decided.ok && answer === 'limit_exceeded') {
    expect(fixed.refusal.facts).toEqual(decided.refusal.facts);
  }
}

/** What stands in the database of the first `count` places. */
const standing = (tx: Transaction, count: number) =>
  tx.query<Record<string, unknown>>(
    `select (select count(*)::int from posting p where p.key = ledger_key(t.id) and p.status = 'posted') as postings,
       array(select p.status::text from posting p where p.key = ledger_key(t.id) and p.status <> 'posted') as refused,
       (select count(*)::int from clearing_outbox o where o.transfer_id = t.id) as queued,
       (select sum(u.requested + u.designated)::int from limit_use u where u.subject = t.holder_id) as used,
       (select a.balance::int from account a join service_account s on s.account_id = a.id
        where s.holder_id = t.holder_id) as balance,
       (select count(*)::int from record r where r.transfer_id = t.id) as records,
       t.status, t.status_reason as reason
     from transfer t where t.id = any($1) order by t.id`,
    [Array.from({ length: count }, (_, n) => placeOf(n).transferId)],
  );

/** Everything of a 確定 stands in the database, or nothing of it. */
async function expectAllOrNothing(
  tx: Transaction,
  asked: readonly cases.FixCase[],
  fixed: readonly Fixed[],
): Promise<void> {
  const found = await standing(tx, asked.length);
  for (const [n, one] of asked.entries()) {
    const answer = codeOf(fixed[n]) ?? 'none';
    const isFixed = answer === 'fixed';
    const before = Number(one.used[0] + one.used[1]);
    const elsewhere = one.payee === 'elsewhere';
    const wasTouched = answer !== 'state_conflict';
    const ended: TransferStatus = answer === 'transfer_expired' ? 'EXPD' : 'RJCT';
    const reason = answer === 'transfer_expired' ? 'not_confirmed_in_time' : answer;
    expect({ one, ...found[n] }).toEqual({
      one,
      postings: isFixed ? 2 : 0,
      refused: isFixed || NOT_IN_THE_LEDGER.has(answer) ? [] : [answer],
      queued: isFixed && elsewhere ? 1 : 0,
      used: before + (isFixed ? 2 * Number(AMOUNT) : 0),
      balance: Number(one.balance) - (isFixed ? Number(AMOUNT + cases.FEE) : 0),
      records: wasTouched ? 1 : 0,
      status: isFixed ? (elsewhere ? 'ACSP' : 'ACSC') : wasTouched ? ended : one.status,
      reason: isFixed || !wasTouched ? null : reason,
    });
  }
}
