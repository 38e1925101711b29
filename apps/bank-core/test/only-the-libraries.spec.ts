import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as contracts from '#libs/contracts';
import type { Words } from '#libs/kernel';
import { liabilityRefusals } from '#libs/liability';

const { decisionRefusals, machineRefusals } = contracts;
const LIBRARY: Readonly<Record<string, Words>> = {
  ...machineRefusals,
  ...decisionRefusals,
  ...liabilityRefusals,
};
const MACHINES = Object.entries(contracts).flatMap(([name, value]) =>
  name.endsWith('Machine') ? [[name, value as { rows: readonly TableRow[] }] as const] : [],
);
interface TableRow {
  readonly from: readonly string[];
  readonly to: string;
}
const STATES = new Set(
  MACHINES.flatMap(([, { rows }]) => rows.flatMap(({ from, to }) => [...from, to])),
);

/** The rooms in which the contract is at work (RKN-0 to RKN-D, SM-13, SM-14). */
const ROOMS = ['measures', 'links', 'matters', 'cases', 'reviews', 'agreements', 'incidents'] as const;
const SOURCES = join(process.cwd(), 'apps/bank-core/src');

interface Source {
  readonly path: string;
  readonly text: string;
}
const sourcesIn = (folder: string): readonly Source[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly Source[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    const isSource = /\.tsx?$/.test(entry.name) && !/spec\.tsx?$/.test(entry.name);
    return isSource ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
const matches = (sources: readonly Source[], pattern: RegExp): string[] =>
  sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, found]) => found ?? ''));

/** The codes for which a room's own `*.refusals.ts` write a sentence in both languages. */
const written = (sources: readonly Source[]): Map<string, Words> =>
  new Map(
    sources
      .filter(({ path }) => path.endsWith('.refusals.ts'))
      .flatMap(({ text }) => [
        ...text.matchAll(/\b([a-z_]+): \{[^{}]*?ja:\s*(['"])(.*?)\2,\s*en:\s*(['"])(.*?)\4/gs),
      ])
      .map(([, code = '', , ja = '', , en = '']) => [code, { ja, en }]),
  );

/** Refusals that belong to neighbours or to the platform, with sentences of their own there. */
const ELSEWHERE = ['role_missing', 'not_found', 'document_unknown'];
/** Said of an institution's own values, and not by a machine: unset is always a refusal (INT-12). */
const OF_PARAMETERS = ['parameter_unset', 'parameter_malformed'];
/** What an intermediary is told at its call, in words for it; the library's are for who moves the matter. */
const TOLD_OUTSIDE = ['linkage_suspended'];

const IN_OTHER_WORDS = [...OF_PARAMETERS, ...TOLD_OUTSIDE];

describe.each(ROOMS)('the room %s', (room) => {
  const sources = sourcesIn(join(SOURCES, room));
  const own = written(sources);

  test('refuses with a code of the libraries, or with one of the house that it has words for', () => {
    const refused = new Set([
      ...matches(sources, /refused\(\s*'([a-z_]+)'/g),
      ...matches(sources, /\bcode: '([a-z_]+)'/g),
    ]);
    const named = new Set([...Object.keys(LIBRARY), ...own.keys(), ...ELSEWHERE, ...OF_PARAMETERS]);
    expect([...refused].filter((code) => !named.has(code))).toEqual([]);
  });

  test('says nothing of its own where a library has said it', () => {
    const again = [...own].filter(([code]) => code in LIBRARY && !IN_OTHER_WORDS.includes(code));
    for (const [code, words] of again)
      expect({ code, ...words }).toEqual({ code, ...LIBRARY[code] });
  });

  test('looks at no state that no machine has', () => {
    const looked = matches(sources, /\b(?:name|state|cameTo) (?:===|!==) '([A-Z][A-Z_]+)'/g);
    expect(looked.filter((state) => !STATES.has(state))).toEqual([]);
  });

  test('keeps machines of the libraries and none of its own', () => {
    const kept = matches(sources, /readonly machine = (\w+);/g);
    const known = MACHINES.map(([name]) => name);
    expect(kept.filter((name) => !known.includes(name))).toEqual([]);
    const tables = sources.filter(({ text }) => /\browsOf</.test(text)).map(({ path }) => path);
    expect(tables).toEqual([]);
  });
});

describe('the search finds what it looks for', () => {
  const all = ROOMS.flatMap((room) => sourcesIn(join(SOURCES, room)));

  test('refusals, words, states and machines are there to be judged', () => {
    expect(matches(all, /refused\(\s*'([a-z_]+)'/g).length).toBeGreaterThan(50);
    expect(written(all).size).toBeGreaterThan(20);
    expect(matches(all, /readonly machine = (\w+);/g).sort()).toEqual(
      expect.arrayContaining(['chainMachine', 'holdMachine', 'linkMachine', 'reviewMachine']),
    );
    expect(matches(all, /\b(?:name|state) === '([A-Z][A-Z_]+)'/g).length).toBeGreaterThan(5);
    expect(STATES.size).toBeGreaterThan(40);
  });
});
