import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';

const SIDES = ['bank-core', 'gateway'];
const folderOf = (side: string) => join(projectRoot, 'apps', side, 'migrations');
const shaOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** `merged.sha256` as sha256sum writes it: what is merged, by its name. */
const mergedIn = (side: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(folderOf(side), 'merged.sha256'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  '))
      .map(([sha = '', name = '']) => [name, sha]),
  );

describe.each(SIDES)('the migrations of %s', (side) => {
  const merged = mergedIn(side);

  // A database that has run one never runs it again, so what is edited there reaches new databases alone.
  test('what is merged is never edited: a change is a new migration', () => {
    expect(merged.size).toBeGreaterThan(10);
    const edited = [...merged].filter(([name, sha]) => shaOf(join(folderOf(side), name)) !== sha);
    expect(edited.map(([name]) => name)).toEqual([]);
  });

  test('whatever is not merged yet comes after everything that is', () => {
    const newest = [...merged.keys()].sort().at(-1) ?? '';
    const files = readdirSync(folderOf(side)).filter((name) => /^\d{12}-.*\.ts$/.test(name));
    expect(files.filter((name) => !merged.has(name) && name < newest)).toEqual([]);
  });
});
