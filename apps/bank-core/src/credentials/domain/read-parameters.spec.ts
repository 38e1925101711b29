import { describe, expect, test } from '@jest/globals';
import { smSampleValues } from '#libs/contracts';
import {
  allOf,
  CONFIRMATION_PARAMETERS,
  confirmationRules,
  factorsFor,
  isComplete,
  lockThreshold,
} from './read-parameters.js';

const values = (more: Record<string, unknown> = {}) =>
  new Map<string, unknown>([
    ...CONFIRMATION_PARAMETERS.map((id) => [id, smSampleValues[id]] as const),
    ...Object.entries(more),
  ]);
const matrix = smSampleValues['P.sm.factors.matrix'] as { base: object };

describe('what a confirmation through an intermediary needs (INT-30)', () => {
  const rules = confirmationRules(values());
  const both = confirmationRules(
    values({ 'P.sm.factors.matrix': { ...matrix, throughIntermediary: 'both_otp_and_mail' } }),
  );

  test('SM-R2.7 without a started second means it is refused, never done with less', () => {
    expect(factorsFor(rules, { otp: false, mailPassword: false })).toMatchObject({
      ok: false,
      refusal: { code: 'factors_not_available', clause: 'SM-R2.7' },
    });
    expect(factorsFor(both, { otp: true, mailPassword: false }).ok).toBe(false);
  });

  test('SM-7.3a the confirmation password and the one-time password, both of them', () => {
    const required = factorsFor(rules, { otp: true, mailPassword: false });
    if (!required.ok) throw new Error('refused');
    expect(allOf(required.value)).toEqual(['confirmation_password', 'one_time_password']);
    expect(isComplete(required.value, ['confirmation_password'])).toBe(false);
    expect(isComplete(required.value, ['one_time_password'])).toBe(false);
    expect(isComplete(required.value, ['one_time_password', 'confirmation_password'])).toBe(true);
  });

  test('INT-25 each kind has its own threshold', () => {
    const value = { login_password: 3, confirmation_password: 4, secret_word: 5 };
    expect([lockThreshold(value, 'login'), lockThreshold(value, 'confirmation')]).toEqual([3, 4]);
  });

  test('a stored value that breaks its constraint is a bug, not a default', () => {
    expect(() => confirmationRules(values({ 'P.sm.otp.window': 'wide' }))).toThrow(
      /P.sm.otp.window/,
    );
    expect(() => lockThreshold({ login_password: 0 }, 'login')).toThrow(/P.sm.lock.threshold/);
  });
});
