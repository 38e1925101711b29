import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { projectRoot } from '../project.js';
import { loadSpecs, type SpecTest } from './mutation/spec-collection.js';

/** One `fc.assert` as it ran: the test it stands in, how often it was tried, whether it broke. */
export interface PropertyRun {
  readonly test: string;
  readonly runs: number;
  readonly broken?: string;
}

/** Runs tests one by one and collects every property that they assert, under `runs` runs each. */
export async function runProperties(
  tests: readonly SpecTest[],
  runs: number,
): Promise<PropertyRun[]> {
  const seen: PropertyRun[] = [];
  let current = '';
  fc.configureGlobal({
    numRuns: runs,
    reporter: (details) => {
      if (!details.failed) {
        seen.push({ test: current, runs: details.numRuns });
        return;
      }
      const broken = fc.defaultReportMessage(details) ?? 'failed';
      seen.push({ test: current, runs: details.numRuns, broken });
      throw new Error(broken);
    },
  });
  try {
    for (const test of tests) {
      current = test.id;
      const before = seen.length;
      try {
        await test.run();
      } catch (error) {
        // A broken property has reported itself; a test that fails otherwise beside one is named too.
        if (seen.length === before) continue;
        if (seen.at(-1)?.broken === undefined) {
          seen.push({ test: current, runs: 0, broken: String(error) });
        }
      }
    }
  } finally {
    fc.resetConfigureGlobal();
  }
  return seen;
}

/** The compiled specs of the libraries that speak of fast-check. */
const propertySpecs = (): string[] =>
  globSync('dist/libs/**/*.spec.js', { cwd: projectRoot })
    .map((path) => join(projectRoot, path))
    .filter((path) => readFileSync(path, 'utf8').includes("from 'fast-check'"))
    .sort();

/**
 * Every fast-check property of the pure libraries under 10,000 runs (interpretations.md, gate C6).
 * `npm run campaign -- properties [-- --runs=10000]`.
 */
export async function run({ args }: { json: boolean; args: string[] }) {
  const { values } = parseArgs({
    args,
    options: { runs: { type: 'string', default: '10000' } },
  });
  const runs = Number(values.runs);
  // Specs that read the number themselves take it from here; the others from the global setting.
  process.env['RENKEI_PROPERTY_RUNS'] = String(runs);
  const since = stopwatch();
  const seen = await runProperties(await loadSpecs(projectRoot, propertySpecs()), runs);
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
      seconds: Math.round(elapsedMs(since) / 1000),
      node: process.version,
    },
  };
}
