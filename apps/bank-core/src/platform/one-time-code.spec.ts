import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { stepsAround } from './totp.js';
import { matchingStep } from './one-time-code.js';
import { openSeed, sealSeed } from './sealed-seed.js';

/** RFC 6238 appendix B, SHA-1: the shared secret of its test vectors. */
const SEED = Buffer.from('12345678901234567890', 'ascii');

describe('one-time passwords', () => {
  //    vector of RFC 6238      seconds        code
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_234_567_890, '89005924'],
    [20_000_000_000, '65353130'],
  ])('RFC 6238 appendix B at %i s', (seconds, code) => {
    const steps = stepsAround(seconds * 1000, 30, 1);
    expect(matchingStep(SEED, code, steps, 8)).toBe(Math.floor(seconds / 30));
  });

  test('SM-7.2/b a step within ±1 matches, the next one does not', () => {
    const at = (step: number) => step * 30_000;
    const code = '94287082';
    for (const [step, expected] of [
      [-1, undefined],
      [0, 1],
      [1, 1],
      [2, 1],
      [3, undefined],
    ] as const)
      expect(matchingStep(SEED, code, stepsAround(at(step), 30, 1), 8)).toBe(expected);
  });

  test.each(['', '9428708', '942870820', '9428708x', '９４２８７０８２'])(
    'what is no code matches nothing: %j',
    (code) => expect(matchingStep(SEED, code, [1], 8)).toBeUndefined(),
  );
});

describe('T-22 a wrapped seed', () => {
  const key = randomBytes(32);
  const place = 'credential_otp|4|hld_1';
  const wrapped = sealSeed(key, place, SEED);

  test('opens where it belongs and is not the seed', () => {
    expect(openSeed(key, place, wrapped)).toEqual(SEED);
    expect(wrapped.includes(SEED)).toBe(false);
    expect(sealSeed(key, place, SEED)).not.toEqual(wrapped);
  });

  test.each([
    ['another holder', key, 'credential_otp|4|hld_2', wrapped],
    ['another institution', key, 'credential_otp|5|hld_1', wrapped],
    ['another table', key, 'staff_account|4|hld_1', wrapped],
    ['another key', randomBytes(32), place, wrapped],
    ['one bit changed', key, place, Buffer.from(wrapped.map((b, i) => (i === 30 ? b ^ 1 : b)))],
  ])('does not open: %s', (_, withKey, at, bytes) => {
    expect(() => openSeed(withKey, at, bytes)).toThrow();
  });
});
