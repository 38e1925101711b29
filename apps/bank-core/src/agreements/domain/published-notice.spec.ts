import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { NOTICE_SECTIONS, noticeOn, type AgreementVersion } from './published-notice.js';

const on = (text: string) => CivilDate.from(text);
const version = (id: string, from: string, to?: string): AgreementVersion => ({
  id,
  intermediaryId: 'epsp_1',
  version: 1,
  effectiveFrom: on(from),
  effectiveTo: to === undefined ? undefined : on(to),
});

describe('what is published of a contract', () => {
  test('RKN-0.1/a the three headings are there, in order, and none is empty', () => {
    expect(NOTICE_SECTIONS.map(({ heading }) => heading)).toEqual([
      'loss_sharing',
      'user_information',
      'chain_connection',
    ]);
    for (const { title, clauses } of NOTICE_SECTIONS) {
      expect([title.ja, title.en].every((text) => text.length > 0)).toBe(true);
      expect(clauses.length).toBeGreaterThan(3);
      for (const { id, ja, en } of clauses) expect([id, ja, en]).not.toContain('');
    }
  });

  const first = version('agr_1', '2024-04-01');
  const second = version('agr_2', '2026-12-01');
  test.each([
    ['the day before the first', '2024-03-31', undefined],
    ['its first day', '2024-04-01', 'agr_1'],
    ['the day before the new one', '2026-11-30', 'agr_1'],
    ['the first day of the new one', '2026-12-01', 'agr_2'],
  ])('RKN-0.1/b %s', (_title, date, expected) => {
    expect(noticeOn([second, first], on(date))?.id).toBe(expected);
  });

  test('RKN-0.1 an agreement that has ended is no longer shown; its last day it is', () => {
    const ended = version('agr_1', '2024-04-01', '2026-03-31');
    expect(noticeOn([ended], on('2026-03-31'))?.id).toBe('agr_1');
    expect(noticeOn([ended], on('2026-04-01'))).toBeUndefined();
  });
});
