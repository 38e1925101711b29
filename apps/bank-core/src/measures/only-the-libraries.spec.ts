import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chainMachine, holdMachine, machineRefusals, reviewMachine } from '#libs/contracts';
import { aboutOfLetter, ARRIVALS } from './domain/letter.js';
import { isLetterNotice, LETTER_WORDS } from './domain/letter-words.js';
import { HOUSE_REFUSALS, measureSentences } from './domain/measure.refusals.js';
import { REVIEW_STEPS } from './domain/review-steps.js';
import { STOP_STEPS } from './domain/stop-steps.js';
import { measureStatuses } from './http/measure.problems.js';
import { DONE_ELSEWHERE, DONE_HERE } from './measure-matter.js';

const MACHINES = [reviewMachine, chainMachine] as const;
/** The hold belongs to the room of links; its letters are written here. */
const WRITING = [...MACHINES, holdMachine] as const;
const rowsOf = (machines: readonly (typeof WRITING)[number][]) =>
  machines.flatMap(({ rows: all }) =>
    all.map(({ event, notices, effects, from, to }) => ({ event, notices, effects, from, to })),
  );
const rows = rowsOf(MACHINES);

/** The sources of the room, not its specs. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!spec)\.ts$/.test(entry.name) && !entry.name.includes('spec') ? [path] : [];
  });
const text = sources(join(process.cwd(), 'apps/bank-core/src/measures')).map((path) =>
  readFileSync(path, 'utf8'),
);

describe('the room has no state, step, notice or refusal that the libraries do not name', () => {
  test('every code refused here is a machine’s, or one of the house’s few', () => {
    const named = new Set([...Object.keys(machineRefusals), ...HOUSE_REFUSALS]);
    const refusedHere = text.flatMap((source) =>
      [...source.matchAll(/refused\(\s*'([a-z_]+)'/g)].map(([, code]) => code ?? ''),
    );
    expect(refusedHere.length).toBeGreaterThan(4);
    expect(refusedHere.filter((code) => !named.has(code))).toEqual([]);
    const unnamed = Object.keys(measureStatuses).filter((code) => !named.has(code));
    expect(unnamed).toEqual([]);
    expect(Object.keys(measureStatuses).every((code) => code in measureSentences)).toBe(true);
  });

  test('every state written here in capitals is a state of a machine', () => {
    const states = new Set<string>(rows.flatMap(({ from, to }) => [...from, to]));
    const written = text.flatMap((source) =>
      [...source.matchAll(/name === '([A-Z_]+)'/g)].map(([, name]) => name ?? ''),
    );
    expect(written.length).toBeGreaterThan(4);
    expect(written.filter((name) => !states.has(name))).toEqual([]);
  });

  test('every step that officers may propose is an event of its machine', () => {
    const events = (machine: (typeof MACHINES)[number]) =>
      new Set<string>(machine.rows.map(({ event }) => event));
    expect(REVIEW_STEPS.filter((step) => !events(reviewMachine).has(step))).toEqual([]);
    expect(STOP_STEPS.filter((step) => !events(chainMachine).has(step))).toEqual([]);
  });

  test('every notice to an intermediary can be written, and none that no machine sends', () => {
    const sent = new Set<string>(
      rowsOf(WRITING).flatMap(({ notices }) =>
        notices.flatMap(({ kind, to }) => (to === 'epsp' ? [kind] : [])),
      ),
    );
    expect([...sent].filter((kind) => !isLetterNotice(kind))).toEqual([]);
    expect(Object.keys(LETTER_WORDS).filter((kind) => !sent.has(kind))).toEqual([]);
  });

  test('every arrival that a machine waits for is told to it', () => {
    const events = new Set<string>(rows.map(({ event }) => event));
    for (const [notice, { type, field }] of Object.entries(ARRIVALS)) {
      expect(events.has(type)).toBe(true);
      expect(aboutOfLetter(notice, { [field]: 'id_1' })).toBe('id_1');
    }
    expect(aboutOfLetter('measure_lifted', { demandId: 'dem_1' })).toBeUndefined();
  });

  test('every effect that a machine asks for is done by somebody', () => {
    const asked = new Set(rows.flatMap(({ effects }) => effects));
    const done: readonly string[] = [...DONE_HERE, ...DONE_ELSEWHERE];
    expect([...asked].filter((effect) => !done.includes(effect))).toEqual([]);
  });
});
