import fc from 'fast-check';
import type { SpecTest } from '../mutation/spec-collection.js';

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
