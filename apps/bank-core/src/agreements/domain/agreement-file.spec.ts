import { describe, expect, test } from '@jest/globals';
import { AGREEMENT_INSTITUTIONS } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import {
  assentsMissing,
  decideCoverage,
  decideEnding,
  decideVersion,
  mayBeParty,
  type AgreementFile,
  type CoverageAct,
  type VersionAsked,
} from './agreement-file.js';
import { NOTICE_SECTIONS } from './published-notice.js';

const on = (text: string) => CivilDate.from(text);
const today = on('2026-11-22');
const file = (over: Partial<AgreementFile> = {}): AgreementFile => ({
  id: 'agr_1',
  intermediaryId: 'epsp_1',
  version: 1,
  effectiveFrom: on('2024-04-01'),
  effectiveTo: undefined,
  partyId: undefined,
  supersedes: undefined,
  published: undefined,
  documentId: undefined,
  coverage: [{ institutionId: 4, from: on('2024-04-01'), to: undefined }],
  ...over,
});

describe('a version of an agreement', () => {
  const asked: VersionAsked = {
    effectiveFrom: on('2026-12-01'),
    effectiveTo: undefined,
    supersedes: 'agr_1',
    sections: NOTICE_SECTIONS,
  };
  const judge = (over: Partial<VersionAsked>, series = [file()]) => {
    const verdict = decideVersion({ ...asked, ...over }, series, today);
    return verdict.ok ? 'made' : verdict.refusal.code;
  };
  test.each<[string, Partial<VersionAsked>, string]>([
    [
      'RKN-0.1 without one of the three headings',
      { sections: NOTICE_SECTIONS.slice(1) },
      'section_missing',
    ],
    [
      'RKN-0.1 with an empty section',
      { sections: NOTICE_SECTIONS.map((one) => ({ ...one, clauses: [] })) },
      'section_missing',
    ],
    ['RKN-0.1/b from yesterday', { effectiveFrom: on('2026-11-21') }, 'date_in_the_past'],
    ['RKN-0.1/b from today', { effectiveFrom: today }, 'made'],
    ['RKN-0.1 over before it begins', { effectiveTo: on('2026-11-30') }, 'period_wrong'],
    [
      'RKN-0.1 after a version that is not the newest',
      { supersedes: 'agr_0' },
      'not_the_newest_version',
    ],
    ['RKN-0.1 after none, where there is one', { supersedes: undefined }, 'not_the_newest_version'],
    ['RKN-0.1/b the next one', {}, 'made'],
  ])('%s', (_title, over, expected) => {
    expect(judge(over)).toBe(expected);
  });

  test('RKN-0.1 it does not begin before the one that it follows; the first follows none', () => {
    const later = [file({ effectiveFrom: on('2027-01-01') })];
    expect(judge({}, later)).toBe('not_the_newest_version');
    expect(judge({ supersedes: undefined }, [])).toBe('made');
  });
});

describe('who is covered', () => {
  test('RKN-0.2/c each of the 14 may be party to the federation’s agreement, and nobody else', () => {
    for (const { code } of AGREEMENT_INSTITUTIONS)
      expect(mayBeParty(file(), { id: 1, bankCode: code })).toBe(true);
    expect(mayBeParty(file(), { id: 15, bankCode: '2825' })).toBe(false);
    expect(mayBeParty(file({ partyId: 15 }), { id: 15, bankCode: '2825' })).toBe(true);
    expect(mayBeParty(file({ partyId: 15 }), { id: 4, bankCode: '2963' })).toBe(false);
  });

  const act = (kind: 'join' | 'leave', date: string): CoverageAct => ({
    institutionId: 4,
    act: kind,
    effectiveOn: on(date),
    reason: 'x',
  });
  const span = (to?: string) => [
    { institutionId: 4, from: on('2024-04-01'), to: to === undefined ? undefined : on(to) },
  ];
  const judge = (what: CoverageAct, agreement: AgreementFile, all = [agreement], code = '2963') => {
    const decided = decideCoverage(what, { agreement, all, bankCode: code, today });
    if (!decided.ok) return decided.refusal.code;
    const { from, to } = decided.value;
    return `${from.toString()} to ${to?.toString() ?? 'open'}`;
  };
  const none = file({ coverage: [] });
  const leaving = file({ coverage: span('2026-12-31') });
  const left = file({ coverage: span('2026-11-21') });
  const next = file({ id: 'agr_2', effectiveFrom: on('2027-01-01'), coverage: [] });
  test.each<[string, CoverageAct, AgreementFile, string]>([
    [
      'leaves at once: today is no longer covered',
      act('leave', '2026-11-22'),
      file(),
      '2026-11-22 to 2026-11-21',
    ],
    ['leaves at a date', act('leave', '2027-01-01'), file(), '2027-01-01 to 2026-12-31'],
    ['leaves yesterday', act('leave', '2026-11-21'), file(), 'date_in_the_past'],
    ['leaves where it never was', act('leave', '2026-11-22'), none, 'not_covered_now'],
    ['leaves where it has left', act('leave', '2026-11-22'), left, 'not_covered_now'],
    [
      'leaves earlier than it had said',
      act('leave', '2026-12-01'),
      leaving,
      '2026-12-01 to 2026-11-30',
    ],
    ['joins at once', act('join', '2026-11-22'), none, '2026-11-22 to open'],
    ['joins again after it left', act('join', '2026-12-01'), left, '2026-12-01 to open'],
    ['takes its leaving back', act('join', '2026-12-15'), leaving, '2024-04-01 to open'],
    [
      'would join with a gap while it is still covered',
      act('join', '2027-02-01'),
      leaving,
      'already_covered',
    ],
    ['joins where it is', act('join', '2026-11-22'), file(), 'already_covered'],
    [
      'assents to a version to come: from its day',
      act('join', '2026-11-22'),
      next,
      '2027-01-01 to open',
    ],
    [
      'joins what is over by then',
      act('join', '2026-12-02'),
      file({ coverage: [], effectiveTo: on('2026-12-01') }),
      'agreement_over',
    ],
  ])('RKN-0.2 a bank %s', (_title, what, agreement, expected) => {
    expect(judge(what, agreement)).toBe(expected);
  });

  test('RKN-0.2/a an institution outside the 14 joins no agreement of theirs', () => {
    expect(judge(act('join', '2026-11-22'), none, [none], '2825')).toBe('institution_not_covered');
  });

  test('RKN-0.2 whose assent to the next version is missing', () => {
    expect(assentsMissing(next, file())).toEqual([4]);
    expect(assentsMissing({ ...next, coverage: span() }, file())).toEqual([]);
    expect(assentsMissing(next, left)).toEqual([]);
    expect(assentsMissing(next, undefined)).toEqual([]);
  });
});

test.each<[string, string | undefined, string, string]>([
  ['with today', undefined, '2026-11-22', 'ends'],
  ['with yesterday', undefined, '2026-11-21', 'date_in_the_past'],
  ['that is over', '2026-11-21', '2026-12-01', 'agreement_over'],
  ['earlier than was set', '2027-03-31', '2026-12-31', 'ends'],
])('RKN-0.2 an agreement %s', (_title, to, lastDay, expected) => {
  const agreement = file({ effectiveTo: to === undefined ? undefined : on(to) });
  const decided = decideEnding(agreement, on(lastDay), today);
  expect(decided.ok ? 'ends' : decided.refusal.code).toBe(expected);
});
