import {
  brokenGuards,
  seenToFail,
} from '../../libs/contracts/src/machines/explorer/broken-guards.js';
import {
  exploreAll,
  rowsNeverWalked,
  sayViolations,
} from '../../libs/contracts/src/machines/explorer/all-worlds.js';

/**
 * `npm run campaign -- explorer`: walks every state, deadline and notice of every machine and judges
 * the invariants I1 to I10 and the laws of each world. Violations are printed with their shortest way.
 * Then takes away one guard after another and looks whether the invariant that it keeps is broken.
 */
export async function run(options: { json: boolean; args: string[] }): Promise<{
  name: string;
  figures: Record<string, number | null>;
  reasons?: Record<string, string>;
  conditions: Record<string, unknown>;
}> {
  const began = performance.now();
  const reports = exploreAll();
  const seconds = (performance.now() - began) / 1000;
  const unnoticed = brokenGuards.filter((guard) => !seenToFail(guard));
  const neverWalked = rowsNeverWalked(reports);
  const sum = (of: (report: (typeof reports)[number]) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  if (!options.json) {
    for (const { world, states, transitions, refusals } of reports) {
      process.stdout.write(
        `${world}: ${states} states, ${transitions} transitions, ${refusals} refusals\n`,
      );
    }
    for (const violation of sayViolations(reports)) process.stdout.write(`${violation}\n`);
  }
  return {
    name: 'explorer',
    figures: {
      worlds: reports.length,
      machines: new Set(reports.map(({ machine }) => machine)).size,
      states: sum(({ states }) => states),
      transitions: sum(({ transitions }) => transitions),
      refusals: sum(({ refusals }) => refusals),
      violations: sum(({ violations }) => violations.length),
      rows_never_walked: neverWalked.length,
      guards_removed: brokenGuards.length,
      invariants_seen_to_fail: brokenGuards.length - unnoticed.length,
      explorer_s: Math.round(seconds * 1000) / 1000,
    },
    reasons: { ...sayNeverWalked(neverWalked), ...sayUnnoticed(unnoticed) },
    conditions: {
      node: process.version,
      worlds: Object.fromEntries(
        reports.map(({ world, states, transitions, violations }) => [
          world,
          { states, transitions, violations },
        ]),
      ),
      broken_without: Object.fromEntries(
        [...new Set(brokenGuards.map(([invariant]) => invariant))].map((invariant) => [
          invariant,
          brokenGuards.filter(([one]) => one === invariant).map(([, without]) => without),
        ]),
      ),
    },
  };
}

const sayNeverWalked = (rows: readonly string[]): Record<string, string> =>
  rows.length === 0 ? {} : { rows_never_walked: rows.join('; ') };

const sayUnnoticed = (guards: typeof brokenGuards): Record<string, string> =>
  Object.fromEntries(
    guards.map(([invariant, without]) => [
      `${invariant} without ${without}`,
      'The invariant holds all the same: it was not seen to fail.',
    ]),
  );
