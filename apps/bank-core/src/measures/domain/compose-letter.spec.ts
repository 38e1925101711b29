import { describe, expect, test } from '@jest/globals';
import { instantToWire, type Instant } from '#libs/kernel';
import { composeLetter, type LetterFacts } from './compose-letter.js';
import type { LetterNotice } from './letter-words.js';

const NOW = Date.parse('2026-12-01T01:00:00.250Z') as Instant;
const DECIDED_FOR = NOW - 250;
const rate = { right: 'full_rate', reach: 'all', callsPerMinuteMax: 60 } as const;

const letter = (notice: LetterNotice, changes: Partial<LetterFacts> = {}) =>
  composeLetter({
    notice,
    clause: 'RKN-S4c',
    issuer: { ja: '中央労働金庫', en: 'Chuo Labour Bank' },
    addressee: { ja: '株式会社みなと家計 御中', en: 'Minato Kakei Inc.' },
    partner: undefined,
    subject: 'ntc_1',
    event: {},
    announced: { noticeId: 'ntc_1', kind: 'restriction', removed: [rate], leadHours: 72 },
    duties: [],
    at: NOW,
    ...changes,
  });
const valuesOf = (notice: LetterNotice, changes?: Partial<LetterFacts>) =>
  letter(notice, changes).parts.flatMap(({ values = [] }) =>
    values.map(({ label, value }) => [label.ja, label.en, value.ja, value.en]),
  );

describe('when a measure takes effect, and when it ends', () => {
  const now = instantToWire(NOW);
  const decidedFor = instantToWire(DECIDED_FOR);

  test.each([
    ['measure_in_force', '効力の発生', 'In effect from'],
    ['measure_lifted', '再開の時刻', 'Resumed at'],
    ['partner_resumed', '再開の時刻', 'Resumed at'],
  ] as const)('RKN-S4c RKN-C2b %s names the moment in both languages', (notice, ja, en) => {
    expect(valuesOf(notice)).toContainEqual([ja, en, now, now]);
    expect(valuesOf(notice).map(([label]) => label)).not.toContain('定めた時刻');
  });

  test('RKN-S4c a step that was decided for later names that moment as well', () => {
    const timed = valuesOf('measure_in_force', { event: { effectiveAt: DECIDED_FOR } });
    expect(timed).toEqual(
      expect.arrayContaining([
        ['定めた時刻', 'Set for', decidedFor, decidedFor],
        ['効力の発生', 'In effect from', now, now],
      ]),
    );
  });

  test('RKN-S4c a prior notice names no moment: its lead runs from its arrival', () => {
    expect(valuesOf('measure_announced').map(([, label]) => label)).toEqual(['Kind', 'Lead']);
  });
});

test('INT-17 of a lowered rate the notice says how many calls are left', () => {
  const rows = letter('measure_announced').parts.flatMap(({ table }) => table?.rows ?? []);
  expect(rows[0]?.[0]).toEqual({
    ja: '通常の通信量（毎分60回までは可）',
    en: 'the full rate of calls (up to 60 a minute are left)',
  });
});
