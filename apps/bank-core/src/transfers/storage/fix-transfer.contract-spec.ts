import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { withinDailyLimit, type TransferStatus } from '#libs/contracts';
import { CivilDate, refused } from '#libs/kernel';
import { Database, enterInstitution, type Transaction } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { decideConfirmation, type ConfirmationFacts } from '../domain/decide-confirmation.js';
import { fixTransfer } from './fix-transfer.store.pg.js';

const AXES = {
  status: ['ACTC', 'CANC'],
  expired: [false, true],
  link: [undefined, 'restricted', 'suspended', 'terminated'],
  holder: ['active', 'locked'],
  mayDebit: [true, false],
  used: [
    [0n, 0n],
    [901n, 0n],
    [0n, 901n],
    [901n, 901n],
  ],
  debit: ['open', 'closed', 'stopped'],
  payee: ['open', 'closed', 'unknown', 'elsewhere'],
  balance: [110n, 109n],
} as const;
const [AMOUNT, FEE, LIMIT] = [100n, 10n, 1_000n];

type Case = { readonly [K in keyof typeof AXES]: (typeof AXES)[K][number] };

/** Every combination of the axes, in order. */
function everyCase(): Case[] {
  let cases: Record<string, unknown>[] = [{}];
  for (const [axis, values] of Object.entries(AXES)) {
    cases = cases.flatMap((one) => values.map((value) => ({ ...one, [axis]: value })));
  }
  return cases as Case[];
}

const faultsOf = (one: Case): number =>
  Object.entries(AXES).filter(([axis, [best]]) => one[axis as keyof Case] !== best).length;

/**
 * All with at most two faults, so that each pair in the order meets, and every 31st of the rest; all of them
 * when EVERY_CASE is set (about 40 s).
 */
const CASES = everyCase().filter(
  (one, index) => process.env['EVERY_CASE'] || faultsOf(one) <= 2 || index % 31 === 0,
);

const TRANSFER = 'trf_01j00000000000000000000000';
const HOLDER = 'hld_1';
const EPSP = 'epsp_01j0000000000000000000mnat';
const today = CivilDate.from('2026-11-22');
const NOW = today.at('12:00');
const PAYEE_ID = { open: 102n, closed: 102n, unknown: 0n, elsewhere: null } as const;

