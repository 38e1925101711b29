import {
  exploreAll,
  rowsNeverWalked,
  sayViolations,
} from '../../libs/contracts/src/machines/explorer/all-worlds.js';

/**
 * `npm run campaign -- explorer`: walks every state, deadline and notice of every machine and judges
 * the invariants I1 to I10 and the laws of each world. Violations are printed with their shortest way.
 */
export async function run(options: { json: boolean; args: string[] }): Promise<{
  name: string;
  figures: Record<string, number | null>;
  conditions: Record<string, unknown>;
}> {
  const began = performance.now();
  const reports = exploreAll();
  const seconds = (performance.now() - began) / 1000;
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
      rows_never_walked: rowsNeverWalked(reports).length,
      explorer_s: Math.round(seconds * 1000) / 1000,
    },
    conditions: {
      node: process.version,
      worlds: Object.fromEntries(
        reports.map(({ world, states, transitions, violations }) => [
          world,
          { states, transitions, violations },
        ]),
      ),
    },
  };
}
