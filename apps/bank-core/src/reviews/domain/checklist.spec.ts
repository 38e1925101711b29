import { describe, expect, test } from '@jest/globals';
import { answersTo, type ItemAnswer } from './answer.js';
import { isSameDemand, wordingOf, type ChecklistItem } from './checklist-item.js';
import { differenceOf } from './difference.js';
import { gapsOf, nextDue, supersededBy, type KeptGap } from './gaps.js';
import { CAP_FOR_CRITICAL, scoreOf } from './score.js';
import { askedIn, byNumber, type Standard } from './standard.js';
import { CivilDate } from '#libs/kernel';
import { insufficientItems, type Comment } from './submission.js';

const item = (itemId: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  itemId,
  division: 3,
  family: 'protection',
  goal: { ja: `目的${itemId}`, en: `goal ${itemId}` },
  example: { ja: '例', en: 'example' },
  appliesTo: ['read'],
  levelRequired: 2,
  weight: 3,
  critical: false,
  reference: '',
  ...more,
});

const answer = (to: ChecklistItem, more: Partial<ItemAnswer> = {}): ItemAnswer => ({
  itemId: to.itemId,
  wording: wordingOf(to),
  answer: 'met',
  level: 2,
  byAlternative: false,
  plannedOn: undefined,
  reason: '',
  measures: '',
  evidence: ['evd_1'],
  ...more,
});

describe('answers as a standard reads them', () => {
  const asked = item('3.1');
  test.each<[string, ItemAnswer[], string]>([
    ['none', [], 'unanswered'],
    ['to other words', [answer(item('3.1', { goal: { ja: 'x', en: 'x' } }))], 'unanswered'],
    ['met below the level', [answer(asked, { level: 1 })], 'partly'],
    ['met at the level', [answer(asked)], 'met'],
    ['met above it', [answer(asked, { level: 3 })], 'met'],
    ['not met', [answer(asked, { answer: 'not_met', level: 0 })], 'not_met'],
    ['not applicable', [answer(asked, { answer: 'not_applicable', level: 0 })], 'not_applicable'],
  ])('an answer %s', (_, given, expected) => {
    expect(answersTo([asked], given)).toMatchObject([{ item: '3.1', answer: expected }]);
  });

  test('RKN-S2/a evidence that cannot be used is left out', () => {
    const given = [answer(asked, { evidence: ['evd_1', 'evd_2'] })];
    expect(answersTo([asked], given, (id) => id === 'evd_2')[0]?.evidence).toEqual(['evd_2']);
  });
});

describe('RKN-S3b gaps', () => {
  const [kept, reworded, raised, fresh] = [item('3.1'), item('3.2'), item('3.3'), item('3.4')];
  const before = [kept, reworded, raised];
  const after = [
    kept,
    { ...reworded, goal: { ja: '新', en: 'new' } },
    { ...raised, levelRequired: 3 as const },
    fresh,
  ];
  test('RKN-S3b/a an item added, worded otherwise or wanted at a higher level is a gap', () => {
    expect(
      gapsOf(
        after,
        before,
        before.map((one) => answer(one)),
      ),
    ).toEqual([
      { itemId: '3.2', kind: 'changed' },
      { itemId: '3.3', kind: 'changed' },
      { itemId: '3.4', kind: 'added' },
    ]);
    expect(
      gapsOf(
        after,
        before,
        after.map((one) => answer(one, { level: 3 })),
      ),
    ).toEqual([]);
  });

  test('RKN-S3b what was not met before has no transition; a lower level asks for nothing', () => {
    const given = [answer(kept, { answer: 'not_met' })];
    expect(gapsOf(before, before, given)).toMatchObject([
      { itemId: '3.1', kind: 'unmet' },
      { kind: 'unmet' },
      { kind: 'unmet' },
    ]);
    expect(isSameDemand(kept, { ...kept, levelRequired: 1 })).toBe(true);
    expect(isSameDemand(kept, { ...kept, weight: 5, critical: true })).toBe(true);
  });

  const open = (itemId: string, dueAt: number): KeptGap => ({
    version: 2,
    epspId: 'epsp_1',
    itemId,
    kind: 'added',
    openedAt: 0,
    dueAt,
    endedAt: undefined,
    endedBy: undefined,
    submissionId: undefined,
  });

  test('RKN-S3b a newer standard supersedes gaps of items that it drops or asks anew', () => {
    const all = [open('3.1', 9), open('3.2', 9), open('9.9', 9)];
    const found = supersededBy(all, after, [{ itemId: '3.2', kind: 'changed' }]);
    expect(found.map(({ itemId }) => itemId)).toEqual(['3.2', '9.9']);
  });

  test('RKN-S3b the next end is the earliest that lies ahead', () => {
    expect(nextDue([open('3.1', 30), open('3.2', 10), open('3.3', 20)], 10)).toBe(20);
    expect(nextDue([open('3.1', 10)], 10)).toBeUndefined();
  });
});

