import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { shape, yenAtLeast } from './constraint.js';
import { mayEnter, parameter, ParameterBook, type ParameterEntry } from './parameter.js';

const cap = parameter(
  'P.sm.test.cap',
  ['SM-5.3-1a'],
  'yen per day',
  shape({ withOtp: yenAtLeast(0n), withoutOtp: yenAtLeast(0n) }),
  { ja: '上限', en: 'cap' },
);
const date = CivilDate.from;
const entry = (
  effectiveFrom: string,
  withOtp: string,
  more: Partial<ParameterEntry> = {},
): ParameterEntry => ({
  parameter: cap.id,
  institution: '2825',
  value: { withOtp, withoutOtp: '0' },
  version: 1,
  effectiveFrom: date(effectiveFrom),
  enteredBy: 'Sato',
  approvedBy: 'Ito',
  ...more,
});

describe('parameters that a text leaves to the institution', () => {
  const book = new ParameterBook('2825', [
    entry('2026-04-01', '200', { version: 2, correction: 'typed wrongly' }),
    entry('2026-10-01', '300'),
    entry('2026-04-01', '100'),
    entry('2026-01-01', '999', { institution: '2950' }),
  ]);

  test.each([
    ['2026-03-31', 'parameter_unset'],
    ['2026-04-01', 200n],
    ['2026-09-30', 200n],
    ['2026-10-01', 300n],
  ])('on %s the value in force is %s', (day, expected) => {
    const found = book.read(cap, date(day));
    expect(found.ok ? found.value.value.withOtp : found.refusal.code).toBe(expected);
  });

  test('an unset parameter names its clause, the institution and the date', () => {
    expect(book.read(cap, date('2026-03-31'))).toEqual({
      ok: false,
      refusal: {
        code: 'parameter_unset',
        clause: 'SM-5.3-1a',
        facts: { parameter: cap.id, institution: '2825', date: '2026-03-31' },
      },
    });
    expect(book.readAll({ cap }, date('2026-03-31'))).toMatchObject({ ok: false });
  });

  test('a stored value that breaks the constraint is refused, never used', () => {
    const broken = new ParameterBook('2825', [entry('2026-04-01', '-5')]);
    expect(broken.read(cap, date('2026-04-01'))).toMatchObject({
      refusal: { code: 'parameter_malformed' },
    });
  });

  test('what a decision prints holds value, version and both people', () => {
    const all = book.readAll({ cap }, date('2026-11-22'));
    expect(all).toMatchObject({
      value: {
        values: { cap: { withOtp: 300n } },
        used: [{ id: cap.id, version: 1, enteredBy: 'Sato', approvedBy: 'Ito', isSample: false }],
      },
    });
  });

  test('a date is taken by the same parameter of the same institution only', () => {
    const proposed = entry('2026-12-24', '1');
    const standing = (more: Partial<ParameterEntry>) =>
      mayEnter(cap, proposed, [entry('2026-12-24', '5', more)], date('2026-11-22')).ok;
    expect(standing({})).toBe(false);
    expect(standing({ institution: '2950' })).toBe(true);
    expect(standing({ parameter: 'P.sm.other' })).toBe(true);
    expect(standing({ effectiveFrom: date('2026-12-25') })).toBe(true);
    expect(mayEnter(cap, proposed, [], date('2026-11-22'))).toEqual({ ok: true, value: proposed });
    expect(mayEnter(cap, entry('2026-12-24', '-1'), [], date('2026-11-22'))).toEqual({
      ok: false,
      refusal: {
        code: 'parameter_malformed',
        clause: 'SM-5.3-1a',
        facts: { parameter: 'P.sm.test.cap' },
      },
    });
  });

  test.each([
    ['malformed', entry('2026-12-01', '1.5'), 'parameter_malformed'],
    ['one person', entry('2026-12-01', '1', { approvedBy: 'Sato' }), 'second_person_required'],
    ['today', entry('2026-11-22', '1'), 'effective_date_passed'],
    ['no reason', entry('2026-11-22', '1', { correction: ' ' }), 'correction_without_reason'],
    ['a date that is taken', entry('2026-12-24', '1'), 'version_taken'],
    ['same version', entry('2026-12-24', '1', { correction: 'r' }), 'version_taken'],
    ['a correction', entry('2026-12-24', '1', { correction: 'r', version: 2 }), 'accepted'],
    ['tomorrow', entry('2026-11-23', '1'), 'accepted'],
  ])('entering %s: %o', (_, proposed, expected) => {
    const standing = [entry('2026-12-24', '5')];
    const answer = mayEnter(cap, proposed, standing, date('2026-11-22'));
    expect(answer.ok ? 'accepted' : answer.refusal.code).toBe(expected);
  });
});
