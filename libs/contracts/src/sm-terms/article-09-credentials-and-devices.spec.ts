import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CredentialEntry, RegisteredCredential } from '../facts/index.js';
import { smSampleBook } from '../samples/sample-book.js';
import { article09 } from './article-09-credentials-and-devices.js';
import { smParameters } from './parameters.js';

const threshold = { login_password: 3, confirmation_password: 3, secret_word: 3 };
/** `L` and `C` are wrong login and confirmation passwords, small letters right ones; one a second. */
const entries = (text: string): CredentialEntry[] =>
  [...text].map((letter, index) => ({
    kind: letter.toUpperCase() === 'L' ? 'login_password' : 'confirmation_password',
    right: letter === letter.toLowerCase(),
    at: index,
  }));
const lock = (text: string, countersCombined = false) =>
  article09
    .clause('SM-9.2')
    .apply({ credentialEntries: entries(text), countersCombined }, { threshold });

describe('SM-9 credentials and devices', () => {
  test('SM-9.1/a no staff screen asks for a secret, whatever it is called', () => {
    const asked = (fieldsAsked: string[]) =>
      article09.clause('SM-9.1').apply({ fieldsAsked }).forbidden;
    expect(asked(['login_id', 'name', 'branch'])).toEqual([]);
    expect(asked(['name', 'secret_word', 'login_password'])).toEqual([
      'secret_word',
      'login_password',
    ]);
  });

  test.each([
    ['SM-9.2/a two wrong, one right, two wrong', lock('LLlLL'), undefined],
    ['SM-9.2/b the third wrong in a row', lock('LLL'), 2],
    ['SM-9.2/b a right entry afterwards changes nothing', lock('LLLl'), 2],
    ['SM-9.2/c two browsers interleaved count together', lock('LlLLL'), 4],
    ['SM-9.2 INT-25 kinds count apart', lock('LLCC'), undefined],
    ['SM-9.2 INT-25 reading B counts them together', lock('LLCC', true), 2],
  ])('%s', (_title, answer, stoppedAt) => {
    expect(answer.stoppedAt).toBe(stoppedAt);
    expect(answer.isStopped).toBe(stoppedAt !== undefined);
  });

  test('SM-9.2/b the kind that stopped the service is named', () => {
    expect(lock('LCLCLC').by).toBe('login_password');
    expect(lock('LLC', true).by).toBe('combined');
  });

  test('SM-9.2/d what happens to reservations is a parameter that somebody must set', () => {
    const cited = article09.clause('SM-9.2').cites?.map(({ id }) => id);
    expect(cited).toContain('P.sm.lock.reservations');
    const found = smSampleBook('2825').read(
      smParameters.lockReservations,
      CivilDate.from('2026-11-22'),
    );
    expect(found).toMatchObject({ ok: true, value: { value: 'run' } });
  });

  test('SM-9.2 property: the service stops exactly where some kind has its errors in a row', () => {
    const kinds: RegisteredCredential[] = [
      'login_password',
      'confirmation_password',
      'secret_word',
    ];
    const anyEntry = fc.record({ kind: fc.constantFrom(...kinds), right: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 30 }), (list) => {
        const credentialEntries = list.map((entry, at) => ({ ...entry, at }));
        const answer = article09
          .clause('SM-9.2')
          .apply({ credentialEntries, countersCombined: false }, { threshold });
        const expected = kinds.some((kind) =>
          list
            .filter((entry) => entry.kind === kind)
            .map(({ right }) => (right ? '.' : 'w'))
            .join('')
            .includes('www'),
        );
        expect(answer.isStopped).toBe(expected);
      }),
    );
  });

  const today = CivilDate.from('2026-11-22');
  const change = (reusedFromHistory: number | undefined, daysAgo = 0) =>
    article09
      .clause('SM-9.3a')
      .apply(
        { reusedFromHistory, passwordChangedOn: today.minusDays(daysAgo), today },
        { history: 3, maxAgeDays: 180 },
      );
  test('SM-9.3a/a one of the last three cannot return, the fourth can', () => {
    expect(
      [change(1), change(3), change(4), change(undefined)].map((one) => one.isReuseRefused),
    ).toEqual([true, true, false, false]);
    expect(
      [change(undefined, 180), change(undefined, 181)].map((one) => one.isChangeAdvised),
    ).toEqual([false, true]);
  });

  test('SM-9.3b/a a change on suspicion ends the other sessions and mail passwords', () => {
    expect(
      article09.clause('SM-9.3b').apply({ session: 'B', sessionsOpen: ['A', 'B', 'C'] }),
    ).toEqual({ endedSessions: ['A', 'C'], mailPasswordsDie: true });
  });

  const hours = smSampleBook('2825').read(smParameters.deskHours, today);
  const report = (reportTellsOfMisuse: 'yes' | 'no' | 'unknown') => {
    if (!hours.ok) throw new Error(hours.refusal.code);
    return article09
      .clause('SM-9.4')
      .apply(
        { reportedAt: today.at('23:59'), reportTellsOfMisuse },
        { deskHours: hours.value.value },
      );
  };
  test('SM-9.4/a codes are invalid from the instant of the report', () => {
    expect(report('no')).toMatchObject({
      codesInvalidFrom: today.at('23:59'),
      isWithinDeskHours: true,
    });
  });
  test('SM-9.4/b the time of the report is kept; it is a notice if it tells of misuse (INT-26)', () => {
    expect(String(report('yes').noticeOfMisuseOn)).toBe('2026-11-22');
    expect(report('no').noticeOfMisuseOn).toBeUndefined();
    expect(report('unknown').noticeOfMisuseOn).toBe('undetermined');
  });
});
