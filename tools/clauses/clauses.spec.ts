import { CivilDate } from '#libs/kernel';
import { article, enforce, inform, missing, record, type Contract } from '#libs/contracts';
import { describe, expect, test } from '@jest/globals';
import { idsAtTheHeadOf, proofsAtTheHeadOf } from './clause-id.js';
import { mapClauses } from './clause-map.js';
import { declarationsIn } from './declarations.js';
import { mapAsJson, mapAsText } from './print.js';
import { unknownCases, unproven } from './proofs.js';
import { testsIn, type TitledTest } from './spec-titles.js';
import { weave } from './weave.js';

describe('ids at the head of a title', () => {
  test.each<[string, string[]]>([
    ['SM-5.3-1b/a the yen above is refused', ['SM-5.3-1b']],
    ['SM-14.2b/a–d a notice covers', ['SM-14.2b']],
    ['SM-14.1* all three', ['SM-14.1*']],
    ['SM-R2.7 presumed', ['SM-R2.7']],
    ['RKN-L4-0a, RKN-L4-0b: the gates', ['RKN-L4-0a', 'RKN-L4-0b']],
    ['RKN-0.2. Each of the fourteen', ['RKN-0.2']],
    ['SM-5.4-3b', ['SM-5.4-3b']],
    ['the award of SM-14.2a', []],
    ['X-16 SM-14.3 the bar', ['SM-14.3']],
    ['SM-14.2a/a SM-14.6 SM-14.7 in full', ['SM-14.2a', 'SM-14.6', 'SM-14.7']],
    ['the bar of X-16', []],
  ])('of %j', (title, ids) => {
    expect(idsAtTheHeadOf(title)).toEqual(ids);
  });
});

describe('proofs at the head of a title', () => {
  test.each<[string, string[]]>([
    ['RKN-S4c/c,d,f reads stop', ['RKN-S4c/c', 'RKN-S4c/d', 'RKN-S4c/f']],
    ['SM-14.2b/a–d a notice covers', ['SM-14.2b/a', 'SM-14.2b/b', 'SM-14.2b/c', 'SM-14.2b/d']],
    ['X-20, RKN-S4b/b closed as sufficient', ['X-20', 'RKN-S4b/b']],
    ['RKN-L2a/b RKN-L4-1/b above what was paid', ['RKN-L2a/b', 'RKN-L4-1/b']],
    ['RKN-L* INT-08 what came back', ['RKN-L*', 'INT-08']],
    ['T-29 a lock is told to nobody', ['T-29']],
    ['SM-14.4-1-0/a the bank at fault', ['SM-14.4-1-0/a']],
    ['one of RKN-S4c/e', []],
  ])('of %j', (title, proofs) => {
    expect(proofsAtTheHeadOf(title)).toEqual(proofs);
  });
});

describe('the inventory of proofs', () => {
  const proofs = { 'SM-1.1': 'ab', 'SM-1.2': '', 'X-05': '' };
  const titled = (path: string, ...named: string[]): TitledTest[] =>
    named.map((one) => ({ path, title: one, ids: [], proofs: [one] }));
  const everything = ['SM-1.1/a', 'SM-1.1/b', 'SM-1.2', 'X-05'];

  test('a case is proven by an API or a story test that begins with it, and by nothing else', () => {
    expect(unproven(proofs, titled('a.api-spec.ts', ...everything))).toEqual([]);
    expect(unproven(proofs, titled('a.story-spec.ts', ...everything.slice(1)))).toEqual([
      'SM-1.1/a',
    ]);
    expect(unproven(proofs, titled('a.spec.ts', ...everything))).toEqual(everything);
  });

  test('the bare id proves no case, and a case proves a clause whose proof has none', () => {
    expect(unproven(proofs, titled('a.api-spec.ts', 'SM-1.1', 'SM-1.2/a', 'X-05'))).toEqual([
      'SM-1.1/a',
      'SM-1.1/b',
    ]);
  });

  test('a letter that no proof has is named, of clauses in the inventory only', () => {
    expect(unknownCases(proofs, titled('a.spec.ts', 'SM-1.1/c', 'SM-9.9/c', 'SM-1.1/b'))).toEqual([
      'SM-1.1/c',
    ]);
  });

  test('both stand in the map as gaps', () => {
    const tests = titled('a.spec.ts', 'SM-1.1/c');
    const gaps = mapClauses([], new Map(), tests, { 'SM-1.1': 'a' }).gaps;
    expect(gaps.map(({ kind, id }) => [kind, id])).toEqual([
      ['no_proof', 'SM-1.1/a'],
      ['unknown_case', 'SM-1.1/c'],
    ]);
  });

  test('a describe proves nothing; the rows of a table do', () => {
    const source = `
      describe('SM-1.1/a a group', () => {
        test('SM-1.1/b inside', () => {});
        test.each([['X-05 later', 1]])('%s', () => {});
      });`;
    expect(testsIn('a.api-spec.ts', source).flatMap((one) => one.proofs)).toEqual([
      'SM-1.1/b',
      'X-05',
    ]);
  });
});

