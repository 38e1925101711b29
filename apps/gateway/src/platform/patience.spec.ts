import { expect, test } from '@jest/globals';
import { Settings } from '#libs/platform';
import { readPatience, SHIPPED_PATIENCE } from './patience.js';

const read = (patience?: string, mode = 'test') =>
  readPatience(new Settings({ RENKEI_ENV: mode, GATEWAY_PATIENCE: patience }));

test('T-19 without a setting the gateway waits as it ships: the link lease is 2 s', () => {
  expect(read(undefined, 'production')).toBe(SHIPPED_PATIENCE);
  expect(read()).toMatchObject({ linkLeaseMs: 2_000 });
});

test('every limit becomes as many times as long', () => {
  const times = Object.entries(read('30')).map(
    ([name, ms]) => ms / SHIPPED_PATIENCE[name as keyof typeof SHIPPED_PATIENCE],
  );
  expect(new Set(times)).toEqual(new Set([30]));
});

test.each(['0', '1.5', '100', 'long', '-1'])('%s is no patience', (text) => {
  expect(() => read(text)).toThrow('GATEWAY_PATIENCE must be a whole number from 1 to 99.');
});

test('T-19 nobody lengthens the lease in production', () => {
  expect(() => read('2', 'production')).toThrow('not in production');
  expect(read('1', 'production')).toEqual(SHIPPED_PATIENCE);
});
