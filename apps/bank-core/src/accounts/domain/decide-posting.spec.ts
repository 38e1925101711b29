import { describe, expect, test } from '@jest/globals';
import { decidePosting, type LineToDecide, type LoadedAccount } from './decide-posting.js';

const open: LoadedAccount = {
  balance: 100n,
  held: 0n,
  overdraft: 0n,
  version: 7n,
  closed: false,
  debitStopped: false,
  creditStopped: false,
};
const line = (amountYen: bigint, debitAccount = 1n, creditAccount = 2n): LineToDecide => ({
  debitAccount,
  creditAccount,
  amountYen,
});
const code = (
  debit: Partial<LoadedAccount> | undefined,
  credit: Partial<LoadedAccount> | undefined,
  amount: bigint,
) => {
  const accounts = new Map<bigint, LoadedAccount>();
  if (debit) accounts.set(1n, { ...open, ...debit });
  if (credit) accounts.set(2n, { ...open, ...credit });
  const result = decidePosting(accounts, [line(amount)]);
  return result.ok ? 'posted' : result.refusal.code;
};
const wrong = { closed: true, debitStopped: true, creditStopped: true };

describe('SM-3.4-1 the ledger posts or says why not, the first reason winning', () => {
  test.each([
    // debit account                       credit account            amount  answer
    [undefined, undefined, 101n, 'debit_account_unknown'],
    [wrong, undefined, 101n, 'account_closed'],
    [{ debitStopped: true }, undefined, 101n, 'payment_stopped'],
    [{}, undefined, 101n, 'payee_account_unknown'],
    [{}, { closed: true }, 101n, 'payee_account_closed'],
    [{}, { creditStopped: true }, 101n, 'payee_account_closed'],
    [{}, {}, 101n, 'insufficient_funds'],
    [{}, {}, 100n, 'posted'],
    [{ held: 1n }, {}, 100n, 'insufficient_funds'],
    [{ held: 1n }, {}, 99n, 'posted'],
    [{ overdraft: 50n }, {}, 151n, 'insufficient_funds'],
    [{ overdraft: 50n }, {}, 150n, 'posted'],
    [{ creditStopped: true }, { debitStopped: true }, 100n, 'posted'],
  ] as const)('%j → %j, %s: %s', (debit, credit, amount, expected) => {
    expect(code(debit, credit, amount)).toBe(expected);
  });

  test('SM-3.4-1-2a/c amount and fee are one: the fee alone tips it over, and nothing is posted', () => {
    const accounts = new Map([
      [1n, open],
      [2n, open],
      [3n, open],
    ]);
    expect(decidePosting(accounts, [line(99n), line(2n, 1n, 3n)])).toMatchObject({
      refusal: { code: 'insufficient_funds' },
    });
    expect(decidePosting(accounts, [line(99n), line(1n, 1n, 3n)])).toMatchObject({
      ok: true,
      value: [
        { debitSeq: 8n, debitBalance: 1n, creditSeq: 8n, creditBalance: 199n },
        { debitSeq: 9n, debitBalance: 0n, creditSeq: 8n, creditBalance: 101n },
      ],
    });
  });

  test('what a line credits, a later line of the same group may use', () => {
    const accounts = new Map([
      [1n, open],
      [2n, { ...open, balance: 0n }],
      [3n, open],
    ]);
    expect(decidePosting(accounts, [line(60n), line(60n, 2n, 3n)])).toMatchObject({ ok: true });
  });
});
