import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { allTables } from './explorer/all-tables.js';

const folder = new URL('../../../../../libs/contracts/test/machines/', import.meta.url);

describe('the tables as people review them', () => {
  // A change of a table is read there, line by line, before it is committed with the code.
  test.each(Object.entries(allTables))(
    '%s is what test/machines shows: run dist/tools/machines/write-tables.js and read the change',
    (name, text) => {
      expect(readFileSync(new URL(`${name}.txt`, folder), 'utf8').split('\n')).toEqual(
        text.split('\n'),
      );
    },
  );

  test('there is one file for each machine and none besides', () => {
    const names = Object.keys(allTables).map((name) => `${name}.txt`);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });
});
