import { describe, expect, test } from '@jest/globals';
import { CivilDate, type Tri } from '#libs/kernel';
import { decideAdmission, isUserAdmitted, type UserFacts } from './is-user-admitted.js';

const y: Tri = 'yes';
const n: Tri = 'no';
const facts = (a: Tri, b: Tri, c: Tri, d: Tri): UserFacts => ({
  consentedToService: a,
  consentedToFunction: b,
  admittedByEpsp: c,
  admittedByInstitution: d,
});

describe('RKN-D6: who is a user', () => {
  //  service  function  EPSP  institution  expected
  test.each([
    [y, y, y, y, 'admitted'],
    [y, y, y, n, 'user_not_admitted'],
    [y, y, n, y, 'user_not_admitted'],
    [y, y, n, n, 'user_not_admitted'],
    [y, n, y, y, 'user_not_admitted'],
    [y, n, y, n, 'user_not_admitted'],
    [y, n, n, y, 'user_not_admitted'],
    [y, n, n, n, 'user_not_admitted'],
    [n, y, y, y, 'user_not_admitted'],
    [n, y, y, n, 'user_not_admitted'],
    [n, y, n, y, 'user_not_admitted'],
    [n, y, n, n, 'user_not_admitted'],
    [n, n, y, y, 'user_not_admitted'],
    [n, n, y, n, 'user_not_admitted'],
    [n, n, n, y, 'user_not_admitted'],
    [n, n, n, n, 'user_not_admitted'],
  ])('RKN-D6 %s %s %s %s: %s', (a, b, c, d, expected) => {
    const answer = isUserAdmitted(facts(a, b, c, d));
    expect(answer.ok ? 'admitted' : answer.refusal.code).toBe(expected);
  });

  test('RKN-D6 the loss of any one ends access, and the refusal names which', () => {
    expect(isUserAdmitted(facts(y, y, y, n))).toMatchObject({
      refusal: { clause: 'RKN-D6', facts: { missing: ['admittedByInstitution'] } },
    });
  });

  test('RKN-D6 what is not established closes, and is left as a duty to establish', () => {
    const open = facts(y, 'unknown', y, 'unknown');
    expect(isUserAdmitted(open)).toMatchObject({ refusal: { code: 'user_not_established' } });
    const decision = decideAdmission(open, {
      institution: '2963',
      asOf: CivilDate.from('2026-11-22'),
    });
    expect(decision).toMatchObject({
      outcome: 'UNDETERMINED',
      unknown: ['consentedToFunction', 'admittedByInstitution'],
      duties: [{ clause: 'RKN-D6' }, { clause: 'RKN-D6' }],
      trace: [{ clause: 'RKN-D6', effect: 'undetermined' }],
    });
    expect(
      decideAdmission(facts(y, 'unknown', n, y), {
        institution: '2963',
        asOf: CivilDate.from('2026-11-22'),
      }),
    ).toMatchObject({ outcome: 'not_admitted', unknown: [] });
  });
});
