import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import type { Operation, TerminalClass } from '../facts/index.js';
import { smSampleBook } from '../samples/sample-book.js';
import { smParameters } from '../sm-terms/parameters.js';
import { lackingFactors, whichFactors } from './which-factors.js';

const values = smSampleBook('2825').readAll(
  { matrix: smParameters.factorsMatrix, mailOperations: smParameters.mailPasswordOperations },
  CivilDate.from('2026-11-22'),
);
if (!values.ok) throw new Error('The sample values are incomplete.');
const parameters = values.value.values;
const both = {
  ...parameters,
  matrix: { ...parameters.matrix, throughIntermediary: 'both_otp_and_mail' },
} as const;

const ask = (
  terminalClass: TerminalClass,
  operation: Operation,
  otp: boolean,
  mail: boolean,
  given: typeof parameters = parameters,
  alwaysBoth = false,
) => {
  const answer = whichFactors(
    { terminalClass, operation, meansStarted: { oneTimePassword: otp, mailPassword: mail } },
    given,
    alwaysBoth,
  );
  if (!answer.ok) return answer.refusal.code;
  const { all, oneOf } = answer.value;
  return [...all, ...(oneOf.length > 0 ? [`one of ${oneOf.join('|')}`] : [])].join(' ');
};

describe('which factors an operation needs', () => {
  test.each<[string, string, string]>([
    ['SM-R2.7 login on a PC', ask('pc', 'login', true, true), 'login_id login_password'],
    ['SM-R2.7 an inquiry after login', ask('pc', 'inquiry', true, true), ''],
    [
      'SM-R2.7 a transfer with nothing started',
      ask('pc', 'transfer', false, false),
      'confirmation_password',
    ],
    [
      'SM-7.3a a transfer on a PC',
      ask('pc', 'transfer', true, false),
      'confirmation_password one_time_password',
    ],
    [
      'SM-7.4a/a after deactivation',
      ask('pc', 'transfer', false, true),
      'confirmation_password mail_password',
    ],
    [
      'SM-8.2 both started, on a PC',
      ask('pc', 'change', true, true),
      'confirmation_password one_time_password mail_password',
    ],
    [
      'SM-7.3b login on a smartphone',
      ask('smartphone', 'login', true, false),
      'login_id login_password one_time_password',
    ],
    [
      'SM-7.3b a transfer on a smartphone',
      ask('smartphone', 'transfer', true, false),
      'confirmation_password',
    ],
    [
      'SM-7.3b/b a terminal nobody can tell, at login',
      ask('uncertain', 'login', true, false),
      'login_id login_password one_time_password',
    ],
    [
      'SM-7.3b/b and at a transfer',
      ask('uncertain', 'transfer', true, false),
      'confirmation_password one_time_password',
    ],
    [
      'SM-R2.7 INT-30 an intermediary, nothing started',
      ask('intermediary', 'transfer', false, false),
      'second_factor_not_started',
    ],
    [
      'SM-R2.7 INT-30 with the code',
      ask('intermediary', 'transfer', true, false),
      'confirmation_password one_time_password',
    ],
    [
      'SM-R2.7 INT-30 with the mail password',
      ask('intermediary', 'transfer', false, true),
      'confirmation_password mail_password',
    ],
    [
      'SM-R2.7 INT-30 with either',
      ask('intermediary', 'transfer', true, true),
      'confirmation_password one of one_time_password|mail_password',
    ],
    [
      'SM-R2.7 INT-30 where the matrix says both',
      ask('intermediary', 'transfer', true, true, both),
      'confirmation_password one_time_password mail_password',
    ],
    [
      'SM-R2.7 INT-30 both, one missing',
      ask('intermediary', 'transfer', true, false, both),
      'second_factor_not_started',
    ],
    [
      'SM-R2.7 INT-30 reading B',
      ask('intermediary', 'transfer', true, false, parameters, true),
      'second_factor_not_started',
    ],
    [
      'SM-R2.7 login through an intermediary',
      ask('intermediary', 'login', true, true),
      'login_id login_password',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  test('SM-R2.7 the matrix cannot ask less than the confirmation password for a movement', () => {
    const { constraint } = smParameters.factorsMatrix;
    const { base } = parameters.matrix;
    const weaker = { ...base, intermediary: { ...base.intermediary, transfer: [] } };
    expect(constraint.read({ base, throughIntermediary: 'one_of_otp_and_mail' })).toBeDefined();
    expect(
      constraint.read({ base: weaker, throughIntermediary: 'one_of_otp_and_mail' }),
    ).toBeUndefined();
    expect(constraint.read({ base, throughIntermediary: 'neither' })).toBeUndefined();
  });

  test('SM-7.3c what still lacks a match is named; one of two means is enough', () => {
    const required = {
      all: ['confirmation_password'],
      oneOf: ['one_time_password', 'mail_password'],
    } as const;
    expect(lackingFactors(required, ['confirmation_password'])).toEqual(required.oneOf);
    expect(lackingFactors(required, ['mail_password'])).toEqual(['confirmation_password']);
    expect(lackingFactors(required, ['confirmation_password', 'mail_password'])).toEqual([]);
  });
});