describe('one table of cases through decideConfirmation and through fix_transfer', () => {
  let databases: TestDatabases;
  let database: Database;

  beforeAll(async () => {
    databases = await startDatabases();
    const { ownerUrl: url } = databases.bank;
    database = new Database({ url, connectionsMax: 4, applicationName: 'spec' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank');
      insert into federation.intermediary values ('${EPSP}', 'a', 'a', 'a', 'r', 'c', 'c', 'active')`);
    await owner.end();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await databases.stop();
  }, 60_000);

  test(`0 differences over ${CASES.length} of ${everyCase().length} combinations`, async () => {
    class Undo extends Error {}
    const seen = new Set<string>();
    for (const one of CASES) {
      await database
        .transaction(async (tx) => {
          await enterInstitution(tx, 1);
          await arrange(tx, one);
          const decided = decideConfirmation(factsOf(one));
          const fixed = await fixTransfer(tx, planOf(one));
          const expected = decided.ok ? 'fixed' : decided.refusal.code;
          const answer = fixed.ok ? fixed.value : fixed.refusal.code;
          expect({ one, answer }).toEqual({ one, answer: expected });
          if (!fixed.ok && !decided.ok && answer === 'limit_exceeded') {
            expect(fixed.refusal.facts).toEqual(decided.refusal.facts);
          }
          await expectAllOrNothing(tx, one, answer);
          seen.add(answer);
          throw new Undo();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Undo)) throw error;
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
      'state_conflict',
      'transfer_expired',
    ]);
  }, 120_000);

  test.each([
    [true, 'fixed'],
    [false, 'insufficient_funds'],
  ])('SM-3.4-1-2a overdraft usable by transfers: %s → %s', async (usable, expected) => {
    const one = { ...(CASES[0] as Case), balance: 109n as const };
    class Undo extends Error {}
    const work = database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await arrange(tx, one);
      await tx.query('update account set overdraft = 1000 where institution_id = 1 and id = 101');
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
      const fixed = await fixTransfer(tx, { ...planOf(one), overdraftUsable: usable });
      expect(decided.ok ? 'fixed' : decided.refusal.code).toBe(expected);
      expect(fixed.ok ? fixed.value : fixed.refusal.code).toBe(expected);
      await expectAllOrNothing(tx, one, expected);
      throw new Undo();
    });
    await expect(work).rejects.toThrow(Undo);
  });

  test("T-20 the caller's temporary tables stand in for nothing that fix_transfer reads", async () => {
    class Undo extends Error {}
    const work = database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await arrange(tx, { ...(CASES[0] as Case), link: 'suspended' });
      await tx.query('create temp table link_state (like public.link_state)');
      await tx.query('create temp table account (like public.account)');
      const fixed = await fixTransfer(tx, planOf(CASES[0] as Case));
      expect(fixed.ok ? fixed.value : fixed.refusal.code).toBe('linkage_suspended');
      throw new Undo();
    });
    await expect(work).rejects.toThrow(Undo);
  });

  /** What stands in the database after the call: everything of a 確定, or nothing of it. */
  async function expectAllOrNothing(tx: Transaction, one: Case, answer: string): Promise<void> {
    const [found] = await tx.query<Record<string, unknown>>(
      `select (select count(*)::int from posting) as postings, (select count(*)::int from clearing_outbox) as queued,
         (select sum(sum)::int from limit_use) as used, (select count(*)::int from record) as records,
         (select status from transfer) as status, (select status_reason from transfer) as reason`,
    );
    const isFixed = answer === 'fixed';
    const before = Number(one.used[0] + one.used[1]);
    const elsewhere = one.payee === 'elsewhere';
    const wasTouched = answer !== 'state_conflict';
    const ended: TransferStatus = answer === 'transfer_expired' ? 'EXPD' : 'RJCT';
    const reason = answer === 'transfer_expired' ? 'not_confirmed_in_time' : answer;
    expect({ one, ...found }).toEqual({
      one,
      postings: isFixed ? 2 : 0,
      queued: isFixed && elsewhere ? 1 : 0,
      used: before + (isFixed ? 2 * Number(AMOUNT) : 0),
      records: wasTouched ? 1 : 0,
      status: isFixed ? (elsewhere ? 'ACSP' : 'ACSC') : wasTouched ? ended : one.status,
      reason: isFixed || !wasTouched ? null : reason,
    });
  }
});

async function arrange(tx: Transaction, one: Case): Promise<void> {
  const expires = one.expired ? NOW : NOW + 1;
  await tx.query(
    `insert into holder values (1, $1, 'individual', 'k', 'k', 'm', 'l', $2, '2020-01-01', 1000, 1000)`,
    [HOLDER, one.holder],
  );
  const account = `insert into account (institution_id, id, balance, overdraft, closed, debit_stopped)`;
  await tx.query(
    `${account} values (1, 1, 0, 1000000, false, false), (1, 2, 0, 0, false, false),
       (1, 101, $1, 0, $2, $3), (1, 102, 0, 0, $4, false)`,
    [one.balance, one.debit === 'closed', one.debit === 'stopped', one.payee === 'closed'],
  );
  await tx.query(`insert into system_account values (1, 'clearing', 1), (1, 'fee_income', 2)`);
  await tx.query(`insert into service_account values (1, $1, 101, true, $2)`, [
    HOLDER,
    one.mayDebit,
  ]);
  await tx.query(
    `insert into limit_use values (1, $1, 'request_date', $2, $3), (1, $1, 'designated_date', $2, $4)`,
    [HOLDER, today.toString(), ...one.used],
  );
  await tx.query(
    `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
       creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, status, received_at,
       expires_at, changed_at, holder_id)
     values (1, $1, 'c', $2, 'none', 'i', 'h', '2963', '001', '1', '1234567', 'ｱ', $3, $4, now(),
       to_timestamp($5::float8 / 1000), now(), $6)`,
    [TRANSFER, EPSP, AMOUNT, one.status, expires, HOLDER],
  );
  if (one.link) {
    await tx.query(
      `insert into link_state
       values (1, $1, '*', 'transfer_initiation', $2, 'RKN-S4c', 'b', 'm', now() - interval '1 s')`,
      [EPSP, one.link],
    );
  }
}

function factsOf(one: Case): ConfirmationFacts {
  return {
    status: one.status,
    isExpired: one.expired,
    access: one.link ? refused(`linkage_${one.link}`) : { ok: true, value: undefined },
    holderIsActive: one.holder === 'active',
    day: { ok: true, value: today },
    debit: {
      mayDebit: one.mayDebit,
      overdraft: { usable: true, lendingLimit: 0n },
      processing: {
        transferKind: 'furikomi',
        transferAmount: AMOUNT,
        feeYen: FEE,
        debitClosed: one.debit === 'closed',
        paymentStops: one.debit === 'stopped' ? [{ kind: 'payment_stop' }] : [],
        serviceStopped: false,
        funds: { balance: one.balance, holds: 0n, overdraftLimit: 0n },
      },
    },
    limit: withinDailyLimit(
      {
        effectiveLimit: LIMIT,
        limitUse: { requestDate: one.used[0], designatedDate: one.used[1] },
        transferAmount: AMOUNT,
        feeYen: FEE,
      },
      false,
    ),
    payee: one.payee,
  };
}

const planOf = (one: Case) => ({
  institutionId: 1,
  transferId: TRANSFER,
  holderId: HOLDER,
  debitAccount: 101n,
  creditAccount: PAYEE_ID[one.payee],
  receivedAt: NOW,
  requestedOn: today,
  designatedOn: today,
  kind: 'furikomi' as const,
  feeYen: FEE,
  limitSubject: HOLDER,
  limitYen: LIMIT,
  chargeYen: AMOUNT,
  contentHash: 'h',
  shown: {},
  factors: ['confirmation_password', 'otp'],
  interactionId: 'x',
  debitText: 'd',
  creditText: 'c',
  payerName: 'ｱ',
  overdraftUsable: true,
});