describe('the score', () => {
  const items = [
    item('3.1', { weight: 5 }),
    item('3.2', { weight: 2 }),
    item('3.3', { weight: 1 }),
  ];
  const [first, second, third] = items as [ChecklistItem, ChecklistItem, ChecklistItem];
  //  answers                                     reached  reachable  points
  test.each<[ItemAnswer[], number, number, number | undefined]>([
    [items.map((one) => answer(one)), 16, 16, 100],
    [[answer(first)], 10, 16, 62],
    [[answer(first, { answer: 'partly' })], 5, 16, 31],
    [[answer(first, { level: 1 }), answer(second)], 9, 16, 56],
    [[answer(first), answer(second, { answer: 'not_applicable' })], 10, 12, 83],
    [items.map((one) => answer(one, { answer: 'not_applicable' })), 0, 0, undefined],
  ])('weights and halves, rounded down (%#)', (given, reached, reachable, points) => {
    expect(scoreOf(items, given)).toMatchObject({ reached, reachable, points });
  });

  test('a critical item that is not met caps it, one that is met does not', () => {
    const critical = [{ ...first, weight: 1, critical: true }, second, third];
    const rest = [answer(second), answer(third)];
    const partly = scoreOf(critical, [answer(first, { answer: 'partly' }), ...rest]);
    expect(partly).toMatchObject({ points: CAP_FOR_CRITICAL, uncapped: 87, cappedBy: ['3.1'] });
    expect(scoreOf(critical, [answer(first), ...rest])).toMatchObject({ points: 100 });
    const low = scoreOf(critical, []);
    expect(low).toMatchObject({ points: 0, uncapped: 0 });
  });

  test('what the reviewer found insufficient counts nothing; the last mark is the one that counts', () => {
    const comment = (itemId: string, mark: Comment['mark']): Comment => ({
      id: 'cmt_1',
      submissionId: 'sub_1',
      itemId,
      side: 'institution',
      author: 'x',
      mark,
      isInternal: false,
      body: 'x',
      writtenAt: 0,
    });
    const marks = insufficientItems([
      comment('3.1', 'insufficient'),
      comment('3.2', 'insufficient'),
      comment('3.2', undefined),
      comment('3.1', 'sufficient'),
    ]);
    expect([...marks]).toEqual(['3.2']);
    const given = items.map((one) => answer(one));
    expect(scoreOf(items, given, marks)).toMatchObject({ reached: 12, points: 75 });
  });
});

describe('RKN-S3a/a the difference to the submission before', () => {
  const [one, two] = [item('3.1'), item('3.2')];
  const submitted = (items: ChecklistItem[], answers: ItemAnswer[]) => ({ items, answers });
  const before = submitted([one, two], [answer(one), answer(two)]);

  test('what is the same is left out; a reason changes no binding answer', () => {
    expect(differenceOf(before, before)).toEqual([]);
    const after = submitted([one, two], [answer(one, { reason: '版を改めた' }), answer(two)]);
    expect(differenceOf(before, after)).toMatchObject([{ itemId: '3.1', isBinding: false }]);
  });

  test('another answer, other evidence, other words, one more and one less', () => {
    const words = { ...two, goal: { ja: '新', en: 'new' } };
    const after = submitted([one, words], [answer(one, { evidence: ['evd_2'] }), answer(words)]);
    expect(differenceOf(before, after)).toMatchObject([
      { itemId: '3.1', isBinding: true, isReworded: false },
      { itemId: '3.2', isBinding: true, isReworded: true },
    ]);
    const more = submitted([one, two, item('3.3')], [answer(one), answer(item('3.3'))]);
    expect(differenceOf(before, more)).toMatchObject([
      { itemId: '3.2', after: undefined, isBinding: true },
      { itemId: '3.3', before: undefined, isBinding: true },
    ]);
  });
});

describe('what several institutions ask', () => {
  const standard = (institutionId: number, items: ChecklistItem[]): Standard => ({
    institutionId,
    version: 1,
    effectiveFrom: CivilDate.from('2026-04-01'),
    templateId: 't',
    templateVersion: 1,
    items,
    contentHash: '',
    publishedAt: institutionId,
  });

  test('RKN-S3a the same words are asked once, other words are another question', () => {
    const other = { ...item('3.2'), goal: { ja: '別', en: 'other' } };
    const asked = askedIn([
      standard(1, [item('3.10'), item('3.2')]),
      standard(2, [other, { ...item('3.10'), levelRequired: 3 }]),
    ]);
    expect(asked.map(({ item: { itemId }, askedBy }) => [itemId, askedBy.length])).toEqual([
      ['3.2', 1],
      ['3.2', 1],
      ['3.10', 2],
    ]);
    expect(asked[2]?.askedBy).toEqual([
      { institutionId: 2, levelRequired: 3 },
      { institutionId: 1, levelRequired: 2 },
    ]);
  });

  test('items are numbered, not spelt', () => {
    expect(['10.1', '2.10', '2.9', '2.9.1', '2'].sort(byNumber)).toEqual([
      '2',
      '2.9',
      '2.9.1',
      '2.10',
      '10.1',
    ]);
  });
});