describe('titles in a spec source', () => {
  const titles = (source: string) => testsIn('a.spec.ts', source).map(({ title }) => title);

  test('plain, concurrent, template and describe titles are read; ids elsewhere are not', () => {
    expect(
      titles(`
        test('SM-1.1 plain', () => expect(code).toBe('SM-9.9'));
        it.concurrent('SM-1.2 beside others', () => {});
        describe('SM-1.3 a group', () => {});
        test(\`SM-1.4 \${name}\`, () => {});
        test(\`\${id} everything\`, () => {});
        const clause = 'SM-9.8';
      `),
    ).toEqual(['SM-1.1 plain', 'SM-1.2 beside others', 'SM-1.3 a group', 'SM-1.4 ']);
  });

  test('the rows of a table carry the ids that its title leaves open', () => {
    expect(
      titles(`
        const rows = [row('SM-2.1/a', 100), ['SM-2.2/b', 1], { n: 1, clause: 'SM-2.3 x' }];
        test.each(rows)('%s', () => {});
        test.each([['SM-2.4', 1]] as const)('%s is %s', () => {});
        test.each([...rows])('$clause', () => {});
        test.each([['SM-8.8', 1]])('SM-2.5 of %s', () => {});
      `),
    ).toEqual([
      'SM-2.1/a',
      'SM-2.2/b',
      'SM-2.3 x',
      'SM-2.4',
      'SM-2.1/a',
      'SM-2.2/b',
      'SM-2.3 x',
      'SM-2.5 of %s',
    ]);
  });
});

const words = { ja: '規則。', en: 'A rule.' } as const;
const about = { kind: 'rule', bearer: 'institution' } as const;
const contractOf = (clauses: Contract['articles'][number]['clauses']): Contract => ({
  source: 'SM',
  name: { ja: '規定', en: 'Terms' },
  edition: 'R4.7',
  effectiveFrom: CivilDate.from('2022-07-01'),
  articles: [article('SM-1', { ja: '第1条', en: 'Article 1' }, clauses)],
});

const whole = [
  enforce('SM-1.1', { ...words, ...about, key: 'a', needs: ['noticeDate'], rule: () => true }),
  record('SM-1.2', { ...words, ...about, key: 'b', asks: ['grounds'] }),
  inform('SM-1.3', { ...words, ...about, key: 'c', shownAt: ['terms'] }),
  missing('SM-R1', { ...words, ...about, presupposedBy: ['SM-1.1'] }),
];
const places = new Map(whole.map(({ id }) => [id as string, 'sm-terms/article-01.ts']));
const testsOf = (...ids: string[]): TitledTest[] =>
  ids.map((id) => ({ path: 'a.spec.ts', title: `${id} holds`, ids: [id], proofs: [id] }));
const allTested = testsOf('SM-1.1', 'SM-1.2', 'SM-1.3', 'SM-R1');

