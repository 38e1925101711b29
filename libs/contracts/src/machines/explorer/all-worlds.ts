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

const walk =
  <N extends string, F, E extends MachineEvent, C extends string, G>(
    world: World<N, F, E, C, G>,
  ): (() => Report) =>
  () =>
    explore(world);

/** Every world, ready to be walked. Each machine stands in at least one. */
export const walks: readonly (() => Report)[] = [
  walk(disputeWorld),
  walk(rhythmWorld),
  walk(chainDisputeWorld),
  walk(chainWatchWorld),
  walk(chainTermWorld),
  walk(linkWorld),
  walk(holdWorld),
  walk(standingConsentWorld),
  walk(singleConsentWorld),
  walk(sameDayWorld),
  walk(rolledWorld),
  walk(reservationWorld),
  walk(tokenWorld),
  walk(mailPasswordWorld),
  walk(contractWorld),
];

/** All reports, one world after the other. */
export const exploreAll = (): readonly Report[] => walks.map((one) => one());

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
