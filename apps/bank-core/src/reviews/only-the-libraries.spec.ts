import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { machineRefusals, reviewMachine } from '#libs/contracts';
import { HOUSE_REFUSALS, reviewSentences } from './domain/review.refusals.js';
import { reviewStatuses } from './http/review.problems.js';

const states = new Set<string>(reviewMachine.rows.flatMap(({ from, to }) => [...from, to]));
const events = new Set<string>(reviewMachine.rows.map(({ event }) => event));

/** The sources of the room, not its specs. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.includes('spec') ? [path] : [];
  });
const text = sources(join(process.cwd(), 'apps/bank-core/src/reviews')).map((path) =>
  readFileSync(path, 'utf8'),
);
const found = (pattern: RegExp): string[] =>
  text.flatMap((source) => [...source.matchAll(pattern)].map(([, word]) => word ?? ''));

describe('the room has no state, step or refusal that the libraries do not name', () => {
  test('every code refused here is a machine’s, or one of the house', () => {
    const named = new Set<string>([...Object.keys(machineRefusals), ...HOUSE_REFUSALS]);
    const refusedHere = [...found(/refused\(\s*'([a-z_]+)'/g), ...found(/code: '([a-z_]+)'/g)];
    expect(refusedHere.length).toBeGreaterThan(20);
    expect(refusedHere.filter((code) => !named.has(code))).toEqual([]);
    expect(Object.keys(reviewStatuses).filter((code) => !named.has(code))).toEqual([]);
    expect(Object.keys(reviewStatuses).filter((code) => !(code in reviewSentences))).toEqual([]);
  });

  test('the house has no refusal that it never gives', () => {
    // What is too large is refused by whoever reads the file (libs/platform).
    const reader = readFileSync(join(process.cwd(), 'libs/platform/src/file-body.ts'), 'utf8');
    const all = [...text, reader].join('\n');
    const given = HOUSE_REFUSALS.filter((code) => all.split(`'${code}'`).length > 2);
    expect(HOUSE_REFUSALS.filter((code) => !given.includes(code))).toEqual([]);
  });

  test('every event told here is one of the review’s machine', () => {
    const told = found(/type: '([a-z_]+_[a-z_]+)'/g);
    expect(new Set(told)).toEqual(
      new Set([
        'checklist_submitted',
        'assessment_opened',
        'checklist_returned',
        'found_compliant',
        'standard_published',
      ]),
    );
    expect(told.filter((event) => !events.has(event))).toEqual([]);
  });

  test('no state of a review is written here: what the machine answers is what is shown', () => {
    const written = found(/'([A-Z]{3,}(?:_[A-Z]+)*)'/g);
    expect(written.filter((word) => states.has(word))).toEqual([]);
    expect(states.has('RETURNED')).toBe(true);
  });
});
