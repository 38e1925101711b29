import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { EVENT_TYPE_PATTERNS, EVENT_TYPES, eventTypes } from './event-type.js';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..', '..');

test('docs/events.md names every type with its words', () => {
  const page = readFileSync(join(root, 'docs', 'events.md'), 'utf8').replace(/ +/g, ' ');
  const missing = EVENT_TYPES.filter((type) => {
    const { ja, en } = eventTypes[type];
    return !page.includes(`| \`${type}\` | ${ja} | ${en} |`);
  });
  expect(missing).toEqual([]);
});

test('a subscription may ask for everything, for a group, or for one type', () => {
  expect(EVENT_TYPE_PATTERNS).toEqual(expect.arrayContaining(['*', 'consent.*', 'link.resumed']));
  expect(new Set(EVENT_TYPE_PATTERNS).size).toBe(EVENT_TYPE_PATTERNS.length);
  for (const type of EVENT_TYPES) expect(type).toMatch(/^[a-z]+\.[a-z_]+$/);
});
