import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';
import { earlierOf, isOf } from './mutation.js';
import { areas } from './mutation/areas.js';
import { sentenceReason } from './mutation/sentences.js';
import { figuresOf, reasonsOf, reviewedSurvivors } from './mutation/survivors.js';
import { mutantsOf } from './mutation/workshop.js';

const mutant = (status: string, replacement = 'false') => ({
  name: `libs/kernel/src/yen.ts · return a < b ? a : b; · a < b → ${replacement}`,
  file: 'libs/kernel/src/yen.ts',
  line: 3,
  text: 'return a < b ? a : b;',
  mutator: 'ConditionalExpression',
  original: 'a < b',
  replacement,
  status,
});

const noReasons = { equivalent: {}, accepted: {} };

describe('the figures of the mutation campaign', () => {
  test('killed and timed out are dead; survived and uncovered live; what did not compile is left out', () => {
    const mutants = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError'].map((status) =>
      mutant(status),
    );
    expect(figuresOf('yen', 100, mutants, noReasons)).toEqual({
      yen_mutants: 4,
      yen_killed: 2,
      yen_timed_out: 1,
      yen_equivalent: 0,
      yen_score: 50,
      yen_gate: 100,
      yen_unexplained: 2,
    });
  });

  test('an equivalent survivor leaves the score; one that is accepted or new does not', () => {
    const [known, kept, fresh] = [
      mutant('Survived', 'a <= b'),
      mutant('Survived', 'a > b'),
      mutant('Survived', 'true'),
    ];
    const reviewed = {
      equivalent: { [known.name]: 'Equal amounts are the same amount.' },
      accepted: { [kept.name]: 'Nobody asks.' },
    };
    expect(figuresOf('yen', 100, [mutant('Killed'), known], reviewed)).toMatchObject({
      yen_equivalent: 1,
      yen_score: 100,
      yen_unexplained: 0,
    });
    expect(figuresOf('yen', 100, [mutant('Killed'), known, kept], reviewed)).toMatchObject({
      yen_score: 50,
      yen_unexplained: 0,
    });
    const mutants = [mutant('Killed'), known, kept, fresh];
    expect(figuresOf('yen', 100, mutants, reviewed)).toMatchObject({
      yen_score: 33.33,
      yen_unexplained: 1,
    });
    expect(reasonsOf(mutants, reviewed)).toEqual({
      [known.name]: 'equivalent: Equal amounts are the same amount.',
      [kept.name]: 'Nobody asks.',
      [fresh.name]: 'line 3, Survived: no reason given',
    });
  });

  test('a reason whose mutant is killed by now is told', () => {
    const killed = mutant('Killed');
    const reviewed = { equivalent: { [killed.name]: 'No input tells.' }, accepted: {} };
    expect(reasonsOf([killed], reviewed)).toEqual({
      [killed.name]: 'killed by now: its reason can go',
    });
    expect(figuresOf('yen', 100, [killed], reviewed)).toMatchObject({ yen_equivalent: 0 });
  });

  test('a score is rounded down, so that a gate is never met by rounding', () => {
    const mutants = [...Array.from({ length: 29_999 }, () => mutant('Killed')), mutant('Survived')];
    expect(figuresOf('yen', 100, mutants, noReasons)).toMatchObject({ yen_score: 99.99 });
  });

  test('an area without mutants has no score', () => {
    expect(figuresOf('yen', 100, [], noReasons)).toMatchObject({
      yen_mutants: 0,
      yen_score: null,
    });
  });

  test('dates and money must be killed entirely, the rest to 95 per cent', () => {
    expect(areas.map(({ name, gate }) => [name, gate])).toEqual([
      ['kernel', 100],
      ['compensation', 95],
      ['recourse', 95],
      ['machines', 95],
    ]);
  });
});

describe.each(areas)('the reviewed survivors of $name', (area) => {
  const { equivalent, accepted } = reviewedSurvivors(area.name);
  const entries = Object.entries({ ...accepted, ...equivalent });

  test('each stands in one list, says why, and names a line that its file still has', () => {
    expect(Object.keys(equivalent).filter((name) => name in accepted)).toEqual([]);
    const adrift = entries.filter(([name, reason]) => {
      const [file = '', text = ''] = name.split(' · ');
      if (!isOf(area, file) || !existsSync(join(projectRoot, file))) return true;
      const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n');
      return !lines.some((line) => line.trim() === text) || reason.trim().length < 10;
    });
    expect(adrift).toEqual([]);
  });
});

