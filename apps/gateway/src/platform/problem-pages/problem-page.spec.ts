import { describe, expect, test } from '@jest/globals';
import { problemCatalogue } from './generated/problem-catalogue.js';
import { toProblemPage } from './problem-page.dto.js';
import { problemPageOf, type ProblemEntry } from './problem-page.js';

const entry = (over: Partial<ProblemEntry> = {}): ProblemEntry => ({
  code: 'linkage_suspended',
  statuses: [403],
  sentences: [
    { ja: '連携は停止されています。', en: 'The link <is> suspended.', clause: 'RKN-S4c' },
    { ja: '停止中です。', en: 'It is stopped.', clause: 'RKN-S4c' },
  ],
  ...over,
});

describe('B-23 the page of a code', () => {
  test('says in the language asked for what it means, under which clause, with which status', () => {
    const ja = problemPageOf(entry(), 'ja');
    expect(ja).toContain('<html lang="ja">');
    for (const text of ['linkage_suspended', '連携は停止されています。', '停止中です。', '403'])
      expect(ja).toContain(text);
    expect(ja.match(/RKN-S4c/g)).toHaveLength(1);
    const en = problemPageOf(entry(), 'en');
    expect(en).toContain('<html lang="en">');
    expect(en).toContain('The link &lt;is&gt; suspended.');
    expect(en).not.toContain('停止中です。');
  });

  test.each<[string, number[], boolean]>([
    ['a refusal', [403], false],
    ['a limit', [429], true],
    ['an outage', [503], true],
    ['one of several', [409, 503], true],
    ['an OAuth error', [], false],
  ])('says whether to try again: %s', (_title, statuses, again) => {
    const one = entry({ statuses });
    expect(toProblemPage(one).retryable).toBe(again);
    expect(problemPageOf(one, 'en').includes('Send the same again')).toBe(again);
    expect(problemPageOf(one, 'en').includes('HTTP status')).toBe(statuses.length > 0);
  });

  test('every code of the table in the API is there', () => {
    const codes = new Set(problemCatalogue.map(({ code }) => code));
    const asked = ['invalid_token', 'linkage_suspended', 'maintenance', 'retired', 'not_found'];
    expect(asked.filter((code) => !codes.has(code))).toEqual([]);
  });
});
