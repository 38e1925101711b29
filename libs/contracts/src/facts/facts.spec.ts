import { describe, expect, test } from '@jest/globals';
import { facts, factTables } from './index.js';

describe('facts', () => {
  test('a name stands in one table only', () => {
    const names = Object.values(factTables).flatMap((table) => Object.keys(table));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(Object.keys(facts).sort()).toEqual([...names].sort());
  });

  test('each fact has a name in Japanese and in English', () => {
    const nameless = Object.entries(facts).filter(
      ([, { ja, en }]) => !/[ぁ-んァ-ヶ一-龠]/.test(ja) || !/[a-z]/.test(en),
    );
    expect(nameless).toEqual([]);
  });
});