describe('an earlier result', () => {
  const kernel = areas[0]!;

  test('a file is of the area that mutates it; its specs are of none', () => {
    expect(areas.filter((area) => isOf(area, 'libs/kernel/src/yen.ts'))).toEqual([kernel]);
    expect(areas.filter((area) => isOf(area, 'libs/kernel/src/yen.spec.ts'))).toEqual([]);
    expect(areas.filter((area) => isOf(area, 'libs/liability/src/payments.ts'))).toMatchObject([
      { name: 'recourse' },
    ]);
  });

  test('an area that does not run keeps its figures, survivors and conditions', () => {
    const yen = mutant('Survived').name;
    const earlier = {
      name: 'mutation',
      figures: { kernel_mutants: 3, recourse_mutants: 4 },
      reasons: { [yen]: 'why', 'libs/liability/src/payments.ts · a · b → c': 'why' },
      conditions: { kernel: { seconds: 9 }, recourse: { seconds: 8 } },
    };
    expect(earlierOf(kernel, earlier)).toEqual({
      figures: { kernel_mutants: 3 },
      reasons: { [yen]: 'why' },
      conditions: { kernel: { seconds: 9 } },
    });
  });
});

describe('reading the report', () => {
  test('a mutant of a line that stands twice is told by its turn', () => {
    const at = (line: number) => ({
      mutatorName: 'BooleanLiteral',
      replacement: 'false',
      status: line === 1 ? 'Ignored' : 'Survived',
      location: { start: { line, column: 8 }, end: { line, column: 12 } },
    });
    const source = 'return true;\nreturn true;\nreturn true;\n';
    const read = mutantsOf({ files: { 'a.ts': { source, mutants: [at(3), at(1), at(2)] } } });
    expect(read.map(({ name, line }) => [line, name])).toEqual([
      [2, 'a.ts · return true; · true → false · 2nd'],
      [3, 'a.ts · return true; · true → false · 3rd'],
    ]);
  });

  test('a mutant is told by what it replaces; sentences set aside do not appear', () => {
    const location = { start: { line: 2, column: 8 }, end: { line: 3, column: 4 } };
    const read = mutantsOf({
      files: {
        'a.ts': {
          source: 'first\nreturn a\n < b;\n',
          mutants: [
            { mutatorName: 'EqualityOperator', replacement: 'a\n<= b', status: 'Killed', location },
            { mutatorName: 'StringLiteral', replacement: '""', status: 'Ignored', location },
          ],
        },
      },
    });
    expect(read).toEqual([
      {
        name: 'a.ts · return a · a <  → a <= b',
        file: 'a.ts',
        line: 2,
        text: 'return a',
        mutator: 'EqualityOperator',
        original: 'a < ',
        replacement: 'a <= b',
        status: 'Killed',
      },
    ]);
  });
});

describe('what is set aside', () => {
  const text = { type: 'StringLiteral', value: 'x' };
  test.each([
    [
      'a sentence in English',
      { node: text, parent: { type: 'ObjectProperty', key: { name: 'en' } } },
      true,
    ],
    ['a sentence in Japanese', { node: { type: 'StringLiteral', value: '理由' } }, true],
    [
      'the sentence of an assertion',
      {
        node: text,
        listKey: 'arguments',
        key: 1,
        parent: { type: 'CallExpression', callee: { name: 'assert' } },
      },
      true,
    ],
    [
      'the first argument of a refusal',
      {
        node: text,
        listKey: 'arguments',
        key: 0,
        parent: { type: 'CallExpression', callee: { name: 'refused' } },
      },
      false,
    ],
    ['a code', { node: text, parent: { type: 'ObjectProperty', key: { name: 'code' } } }, false],
    [
      'a number',
      { node: { type: 'NumericLiteral' }, parent: { type: 'ObjectProperty', key: { name: 'ja' } } },
      false,
    ],
  ])('%s', (_what, path, isSetAside) => {
    expect(sentenceReason(path) !== undefined).toBe(isSetAside);
  });
});
