import type { CivilDate } from '#libs/kernel';
import type { Database } from '#libs/platform';
import type { LedgerOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';

/** One institution of the bank test: few accounts, so that everybody meets everybody. */
export interface Books {
  readonly institutionId: number;
  /** Twenty accounts of 1,000 yen. */
  readonly people: readonly bigint[];
  /** Empty at first; they may be closed, and stay closed. */
  readonly shelf: readonly bigint[];
  /** The account that every fourth order touches. */
  readonly hot: bigint;
  readonly clearing: bigint;
  readonly feeIncome: bigint;
  readonly opening: bigint;
  /** Nobody has these numbers, except another institution. */
  readonly strangers: readonly bigint[];
}

/** What an account starts with, before the first posting. */
export interface OpenedAccount {
  readonly id: bigint;
  readonly overdraftYen: bigint;
}

const PEOPLE = 20;
const SHELF = 8;
const OPENING_YEN = 1_000n;
const HOT_YEN = 5_000n;
const SYSTEM_OVERDRAFT_YEN = 1_000_000_000_000n;
/** 総合口座: every fifth account may go so far below zero. */
const OVERDRAFT_YEN = 200n;

const numbers = (first: number, count: number): bigint[] =>
  Array.from({ length: count }, (_, index) => BigInt(first + index));

export function booksOf(institutionId: number): Books {
  const first = institutionId * 1_000;
  return {
    institutionId,
    people: numbers(first + 1, PEOPLE),
    shelf: numbers(first + 31, SHELF),
    hot: BigInt(first + 51),
    clearing: BigInt(first + 52),
    feeIncome: BigInt(first + 53),
    opening: BigInt(first + 54),
    strangers: [BigInt(first + 99), BigInt((institutionId + 1) * 1_000 + 1), -1n],
  };
}

export function accountsOf(books: Books): OpenedAccount[] {
  const system = [books.clearing, books.feeIncome, books.opening];
  return [
    ...books.people.map((id, index) => ({
      id,
      overdraftYen: index % 5 === 0 ? OVERDRAFT_YEN : 0n,
    })),
    ...[...books.shelf, books.hot].map((id) => ({ id, overdraftYen: 0n })),
    ...system.map((id) => ({ id, overdraftYen: SYSTEM_OVERDRAFT_YEN })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The accounts' rows, by the superuser; the money comes by postings like all other. */
export async function openAccounts(admin: Database, books: Books): Promise<void> {
  await admin.transaction(async (tx) => {
    await tx.query(`insert into institution (id, kind) values ($1, 'labour_bank')`, [
      books.institutionId,
    ]);
    for (const { id, overdraftYen } of accountsOf(books)) {
      await tx.query('insert into account (institution_id, id, overdraft) values ($1, $2, $3)', [
        books.institutionId,
        id,
        overdraftYen,
      ]);
    }
  });
}

/** The opening money: one order per account, so that from the first second the history is the balance. */
export function openingOrders(books: Books, bookedOn: CivilDate): LedgerOrder[] {
  return [...books.people, books.hot].map((creditAccount) => ({
    act: 'post',
    key: `bank-test/opening/${creditAccount}`,
    bookedOn,
    mayUseOverdraft: true,
    lines: [
      {
        operation: 'cash',
        debitAccount: books.opening,
        creditAccount,
        amountYen: creditAccount === books.hot ? HOT_YEN : OPENING_YEN,
        valueOn: bookedOn,
        debitText: '現金',
        creditText: '現金',
      },
    ],
  }));
}
