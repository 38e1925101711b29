import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { DISCLOSURE_CAPS, mayDisclose, type CountedAsker } from './disclosure-cap.js';

const today = CivilDate.from('2026-11-22');
const noon = today.at('12:00');
const consent = (answers: number, misses: number): CountedAsker => ({
  basis: 'consent',
  answers,
  misses,
});
const intermediary = (answers: number, misses: number): CountedAsker => ({
  basis: 'intermediary',
  answers,
  misses,
});
const { funds } = DISCLOSURE_CAPS;
const policyOf = (...askers: CountedAsker[]) => {
  const verdict = mayDisclose('funds', askers, today, noon);
  return verdict.ok ? 'answered' : verdict.refusal.facts?.['policy'];
};

describe('T-15 answers that could be collected are capped', () => {
  //   asker                                                          expected, at the cap and one below
  test.each([
    [[consent(funds.consent.answers, 0)], 'funds_answers_per_consent'],
    [[consent(funds.consent.answers - 1, 0)], 'answered'],
    [[consent(funds.consent.misses, funds.consent.misses)], 'funds_misses_per_consent'],
    [[consent(20, funds.consent.misses - 1)], 'answered'],
    [[intermediary(funds.intermediary.answers, 0)], 'funds_answers_per_intermediary'],
    [[intermediary(5_000, funds.intermediary.misses)], 'funds_misses_per_intermediary'],
    [
      [consent(funds.consent.answers, 0), intermediary(funds.intermediary.answers, 0)],
      'funds_answers_per_consent',
    ],
    [[consent(0, 0), intermediary(0, 0)], 'answered'],
  ])('T-15 %j: %s', (askers, expected) => {
    expect(policyOf(...askers)).toBe(expected);
  });

  test('T-15 the refusal says when the day ends in Tokyo', () => {
    const verdict = mayDisclose('funds', [consent(99, 0)], today, noon);
    expect(verdict).toMatchObject({ refusal: { facts: { retryAfterSeconds: 12 * 3600 } } });
  });
});
