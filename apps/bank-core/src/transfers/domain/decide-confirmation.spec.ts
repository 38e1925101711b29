import { describe, expect, test } from '@jest/globals';
import { accepted, CivilDate, refused } from '#libs/kernel';
import { decideConfirmation, type ConfirmationFacts } from './decide-confirmation.js';

const good: ConfirmationFacts = {
  status: 'ACTC',
  isExpired: false,
  access: accepted(undefined),
  day: accepted(CivilDate.from('2026-11-22')),
  holderIsActive: true,
  debit: {
    mayDebit: true,
    overdraft: { usable: true, lendingLimit: 0n },
    processing: {
      transferKind: 'furikomi',
      transferAmount: 100n,
      feeYen: 10n,
      debitClosed: false,
      paymentStops: [],
      serviceStopped: false,
      funds: { balance: 110n, holds: 0n, overdraftLimit: 0n },
    },
  },
  limit: accepted(undefined),
  payee: 'open',
};
type Debit = NonNullable<ConfirmationFacts['debit']>;
const debit = good.debit as Debit;
const processing = (change: Partial<Debit['processing']>): Partial<ConfirmationFacts> => ({
  debit: { ...debit, processing: { ...debit.processing, ...change } },
});
const funds = (balance: bigint, holds = 0n, overdraftLimit = 0n) =>
  processing({ funds: { balance, holds, overdraftLimit } });

/** Each fault in the order of the decision; every row also carries all the faults below it. */
const FAULTS: readonly (readonly [string, Partial<ConfirmationFacts>])[] = [
  ['state_conflict', { status: 'RJCT' }],
  ['transfer_expired', { isExpired: true }],
  ['linkage_suspended', { access: refused('linkage_suspended') }],
  ['outside_service_hours', { day: refused('outside_service_hours') }],
  ['holder_unavailable', { holderIsActive: false }],
  ['debit_not_registered', { debit: undefined }],
  ['same_account', { payee: 'same_account' }],
  ['limit_exceeded', { limit: refused('limit_exceeded') }],
  ['account_closed', processing({ debitClosed: true })],
  ['payment_stopped', processing({ paymentStops: [{ kind: 'attachment' }] })],
  ['service_stopped', processing({ serviceStopped: true })],
  ['payee_account_unknown', { payee: 'unknown' }],
  ['payee_account_closed', { payee: 'closed' }],
  ['insufficient_funds', funds(109n)],
];
const codeOf = (facts: ConfirmationFacts) => {
  const decision = decideConfirmation(facts);
  return decision.ok ? 'accepted' : decision.refusal.code;
};

describe('SM-3.4-1 a draft is fixed or refused, the first refusal winning', () => {
  test.each(FAULTS.map(([code], index) => [code, index] as const))('%s', (code, index) => {
    const alone = { ...good, ...FAULTS[index]?.[1] };
    expect(codeOf(alone)).toBe(code);
  });

  test('each refusal comes before every one that stands below it', () => {
    for (const [index, [code, fault]] of FAULTS.entries()) {
      for (const [, later] of FAULTS.slice(index + 1)) {
        // Two faults of one fact cannot meet: the debit account is either known or not.
        if (Object.keys(later).some((key) => key in fault)) continue;
        expect(codeOf({ ...good, ...later, ...fault })).toBe(code);
      }
    }
  });

  test.each([
    // balance  held  overdraft
    ['a) exactly enough', 110n, 0n, 0n, 'accepted'],
    ['b) one yen short', 109n, 0n, 0n, 'insufficient_funds'],
    ['c) the fee alone tips it over', 100n, 0n, 0n, 'insufficient_funds'],
    ['d) the overdraft covers it', 60n, 0n, 50n, 'accepted'],
    ['what is held does not count', 120n, 11n, 0n, 'insufficient_funds'],
  ])('SM-3.4-1-2a/%s', (_, balance, held, overdraft, expected) => {
    expect(codeOf({ ...good, ...funds(balance, held, overdraft) })).toBe(expected);
  });

  test('a draft that was only received can be offered as well', () => {
    expect(codeOf({ ...good, status: 'RCVD' })).toBe('accepted');
    for (const status of ['SCHD', 'RSVD', 'ACSP', 'ACSC', 'PDNG', 'CANC'] as const) {
      expect(codeOf({ ...good, status })).toBe('state_conflict');
    }
  });

  test('SM-R3.2 too late is too late, whether the sweeper or the holder came first', () => {
    expect(codeOf({ ...good, status: 'EXPD' })).toBe('transfer_expired');
    expect(codeOf({ ...good, status: 'EXPD', isExpired: true })).toBe('transfer_expired');
  });

  test('at another institution the payee is that institution’s business', () => {
    expect(codeOf({ ...good, payee: 'elsewhere' })).toBe('accepted');
  });
});