describe('the map', () => {
  const gapsOf = (
    clauses: Parameters<typeof contractOf>[0],
    declared = places,
    tests = allTested,
  ) => mapClauses([contractOf(clauses)], declared, tests).gaps.map(({ kind, id }) => [kind, id]);

  test('four clauses, each bound by its force and tested: no gap', () => {
    const map = mapClauses([contractOf(whole)], places, allTested);
    expect(mapAsJson(map)).toEqual({
      rules: 4,
      bound: { rule: 1, record: 1, display: 1, missing: 1 },
      tested: 4,
      gaps: [],
    });
    expect(mapAsText(map)).toContain('4 rules: 1 rule, 1 record, 1 display, 1 missing; 4 tested');
  });

  test('a clause without a test, a test without a clause', () => {
    expect(gapsOf(whole, places, testsOf('SM-1.1', 'SM-1.2', 'SM-1.3', 'SM-7.7'))).toEqual([
      ['no_test', 'SM-R1'],
      ['orphan_test', 'SM-7.7'],
    ]);
  });

  test('an article may head a title without being a clause; half a number may not', () => {
    expect(gapsOf(whole, places, [...allTested, ...testsOf('SM-1')])).toEqual([]);
    const tenth = whole.map((clause) =>
      clause.id === 'SM-1.1' ? { ...clause, id: 'SM-10.1' as const } : clause,
    );
    const declared = new Map(tenth.map(({ id }) => [id as string, 'x.ts']));
    const tests = testsOf('SM-10.1', 'SM-1.2', 'SM-1.3', 'SM-R1', 'SM-10', 'SM-R');
    expect(gapsOf(tenth, declared, [...tests, ...testsOf('SM-1.20')])).toEqual([
      ['unknown_reference', 'SM-R1'],
      ['orphan_test', 'SM-1.20'],
    ]);
  });

  test('a clause that nobody declares in a file, one that stands in no contract', () => {
    const declared = new Map([...places].slice(1)).set('SM-1.9', 'sm-terms/article-01.ts');
    expect(gapsOf(whole, declared)).toEqual([
      ['no_binding', 'SM-1.1'],
      ['declared_outside', 'SM-1.9'],
    ]);
  });

  test('a record that asks nothing, words that are no sentence, a reference to nowhere', () => {
    const [first, , third, fourth] = whole;
    const broken = [
      { ...first!, refers: ['SM-4.4'] as const },
      record('SM-1.2', { ...words, ...about, key: 'b', asks: [] }),
      { ...third!, ja: '規則', en: 'A rule' },
      fourth!,
    ];
    expect(gapsOf(broken)).toEqual([
      ['unknown_reference', 'SM-1.1'],
      ['no_binding', 'SM-1.2'],
      ['no_words', 'SM-1.3'],
      ['no_words', 'SM-1.3'],
    ]);
  });

  test('two entries of one id are one clause only while their days do not meet', () => {
    const [first] = whole;
    const next = { ...first!, from: '2027-01-01' };
    expect(gapsOf([...whole, next])).toEqual([['declared_twice', 'SM-1.1']]);
    expect(gapsOf([{ ...first!, until: '2026-12-31' }, next, ...whole.slice(1)])).toEqual([]);
  });

  test('declarations are found by the call that names the force', () => {
    const source = `article('SM-1', t, [enforce('SM-1.1', {}), other('SM-1.2'), missing('SM-R1', {})])`;
    expect([...declarationsIn('x.ts', source)]).toEqual([
      ['SM-1.1', 'x.ts'],
      ['SM-R1', 'x.ts'],
    ]);
  });

  test('a woven page shows words, force, code and tests side by side', () => {
    const contract = contractOf(whole);
    const pages = weave([contract], mapClauses([contract], places, allTested));
    expect([...pages.keys()]).toEqual(['README.md', 'sm-1.md']);
    expect(pages.get('sm-1.md')).toContain('| 規則 / rule | 規則。 | A rule. |');
    expect(pages.get('sm-1.md')).toContain('`a.spec.ts`');
    expect(pages.get('README.md')).toContain('[SM-1](sm-1.md)');
  });
});
