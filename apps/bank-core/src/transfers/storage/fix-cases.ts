import { withinDailyLimit, type TransferStatus } from '#libs/contracts';
import { CivilDate, hashOf, refused, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ConfirmationFacts } from '../domain/decide-confirmation.js';
import type { FixPlan } from './fix-transfers.store.pg.js';

/** Whatever can stand between a draft and its 確定; the first value of each axis is the one without a fault. */
export const AXES = {
  status: ['ACTC', 'CANC'],
  expired: [false, true],
  link: ['active', 'restricted', 'suspended', 'terminated'],
  holder: ['active', 'locked'],
  mayDebit: [true, false],
  used: [
    [0n, 0n],
    [901n, 0n],
    [0n, 901n],
    [901n, 901n],
  ],
  debit: ['open', 'closed', 'stopped'],
  payee: ['open', 'closed', 'unknown', 'elsewhere', 'same'],
  balance: [110n, 109n],
} as const;

export type FixCase = { readonly [K in keyof typeof AXES]: (typeof AXES)[K][number] };

export const [AMOUNT, FEE, LIMIT] = [100n, 10n, 1_000n];
const today = CivilDate.from('2026-11-22');
const NOW: Instant = today.at('12:00');

/** Every combination of the axes, in order. */
export function everyCase(): FixCase[] {
  let cases: Record<string, unknown>[] = [{}];
  for (const [axis, values] of Object.entries(AXES)) {
    cases = cases.flatMap((one) => values.map((value) => ({ ...one, [axis]: value })));
  }
  return cases as FixCase[];
}

const faultsOf = (one: FixCase): number =>
  Object.entries(AXES).filter(([axis, [best]]) => one[axis as keyof FixCase] !== best).length;

/** All with at most two faults, so that each pair in the order meets, and every so many of the rest one. */
export const someCases = (every: number): FixCase[] =>
  everyCase().filter((one, index) => faultsOf(one) <= 2 || index % every === 0);

/** The rows of one case: apart from those of every other, so that many stand side by side in one batch. */
export interface Place {
  readonly transferId: string;
  readonly holderId: string;
  readonly debitAccount: bigint;
  readonly payeeAccount: bigint;
}

export const placeOf = (n: number): Place => ({
  transferId: `trf_01j${String(n).padStart(23, '0')}`,
  holderId: `hld_${n}`,
  debitAccount: 1_001n + 2n * BigInt(n),
  payeeAccount: 1_002n + 2n * BigInt(n),
});

/** One intermediary for each state of a link. */
export const epspOf = (link: FixCase['link']): string =>
  `epsp_01j0000000000000000000${link.slice(0, 4)}`;

/** The institution's own accounts, and the stopped links. */
export async function arrangeHouse(tx: Transaction): Promise<void> {
  await tx.query(
    `insert into account (institution_id, id, overdraft) values (1, 1, 1000000), (1, 2, 0)`,
  );
  await tx.query(`insert into system_account values (1, 'clearing', 1), (1, 'fee_income', 2)`);
  for (const link of AXES.link) {
    await tx.query(
      `insert into link_state
       values (1, $1, '*', 'transfer_initiation', $2, 'RKN-S4c', 'b', 'm', now() - interval '1 s')`,
      [epspOf(link), link],
    );
  }
}

/** Writes what the case says into the rows of its place. */
export async function arrange(tx: Transaction, one: FixCase, at: Place): Promise<void> {
  await tx.query(
    `insert into holder values (1, $1, 'individual', 'k', 'k', 'm', $1, $2, '2020-01-01', 1000, 1000)`,
    [at.holderId, one.holder],
  );
  await tx.query(
    `insert into account (institution_id, id, balance, closed, debit_stops)
     values (1, $1, $2, $3, $4), (1, $5, 0, $6, 0)`,
    [
      at.debitAccount,
      one.balance,
      one.debit === 'closed',
      one.debit === 'stopped' ? 1 : 0,
      at.payeeAccount,
      one.payee === 'closed',
    ],
  );
  await tx.query(`insert into service_account values (1, $1, $2, true, $3)`, [
    at.holderId,
    at.debitAccount,
    one.mayDebit,
  ]);
  await tx.query(`insert into limit_use values (1, $1, $2, $3, $4)`, [
    at.holderId,
    today.toString(),
    ...one.used,
  ]);
  await tx.query(
    `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
       creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, status, received_at,
       expires_at, changed_at, holder_id)
     values (1, $1, 'c', $2, 'none', $1, 'h', '2963', '001', '1', '1234567', 'ｱ', $3, $4, now(),
       to_timestamp($5::float8 / 1000), now(), $6)`,
    [at.transferId, epspOf(one.link), AMOUNT, one.status, one.expired ? NOW : NOW + 1, at.holderId],
  );
}

/** The case as `decideConfirmation` is told it. */
export function factsOf(one: FixCase): ConfirmationFacts {
  return {
    status: one.status satisfies TransferStatus,
    isExpired: one.expired,
    access: one.link === 'active' ? { ok: true, value: undefined } : refused(`linkage_${one.link}`),
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
    payee: one.payee === 'same' ? 'same_account' : one.payee,
  };
}

/** The case as `fix_transfers` is told it. */
export function planOf(one: FixCase, at: Place): FixPlan {
  const payees = {
    open: at.payeeAccount,
    closed: at.payeeAccount,
    unknown: 0n,
    elsewhere: null,
    same: at.debitAccount,
  };
  return {
    institutionId: 1,
    transferId: at.transferId,
    holderId: at.holderId,
    debitAccount: at.debitAccount,
    creditAccount: payees[one.payee],
    receivedAt: NOW,
    requestedOn: today,
    designatedOn: today,
    kind: 'furikomi',
    feeYen: FEE,
    limitSubject: at.holderId,
    limitYen: LIMIT,
    chargeYen: AMOUNT,
    contentHash: hashOf(at.transferId),
    shown: {},
    factors: ['confirmation_password', 'otp'],
    interactionId: 'x',
    debitText: 'd',
    creditText: 'c',
    payerName: 'ｱ',
    overdraftUsable: true,
  };
}
