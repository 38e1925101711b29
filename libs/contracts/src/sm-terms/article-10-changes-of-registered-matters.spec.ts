import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { demand } from '../demand.js';
import type { RegisteredMatter } from '../facts/index.js';
import { article10 } from './article-10-changes-of-registered-matters.js';

const changeMatrix = {
  name: 'branch',
  address: 'branch',
  seal: 'branch',
  other: 'terminal',
} as const;
const received = CivilDate.from('2026-11-22').at('10:00');

describe('SM-10 changes of registered matters', () => {
  const place = (registeredMatter: RegisteredMatter) =>
    article10.clause('SM-10.1').apply({ registeredMatter, receivedAt: received }, { changeMatrix });
  test('SM-10.1/a name, address and seal go to the branch, other matters where laid down', () => {
    const matters = ['name', 'address', 'seal', 'secret_word', 'other', 'password'] as const;
    expect(matters.map((matter) => place(matter).place)).toEqual([
      'branch',
      'branch',
      'branch',
      'branch',
      'terminal',
      'terminal',
    ]);
  });
  test('SM-10.1/b the time of receipt is kept: loss before it is not answered for', () => {
    expect(place('address').noLiabilityForLossBefore).toBe(received);
  });

  test('SM-10.2/a a letter to an unnotified address is deemed to arrive, and flags SM-11.4-2', () => {
    const send = (failure: 'address_change_not_notified' | 'institution_sending_failure') =>
      article10
        .clause('SM-10.2')
        .apply(
          { notice: { channel: 'post', sentAt: received, failure } },
          { mailMinutes: 60, postDays: 3 },
        );
    expect(send('address_change_not_notified')).toEqual({
      arrival: { how: 'deemed', at: CivilDate.from('2026-11-25').startsAt() },
      mayMeanWhereaboutsUnknown: true,
    });
    expect(send('institution_sending_failure')).toEqual({
      arrival: { how: 'none' },
      mayMeanWhereaboutsUnknown: false,
    });
  });

  const cap = { withOtp: 5_000_000n, withoutOtp: 500_000n };
  const limit = (
    to: bigint,
    more: { from?: bigint; otpActive?: boolean } = {},
    raise: 'at_once' | 'next_midnight' = 'next_midnight',
  ) =>
    article10.clause('SM-10.3a').apply(
      {
        registeredMatter: 'transfer_limit',
        limitChange: {
          from: 1_000_000n,
          to,
          applicationAmount: 2_000_000n,
          otpActive: true,
          receivedAt: received,
          ...more,
        },
      },
      { cap, raiseEffective: raise },
    );
  test('SM-10.3a/a lowering holds at once', () => {
    expect(limit(0n)).toEqual({ answer: 'allowed', limit: 0n, effectiveAt: received });
  });
  test('SM-10.3a/b back up to the form amount, from the next midnight or at once', () => {
    const midnight = CivilDate.from('2026-11-23').startsAt();
    expect(limit(2_000_000n)).toMatchObject({ answer: 'allowed', effectiveAt: midnight });
    expect(limit(2_000_000n, {}, 'at_once')).toMatchObject({ effectiveAt: received });
    expect(limit(1_000_000n)).toMatchObject({ effectiveAt: received });
  });
  test('SM-10.3a/c a yen above the form amount needs the branch', () => {
    expect(limit(2_000_001n)).toEqual({ answer: 'branch_required' });
  });
  test('SM-10.3a/d a cap below the form amount rules, and it may depend on the one-time password', () => {
    expect(limit(500_001n, { otpActive: false })).toEqual({ answer: 'above_cap' });
    expect(limit(500_000n, { otpActive: false })).toMatchObject({ answer: 'allowed' });
  });
  test('SM-10.3a/e pending transfers are left alone', () => {
    expect(article10.clause('SM-10.3a').refers).toContain('SM-5.3-5');
  });
  test('SM-10.3a exactly five matters change at the terminal; a negative limit is malformed', () => {
    const all: RegisteredMatter[] = [
      'login_id',
      'password',
      'contact_phone',
      'mail_address',
      'transfer_limit',
      'secret_word',
      'name',
      'address',
      'seal',
      'other',
    ];
    const answers = all.map(
      (registeredMatter) =>
        article10
          .clause('SM-10.3a')
          .apply({ registeredMatter, limitChange: undefined }, { cap, raiseEffective: 'at_once' })
          .answer,
    );
    expect(answers.filter((answer) => answer !== 'not_at_terminal')).toHaveLength(5);
    expect(answers[4]).toBe('limit_malformed');
    expect(limit(-1n)).toEqual({ answer: 'limit_malformed' });
  });

  test('SM-10.3b/a a mismatch changes nothing', () => {
    const change = (factorsMatched: 'confirmation_password'[]) =>
      article10
        .clause('SM-10.3b')
        .apply({ factorsRequired: ['confirmation_password'], factorsMatched });
    expect([change([]), change(['confirmation_password'])]).toEqual([false, true]);
    const asked = article10.clause('SM-10.3b').apply({ factorsRequired: [], factorsMatched: [] });
    expect(asked).toBe(false);
  });

  test('SM-10.3c/a the secret word cannot be changed at the terminal while it is set', () => {
    const state = (secretWordState: 'set' | 'initialised') =>
      article10.clause('SM-10.3c').apply({ secretWordState });
    expect(state('set')).toEqual({ online: 'branch_required', mustRegisterFirst: false });
  });
  test('SM-10.3c/b once initialised, it must be registered before anything else', () => {
    const answer = article10.clause('SM-10.3c').apply({ secretWordState: 'initialised' });
    expect(answer).toEqual({ online: 'allowed', mustRegisterFirst: true });
  });

  const raise = { newLimit: 1n, formReference: 'F-1', sealCheckedBy: 'Ito', enteredBy: 'Sato' };
  test('SM-10.3d a raise needs form, seal check and two people', () => {
    const clause = article10.clause('SM-10.3d');
    expect(demand(clause, raise)).toMatchObject({
      refusal: { facts: { missing: ['secondApprover'] } },
    });
    expect(demand(clause, { ...raise, secondApprover: 'Sato' })).toMatchObject({
      refusal: { code: 'second_person_required' },
    });
    expect(demand(clause, { ...raise, secondApprover: 'Ito' }).ok).toBe(true);
  });
  test('SM-10.3d/b within a raised form amount the holder moves freely', () => {
    expect(limit(2_000_001n)).toEqual({ answer: 'branch_required' });
    const raised = article10.clause('SM-10.3a').apply(
      {
        registeredMatter: 'transfer_limit',
        limitChange: {
          from: 1n,
          to: 2_000_001n,
          applicationAmount: 3_000_000n,
          otpActive: true,
          receivedAt: received,
        },
      },
      { cap, raiseEffective: 'at_once' },
    );
    expect(raised).toMatchObject({ answer: 'allowed', limit: 2_000_001n });
  });
});
