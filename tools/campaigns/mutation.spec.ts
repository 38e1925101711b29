import { describe, expect, test } from '@jest/globals';
import { figuresOf, survivorName } from './mutation.js';
import { areas } from './mutation/areas.js';
import { sentenceReason } from './mutation/sentences.js';
import { mutantsOf } from './mutation/workshop.js';

const mutant = (status: string, replacement = 'false') => ({
  file: 'libs/kernel/src/yen.ts',
  line: 3,
  text: 'return a < b ? a : b;',
  mutator: 'ConditionalExpression',
  original: 'a < b',
  replacement,
  status,
});

describe('the figures of the mutation campaign', () => {
  test('killed and timed out are dead; survived and uncovered live; what did not compile is left out', () => {
    const mutants = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError'].map((status) =>
      mutant(status),
    );
    expect(figuresOf('yen', 100, mutants, {})).toEqual({
      yen_mutants: 4,
      yen_killed: 2,
      yen_timed_out: 1,
      yen_equivalent: 0,
      yen_score: 50,
      yen_gate: 100,
    });
  });

  test('a survivor with a reason is equivalent; one more of the same kind elsewhere is not', () => {
    const [known, fresh] = [mutant('Survived', 'a <= b'), mutant('Survived', 'true')];
    const excuses = { [survivorName(known)]: 'equal amounts are the same amount' };
    expect(figuresOf('yen', 100, [mutant('Killed'), known], excuses)).toMatchObject({
      yen_equivalent: 1,
      yen_score: 100,
    });
    expect(figuresOf('yen', 100, [mutant('Killed'), known, fresh], excuses)).toMatchObject({
      yen_score: 50,
    });
  });

  test('a score is rounded down, so that a gate is never met by rounding', () => {
    const mutants = [...Array.from({ length: 29_999 }, () => mutant('Killed')), mutant('Survived')];
    expect(figuresOf('yen', 100, mutants, {})).toMatchObject({ yen_score: 99.99 });
  });

  test('an area without mutants has no score', () => {
    expect(figuresOf('yen', 100, [], {})).toMatchObject({ yen_mutants: 0, yen_score: null });
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

describe('reading the report', () => {
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
