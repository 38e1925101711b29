import type { MachineEvent } from '../step.js';
import { explore, type Report, type World } from './explore.js';
import { chainDisputeWorld, chainTermWorld, chainWatchWorld } from './worlds/chain-stop.js';
import { singleConsentWorld, standingConsentWorld } from './worlds/consent.js';
import { contractWorld } from './worlds/internet-banking-contract.js';
import { linkWorld } from './worlds/link.js';
import { mailPasswordWorld } from './worlds/mail-password.js';
import { tokenWorld } from './worlds/one-time-password-token.js';
import { holdWorld } from './worlds/protective-hold.js';
import { disputeWorld, rhythmWorld } from './worlds/security-review.js';
import { reservationWorld, rolledWorld, sameDayWorld } from './worlds/transfer.js';

/** One world by its name; it is walked when asked for, and only once. */
export interface Walk {
  readonly world: string;
  readonly report: () => Report;
}

function walkOf<N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
): Walk {
  let done: Report | undefined;
  return { world: world.name, report: () => (done ??= explore(world)) };
}

/** Every world, ready to be walked. Each machine stands in at least one. */
export const walks: readonly Walk[] = [
  walkOf(disputeWorld),
  walkOf(rhythmWorld),
  walkOf(chainDisputeWorld),
  walkOf(chainWatchWorld),
  walkOf(chainTermWorld),
  walkOf(linkWorld),
  walkOf(holdWorld),
  walkOf(standingConsentWorld),
  walkOf(singleConsentWorld),
  walkOf(sameDayWorld),
  walkOf(rolledWorld),
  walkOf(reservationWorld),
  walkOf(tokenWorld),
  walkOf(mailPasswordWorld),
  walkOf(contractWorld),
];

/** All reports, one world after the other. */
export const exploreAll = (): readonly Report[] => walks.map(({ report }) => report());

/** A violation as people read it: what broke, and the shortest way there. */
export const sayViolations = (reports: readonly Report[]): readonly string[] =>
  reports.flatMap(({ world, violations }) =>
    violations.map(({ invariant, what, path }) =>
      [`${world}: ${invariant}: ${what}`, ...path.map((line) => `  ${line}`)].join('\n'),
    ),
  );

/** Rows of the tables that no world of their machine has walked. */
export function rowsNeverWalked(reports: readonly Report[]): readonly string[] {
  const machines = [...new Set(reports.map(({ machine }) => machine))];
  return machines.flatMap((machine) => {
    const [first, ...others] = reports.filter((report) => report.machine === machine);
    return (first?.rowsNotTaken ?? [])
      .filter((row) => others.every(({ rowsNotTaken }) => rowsNotTaken.includes(row)))
      .map((row) => `${machine} ${row}`);
  });
}
