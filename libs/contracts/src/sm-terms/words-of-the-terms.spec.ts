import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clausesOf, parametersOf, type AnyClause } from '../clause.js';
import { facts } from '../facts/index.js';
import { readingIds } from '../readings.js';
import { smSampleValues } from '../samples/sm-sample-values.js';
import { smParameters, smTerms } from './index.js';
import { smRegister } from './register.js';

const clauses = clausesOf(smTerms);
const parameters = Object.values(smParameters);
const member = (clause: AnyClause, name: string): unknown =>
  (clause as unknown as Record<string, unknown>)[name];
const idsWhere = (isWrong: (clause: AnyClause) => boolean) =>
  clauses.filter(isWrong).map(({ id }) => id);

/** Digits in a sentence, ids of clauses and articles of law left out. */
const numbersIn = (sentence: string): number[] =>
  (
    sentence
      .normalize('NFKC')
      .replace(/(?:SM|RKN)-\S+/g, '')
      .match(/\d+/g) ?? []
  ).map(Number);
const sorted = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b);

/** Every test title of this folder and of decisions/, as the compiled specs hold them. */
function titles(): string[] {
  return ['.', '../decisions', '../scenarios'].flatMap((folder) => {
    const path = join(import.meta.dirname, folder);
    return readdirSync(path)
      .filter((file) => file.endsWith('.spec.js'))
      .flatMap((file) => [
        ...readFileSync(join(path, file), 'utf8').matchAll(/['"`]((?:SM|X)-[^'"`]+)['"`]/g),
      ])
      .map((match) => match[1] ?? '');
  });
}

describe('the words of the terms', () => {
  test('1. the ids of the articles are those of the register, in its order', () => {
    expect(clauses.map(({ id }) => id)).toEqual(smRegister.map(([id]) => id));
    expect(clauses).toHaveLength(113);
  });

  test('2. each key phrase is that of the register, at most 24 characters, and unique', () => {
    const keys = smRegister.flatMap(([, key]) => (key === undefined ? [] : [key]));
    expect(clauses.flatMap(({ key }) => (key === undefined ? [] : [key]))).toEqual(keys);
    expect(keys.filter((key) => [...key].length > 24)).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
    const digests = smRegister.filter(([, key]) => key !== undefined).map(([, , digest]) => digest);
    expect(digests.filter((digest) => !/^[0-9a-f]{12}$/.test(digest ?? ''))).toEqual([]);
  });

  test('3. each clause speaks Japanese and English in whole sentences of its own', () => {
    expect(idsWhere(({ ja }) => !/[ぁ-ん]/.test(ja) || !ja.endsWith('。'))).toEqual([]);
    expect(idsWhere(({ en }) => !/^[A-Z]/.test(en) || !en.endsWith('.'))).toEqual([]);
    const bare = (text: string) => text.replaceAll(/[。….]/g, '');
    expect(idsWhere(({ ja, key }) => key !== undefined && bare(ja) === bare(key))).toEqual([]);
    expect(new Set(clauses.map(({ ja }) => ja)).size).toBe(clauses.length);
    expect(new Set(clauses.map(({ en }) => en)).size).toBe(clauses.length);
  });

  test.each(clauses.map((clause) => [clause.id, clause] as const))(
    '%s 4. every figure stands in both sentences and is read by the rule, and no other number is there',
    (_id, clause) => {
      const figures = (member(clause, 'figures') ?? {}) as Record<string, number>;
      const stated = sorted(Object.values(figures));
      expect(sorted(numbersIn(clause.ja))).toEqual(stated);
      expect(sorted(numbersIn(clause.en))).toEqual(stated);
      const rule = String(member(clause, 'rule') ?? '');
      for (const name of Object.keys(figures)) expect(rule).toContain(name);
    },
  );

  test('5. the force fits the members', () => {
    const has = (name: string) => (clause: AnyClause) => member(clause, name) !== undefined;
    const broken = idsWhere((clause) => {
      const [needs, rule, asks, shownAt, presumed] = [
        'needs',
        'rule',
        'asks',
        'shownAt',
        'presupposedBy',
      ].map((name) => has(name)(clause));
      const shape = [needs, rule, asks, shownAt, presumed].map(Number).join('');
      const expected = { enforce: '11000', record: '00100', inform: '00010', missing: '00001' };
      return shape !== expected[clause.force];
    });
    expect(broken).toEqual([]);
    expect(idsWhere(({ force, id }) => (force === 'missing') !== id.startsWith('SM-R'))).toEqual(
      [],
    );
    expect(idsWhere(({ force, key }) => (force === 'missing') !== (key === undefined))).toEqual([]);
    const named = clauses.flatMap((clause) => [
      ...((member(clause, 'needs') ?? []) as string[]),
      ...((member(clause, 'asks') ?? []) as string[]),
    ]);
    expect(named.filter((name) => !Object.hasOwn(facts, name))).toEqual([]);
  });

  test('5. what the text leaves open is a parameter, cited by the clauses that it names', () => {
    const cited = new Set(clauses.flatMap(parametersOf).map(({ id }) => id));
    expect(parameters.filter(({ id }) => !cited.has(id)).map(({ id }) => id)).toEqual([]);
    const unknown = parameters.flatMap(({ id, clauses: by }) =>
      by.filter((clause) => !clauses.some((one) => one.id === clause)).map((one) => `${id} ${one}`),
    );
    expect(unknown).toEqual([]);
    const silent = parameters.flatMap((parameter) => {
      const first = clauses.find(({ id }) => id === parameter.clauses[0]);
      return first && parametersOf(first).includes(parameter) ? [] : [parameter.id];
    });
    expect(silent).toEqual([]);
  });

  test('5. every parameter has a constraint in words, refuses nonsense, and takes its sample', () => {
    for (const { id, constraint, unit, ja, en } of parameters) {
      expect([constraint.ja, constraint.en, unit, ja, en].every((text) => text.length > 0)).toBe(
        true,
      );
      for (const nonsense of [undefined, null, -1, 1.5, 'nonsense', ['nonsense'], { x: 1 }]) {
        expect({ id, nonsense, read: constraint.read(nonsense) }).toEqual({ id, nonsense });
      }
      expect(constraint.read(smSampleValues[id as keyof typeof smSampleValues])).toBeDefined();
    }
    expect(Object.keys(smSampleValues).sort()).toEqual(parameters.map(({ id }) => id).sort());
  });

  test('5. the readings that a clause names are entries of the register', () => {
    const named = clauses.flatMap(({ readings = [] }) => readings);
    expect(named.filter((id) => !readingIds.includes(id))).toEqual([]);
  });

  test('6. at least one test title begins with the id', () => {
    const heads = titles().flatMap((title) => title.match(/(?:SM)-[^\s/:,]+/g) ?? []);
    expect(idsWhere(({ id }) => !heads.includes(id))).toEqual([]);
  });
});
