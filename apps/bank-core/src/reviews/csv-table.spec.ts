import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemsFromCsv, templateCsv } from './csv-table.js';
import { neutral, plain } from './domain/cell.js';
import { DIVISIONS } from './domain/divisions.js';
import { STARTER_ITEMS } from './domain/starter/index.js';

describe('T-25 cells', () => {
  test('T-25 whatever a cell holds, it goes out as no formula and comes back as it was', () => {
    const head = fc.constantFrom(
      '',
      '=',
      '+',
      '-',
      '@',
      "'",
      "''",
      '\t',
      '\r',
      '＝',
      '＋',
      '－',
      '＠',
    );
    fc.assert(
      fc.property(head, fc.string({ unit: 'binary' }), (first, rest) => {
        const cell = neutral(first + rest);
        expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        expect(plain(cell)).toBe(first + rest);
      }),
      { numRuns: 2_000 },
    );
  });

  test('T-25 a foreign quote that protects nothing stays', () => {
    expect(plain("'quoted")).toBe("'quoted");
    expect(plain("'=1")).toBe('=1');
  });
});

describe('the starter template', () => {
  test('docs/checklists/starter.csv is what the room holds', () => {
    const path = join(process.cwd(), 'docs/checklists/starter.csv');
    const file = readFileSync(path);
    expect(file.toString('utf8')).toBe(templateCsv(STARTER_ITEMS));
    expect(itemsFromCsv(file)).toEqual({ ok: true, value: STARTER_ITEMS });
  });

  test('every division has its items, and what protects asks for evidence', () => {
    expect(STARTER_ITEMS.length).toBeGreaterThanOrEqual(40);
    const held = new Set(STARTER_ITEMS.map(({ division }) => division));
    expect([...held].sort((a, b) => a - b)).toEqual(DIVISIONS.map(({ number }) => number));
    expect(STARTER_ITEMS.filter(({ family }) => family === 'protection').length).toBeGreaterThan(
      20,
    );
    for (const { goal, example, appliesTo } of STARTER_ITEMS) {
      for (const { ja, en } of [goal, example]) {
        expect(ja.endsWith('。')).toBe(true);
        expect(en.endsWith('.')).toBe(true);
      }
      expect(appliesTo.length).toBeGreaterThan(0);
    }
  });
});
