import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { chunksOf, compareInChunks } from './oracle/in-chunks.js';

/**
 * 1,000,000 seeded random cases of SM-14, judged by the library and by a second implementation that
 * another author wrote from the text (interpretations.md, gate C7). Any difference is a finding: its
 * reasons name the first cases on which the two sides part.
 */
export async function run({ args }: { json: boolean; args: string[] }) {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '20261122' },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  const since = stopwatch();
  const chunks = chunksOf(cases, seed);
  const { differences, examples, classes } = await compareInChunks(chunks, Number(values.workers));
  const counted = Object.entries(classes).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: 'oracle',
    figures: {
      cases,
      differences,
      ...Object.fromEntries(counted.map(([name, count]) => [`class_${name}`, count])),
    },
    ...(differences === 0 ? {} : { reasons: { differences: described(examples) } }),
    conditions: {
      seed,
      workers: Number(values.workers),
      seconds: Math.round(elapsedMs(since) / 1000),
      compared: 'class or refusal, notice day, first covered day, covered, grounds, award, paid',
      readings: 'INT-01, 02, 03, 04, 05, 07, 20, 26 in every letter',
      node: process.version,
    },
  };
}

/** Yen have no JSON form of their own; days and words have. */
const described = (examples: readonly unknown[]): string =>
  JSON.stringify(examples, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
