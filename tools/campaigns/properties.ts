import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { projectRoot } from '../project.js';
import { inThreads } from '../thread-pool.js';
import { loadSpecs } from './mutation/spec-collection.js';
import type { PropertyRun } from './properties/run-properties.js';
import type { Share } from './properties/spec-worker.js';

/** The compiled specs of the libraries that speak of fast-check. */
const propertySpecs = (): string[] =>
  globSync('dist/libs/**/*.spec.js', { cwd: projectRoot })
    .map((path) => join(projectRoot, path))
    .filter((path) => readFileSync(path, 'utf8').includes("from 'fast-check'"))
    .sort();

/** Runs every test of `files` in threads, each thread with all specs loaded once. */
async function runInThreads(
  files: readonly string[],
  runs: number,
  threads: number,
): Promise<PropertyRun[]> {
  const tests = await loadSpecs(projectRoot, files);
  const shares = tests.map(({ id }): Share => ({ files, test: id, runs }));
  const module = new URL('./properties/spec-worker.js', import.meta.url);
  return (await inThreads<Share, PropertyRun[]>(module, shares, threads)).flat();
}

/**
 * Every fast-check property of the pure libraries under 10,000 runs (interpretations.md, gate C6).
 * `npm run campaign -- properties [-- --runs=10000 --workers=2]`.
 */
export async function run({ args }: { json: boolean; args: string[] }) {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '10000' },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const runs = Number(values.runs);
  // Specs that read the number themselves take it from here; the others from the global setting.
  process.env['RENKEI_PROPERTY_RUNS'] = String(runs);
  const since = stopwatch();
  const seen = await runInThreads(propertySpecs(), runs, Number(values.workers));
  const broken = seen.filter((one) => one.broken !== undefined);
  const short = seen.filter((one) => one.broken === undefined && one.runs < runs);
  const reasons = Object.fromEntries([
    ...broken.map(({ test, broken: why }) => [test, why ?? '']),
    ...short.map(({ test, runs: own }) => [test, `sets its own number of runs: ${own}`]),
  ]);
  return {
    name: 'properties',
    figures: {
      properties: seen.length,
      with_all_runs: seen.length - short.length - broken.length,
      broken: broken.length,
      runs_total: seen.reduce((sum, one) => sum + one.runs, 0),
    },
    ...(Object.keys(reasons).length > 0 ? { reasons } : {}),
    conditions: {
      runs,
      workers: Number(values.workers),
      seconds: Math.round(elapsedMs(since) / 1000),
      node: process.version,
    },
  };
}
