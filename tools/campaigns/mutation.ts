import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { instantToWire } from '#libs/kernel';
import { elapsedMs, machineNow, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { areas, type Area } from './mutation/areas.js';
import { figuresOf, reasonsOf, reviewedSurvivors } from './mutation/survivors.js';
import { mutate } from './mutation/workshop.js';

/** Whether the area mutates this file: a pattern takes it in and none takes it out. */
export const isOf = (area: Area, file: string): boolean =>
  area.mutate.some((pattern) => !pattern.startsWith('!') && matchesGlob(file, pattern)) &&
  !area.mutate.some((pattern) => pattern.startsWith('!') && matchesGlob(file, pattern.slice(1)));

/** What an earlier result says of one area: its figures, its survivors, when it ran. */
export function earlierOf(area: Area, earlier: Measured): Omit<Measured, 'name'> {
  const figures = Object.entries(earlier.figures).filter(([key]) =>
    key.startsWith(`${area.name}_`),
  );
  const reasons = Object.entries(earlier.reasons ?? {}).filter(([name]) =>
    isOf(area, name.split(' · ')[0] ?? ''),
  );
  return {
    figures: Object.fromEntries(figures),
    reasons: Object.fromEntries(reasons),
    conditions: { [area.name]: earlier.conditions[area.name] },
  };
}

/** Mutates one area, or some of its files, and judges what lived. */
async function measureArea(area: Area, files: readonly string[], withStatic: boolean) {
  const since = stopwatch();
  const at = instantToWire(machineNow());
  const mutants = await mutate(files.length > 0 ? { ...area, mutate: files } : area, withStatic);
  const survivors = reviewedSurvivors(area.name);
  const seconds = Math.round(elapsedMs(since) / 1000);
  const aside = withStatic ? {} : { leftOut: 'what only runs while a module loads' };
  const part = files.length > 0 ? { files } : {};
  return {
    figures: figuresOf(area.name, area.gate, mutants, survivors),
    reasons: reasonsOf(mutants, survivors),
    conditions: { [area.name]: { at, seconds, ...aside, ...part } },
  };
}

/**
 * Mutation testing of the pure libraries with Stryker (interpretations.md, gate C8). A survivor is
 * listed with the reason that stands in `mutation/survivors/`; only one that changes no behaviour
 * is left out of the score. `npm run campaign -- mutation [-- --area=kernel … --file=libs/… …
 * --without-static --others-from=docs/campaigns/mutation.json]`.
 */
export async function run({ args }: { args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      area: { type: 'string', multiple: true },
      // A part of the area's files: for the desk, not for the record.
      file: { type: 'string', multiple: true, default: [] },
      // What runs while a module loads costs a fresh load for every mutant.
      'without-static': { type: 'boolean', default: false },
      // The areas that do not run keep what this earlier result says of them.
      'others-from': { type: 'string' },
    },
  });
  const earlier =
    values['others-from'] === undefined
      ? undefined
      : (JSON.parse(readFileSync(values['others-from'], 'utf8')) as Measured);
  const whole = { figures: {}, reasons: {}, conditions: {} };
  for (const area of areas) {
    const files = values.file.filter((file) => isOf(area, file));
    const isChosen =
      values.file.length > 0 ? files.length > 0 : (values.area?.includes(area.name) ?? true);
    if (!isChosen && !earlier) continue;
    const part = isChosen
      ? await measureArea(area, files, !values['without-static'])
      : earlierOf(area, earlier as Measured);
    Object.assign(whole.figures, part.figures);
    Object.assign(whole.reasons, part.reasons);
    Object.assign(whole.conditions, part.conditions);
  }
  const runner = 'Stryker 10, specs in process, one worker';
  const setAside = 'sentences for people and of assertions';
  return { name: 'mutation', ...whole, conditions: { runner, setAside, ...whole.conditions } };
}
