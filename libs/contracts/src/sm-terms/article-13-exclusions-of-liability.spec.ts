import { CivilDate, endOf, type Tri } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { demand } from '../demand.js';
import { article13 } from './article-13-exclusions-of-liability.js';

const date = CivilDate.from;

describe('SM-13 exclusions of liability', () => {
  const pack = (
    factorsMatched: ('confirmation_password' | 'one_time_password')[],
    evidence = ['evt_1'],
  ) =>
    article13.clause('SM-13.1a').apply({
      factorsRequired: ['confirmation_password', 'one_time_password'],
      factorsMatched,
      evidence,
    });
  test('SM-13.1a/a a pack with evidence and all factors lets people find due care', () => {
    expect(pack(['confirmation_password', 'one_time_password'])).toEqual({
      lacking: [],
      dueCareMayBeFound: true,
    });
    expect(pack(['confirmation_password', 'one_time_password'], []).dueCareMayBeFound).toBe(false);
  });
  test('SM-13.1a/b a factor that is missing rules it out, and is named', () => {
    expect(pack(['confirmation_password'])).toEqual({
      lacking: ['one_time_password'],
      dueCareMayBeFound: false,
    });
  });

  const eligible = (holderIsIndividual: Tri, credentialsStolen: Tri, depositReduced: Tri) =>
    article13.clause('SM-13.1b').apply({ holderIsIndividual, credentialsStolen, depositReduced });
  test.each([
    ['SM-13.1b/a a corporate holder', eligible('no', 'yes', 'yes'), 'no'],
    ['SM-13.1b/b overheard on the line (SM-13.3)', eligible('yes', 'yes', 'yes'), 'yes'],
    ['SM-13.1b/c a stolen letter (SM-13.4)', eligible('yes', 'yes', 'yes'), 'yes'],
    ['SM-13.1b/d an overdraft wrongly drawn', eligible('yes', 'yes', 'yes'), 'yes'],
    ['SM-13.1b a theft not established', eligible('yes', 'unknown', 'yes'), 'unknown'],
    ['SM-13.1b a corporate holder, theft not established', eligible('no', 'unknown', 'yes'), 'no'],
    ['SM-13.1b nothing was taken', eligible('yes', 'yes', 'no'), 'no'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  const failure = (institutionResponsible: Tri, safeguardsTaken = true) =>
    article13.clause('SM-13.2-1').apply({ safeguardsTaken, institutionResponsible });
  test('SM-13.2-1/a the exclusion cannot be chosen where the institution is responsible', () => {
    const answers = [failure('yes'), failure('unknown'), failure('no'), failure('no', false)];
    expect(answers.map((answer) => answer.exclusionSelectable)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('SM-13.2-2/a a request that was cut off is fixed or not fixed, nothing between', () => {
    const state = (fixedAt: number | undefined) => article13.clause('SM-13.2-2').apply({ fixedAt });
    expect([state(0), state(undefined)]).toEqual(['fixed', 'not_fixed']);
  });

  test('SM-13.3 leads an individual to SM-13.1b, and carries the consumer-law warning', () => {
    expect(article13.clause('SM-13.3')).toMatchObject({
      refers: ['SM-13.1b'],
      readings: ['INT-18'],
    });
  });

  const mailed = date('2026-09-01');
  const temporary = (now: number, operation: 'login' | 'transfer', firstUseDone = false) =>
    article13
      .clause('SM-13.4')
      .apply(
        { temporaryPasswordMailedOn: mailed, now, firstUseDone, operation },
        { expiryDays: 60 },
      );
  test('SM-13.4/a it expires at the end of its last day', () => {
    const end = endOf(date('2026-10-31'));
    expect(temporary(end - 1, 'login')).toBe('first_use_only');
    expect(temporary(end, 'login')).toBe('temporary_password_expired');
  });
  test('SM-13.4/b no transfer before first use', () => {
    expect(temporary(endOf(mailed), 'transfer')).toBe('first_use_required');
    expect(temporary(endOf(mailed), 'transfer', true)).toBe('allowed');
  });

  test('SM-13.5/a paper without a seal check is refused; SM-10.3d, SM-11.1 and SM-12.2a rest on it', () => {
    const seal = (sealCheckedBy: string | undefined) =>
      article13.clause('SM-13.5').apply({ sealCheckedBy });
    expect([seal(undefined), seal(''), seal('Ito')]).toEqual([
      'seal_check_missing',
      'seal_check_missing',
      'checked',
    ]);
    expect(article13.clause('SM-13.5').refers).toEqual(['SM-10.3d', 'SM-11.1', 'SM-12.2a']);
  });

  test('SM-13.6a the cause is found by a person, with evidence', () => {
    const clause = article13.clause('SM-13.6a');
    const found = { incidentCause: 'disaster_law_authority', enteredBy: 'Sato' } as const;
    expect(demand(clause, found)).toMatchObject({ refusal: { facts: { missing: ['evidence'] } } });
    expect(demand(clause, { ...found, evidence: ['evt_1'] }).ok).toBe(true);
  });

  test('SM-13.6b the supported environments are shown', () => {
    expect(article13.clause('SM-13.6b').shownAt).toContain('supported environments');
  });
});
