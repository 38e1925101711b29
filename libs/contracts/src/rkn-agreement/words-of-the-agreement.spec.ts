import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { clausesOf, parametersOf, type AnyClause, type EnforcedClause } from '../clause.js';
import { facts } from '../facts/index.js';
import { AGREEMENT_INSTITUTIONS, preamble, rknAgreement, rknParameters } from './index.js';
import { rknRegister } from './register.js';

const clauses = clausesOf(rknAgreement);
const members = (clause: AnyClause) => clause as AnyClause & Record<string, unknown>;
const isEnforced = (clause: AnyClause): clause is EnforcedClause => clause.force === 'enforce';

/** Facts with which a clause that states figures is run, to see which of them its rule reads. */
const factsFor: Readonly<Record<string, object>> = {
  'RKN-0.2': {
    coveredInstitutions: AGREEMENT_INSTITUTIONS.map(({ code }) => code),
    institutionCode: '2963',
  },
};

describe('the words of the agreement', () => {
  test('1: the ids of the files are those of the register, none missing, none extra, in order', () => {
    expect(clauses.map(({ id }) => id)).toEqual(rknRegister.map(({ id }) => id));
    expect(clauses).toHaveLength(37);
  });

  test('2: each key phrase is the register’s, short, and unique in the agreement', () => {
    expect(clauses.map(({ key }) => key)).toEqual(rknRegister.map(({ key }) => key));
    expect(clauses.filter(({ key }) => [...(key ?? '')].length > 24)).toEqual([]);
    expect(new Set(clauses.map(({ key }) => key)).size).toBe(clauses.length);
    expect(new Set(rknRegister.map(({ digest }) => digest)).size).toBeGreaterThan(30);
  });

  test.each(clauses.map((clause) => [clause.id, clause] as const))(
    '3: %s says its rule in both languages, in whole sentences, beyond its key phrase',
    (_, { ja, en, key }) => {
      expect(ja).toMatch(/。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(ja.replace(/。$/, '')).not.toBe(key);
      expect([...ja].length).toBeGreaterThan([...(key ?? '')].length);
    },
  );

  test('4: every number in the sentences is a figure, and every figure is said and read', () => {
    for (const clause of clauses) {
      const figures = isEnforced(clause) ? clause.figures : {};
      const stated = Object.values(figures).map(String).sort();
      const digits = (text: string) => [...new Set(text.match(/\d+/g) ?? [])].sort();
      expect([clause.id, digits(clause.ja)]).toEqual([clause.id, stated]);
      expect([clause.id, digits(clause.en)]).toEqual([clause.id, stated]);
      if (!isEnforced(clause) || stated.length === 0) continue;
      const read = new Set<string>();
      const watched = new Proxy(figures, {
        get: (target, name) => {
          read.add(String(name));
          return Reflect.get(target, name) as number;
        },
      });
      clause.rule(factsFor[clause.id] as never, watched, {} as never);
      expect([clause.id, ...read]).toEqual([clause.id, ...Object.keys(figures)]);
    }
  });

  test('4: another figure gives another answer', () => {
    const clause = preamble.clause('RKN-0.2');
    const given = factsFor['RKN-0.2'] as Parameters<typeof clause.rule>[0];
    expect(clause.rule(given, { labourBanks: 13 }, {})).toBe('covered');
    expect(clause.rule(given, { labourBanks: 12 as 13 }, {})).toBe('institution_not_covered');
  });

  test('5: the force fits the members, and what a clause asks about is a fact', () => {
    for (const clause of clauses) {
      const { needs, asks, rule, shownAt } = members(clause);
      const shape = [needs, rule, asks, shownAt].map((member) => member !== undefined);
      const expected = {
        enforce: [true, true, false, false],
        record: [false, false, true, false],
        inform: [false, false, false, true],
        missing: [],
      }[clause.force];
      expect([clause.id, ...shape]).toEqual([clause.id, ...expected]);
      for (const name of [...((needs ?? []) as string[]), ...((asks ?? []) as string[])]) {
        expect(Object.keys(facts)).toContain(name);
      }
    }
  });

  test('5: every parameter of the agreement is cited by the clauses that it names', () => {
    for (const one of Object.values(rknParameters)) {
      const citing = clauses.filter((clause) => parametersOf(clause).includes(one));
      expect([one.id, citing.map(({ id }) => id).sort()]).toEqual([
        one.id,
        [...one.clauses].sort(),
      ]);
      expect(one.constraint.read(Symbol('anything'))).toBeUndefined();
    }
  });

  test('5: what a clause refers to exists in one of the two texts', () => {
    const known = new Set<string>(clauses.map(({ id }) => id));
    const references = clauses.flatMap(({ refers, overrides }) => [
      ...(refers ?? []),
      ...(overrides ?? []),
    ]);
    expect(references.filter((id) => id.startsWith('RKN') && !known.has(id))).toEqual([]);
  });

  test('6: at least one test title begins with the id of each clause', () => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const specs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.spec.js'))
      .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
      .join('\n');
    const titled = (id: string) =>
      new RegExp(`['"\`]${id.replace(/[.*]/g, '\\$&')}[/ ,]`).test(specs);
    expect(clauses.map(({ id }) => id).filter((id) => !titled(id))).toEqual([]);
  });
});
