import { expect, test } from '@jest/globals';
import { canonicalJson, CivilDate } from '#libs/kernel';
import { openCase, replayCase } from '#libs/liability';
import { inputsFrom } from './decision-inputs.js';
import { eventFrom, readStored } from './stored-values.js';

test('what was stored reads back to the same case, and writes to the same bytes', () => {
  const report = {
    type: 'loss_reported',
    institution: '2963',
    lossYen: 9_007_199_254_740_993n,
    category: 'fraud',
    occurredAt: 1,
    knownAt: 2,
  } as const;
  const opened = openCase(report, 3);
  if (!opened.ok) throw new Error(opened.refusal.code);
  const [text] = opened.value.events.map((event) => canonicalJson(event));
  const replayed = replayCase([eventFrom(text ?? '')]);
  expect(replayed).toEqual(opened);
  expect(canonicalJson(replayed.ok && replayed.value)).toBe(canonicalJson(opened.value));
});

test('yen are known by their member, and a text of digits elsewhere stays a text', () => {
  expect(readStored('{"amountYen":"5","id":"12","fee":"0","bounds":["0","7"],"x":"7"}')).toEqual({
    amountYen: 5n,
    id: '12',
    fee: 0n,
    bounds: [0n, 7n],
    x: '7',
  });
});

test('inputs read back with their dates', () => {
  const stored = canonicalJson({
    asOf: CivilDate.from('2026-11-22'),
    entries: [{ parameter: 'P.sm.x', effectiveFrom: CivilDate.from('2022-07-01') }],
    choices: [],
  });
  const inputs = inputsFrom(stored);
  expect(inputs.asOf.toString()).toBe('2026-11-22');
  expect(canonicalJson(inputs)).toBe(stored);
});
