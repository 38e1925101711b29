import { assert } from '#libs/kernel';
import pg from 'pg';
import { cloneBank, type Ground } from '../ledger-ground/ground.js';
import { alter, type Alteration } from './alterations.js';
import { buildBarriers } from './barrier.js';
import { guards as everyGuard, turn, type Guard } from './guards.js';
import { Stage, type Trial } from './stage.js';
import { allTrials, targeted } from './trials/index.js';

export interface GuardsFigures {
  readonly guards: number;
  readonly caught: number;
  readonly missed: number;
  readonly control_violations: number;
}

export interface GuardsResult {
  readonly figures: GuardsFigures;
  readonly caughtBy: Readonly<Record<string, string>>;
  /** What the unaltered ledger, or the ledger without its batches' turn, showed: nothing in a sound one. */
  readonly control: readonly string[];
}

export interface TryOptions {
  readonly guards?: readonly Guard[];
  readonly trials?: readonly Trial[];
  readonly onResult?: (guard: string, findings: readonly string[]) => void;
}

/**
 * Takes one guard after another away and plays every trial. A guard is caught by what is found without it and not
 * with it; both runs lack the guards that stand before it.
 */
export async function tryGuards(ground: Ground, options: TryOptions = {}): Promise<GuardsResult> {
  const guards = options.guards ?? everyGuard;
  const trials = options.trials ?? allTrials;
  const say = options.onResult ?? (() => undefined);
  const control = [
    ...(await play(ground, [], trials)),
    ...(await play(ground, turn.away, trials)).map((found) => `${turn.name}: ${found}`),
  ];
  say('control', control);
  const withoutFront = new Map<string, ReadonlySet<string>>();
  const caughtBy: Record<string, string> = {};
  let caught = 0;
  for (const guard of guards) {
    const front = (guard.behind ?? []).flatMap((name) => guardOf(name).away);
    const isPlain = front.length === 0;
    // Chance finds other things in a crowd each time: where two runs are compared, only what is certain is played.
    const played = isPlain ? trials : trials.filter((trial) => targeted.includes(trial));
    const key = String(guard.behind);
    const before =
      withoutFront.get(key) ?? new Set(isPlain ? [] : await play(ground, front, played));
    withoutFront.set(key, before);
    const found = await play(ground, [...front, ...guard.away], played);
    const own = found.filter((finding) => !before.has(finding));
    if (own.length > 0) caught += 1;
    caughtBy[guard.name] = own.length > 0 ? own.join('; ') : 'nothing';
    say(guard.name, own);
  }
  const count = guards.length;
  const figures = {
    guards: count,
    caught,
    missed: count - caught,
    control_violations: control.length,
  };
  return { figures, caughtBy, control };
}

function guardOf(name: string): Guard {
  const guard = everyGuard.find((each) => each.name === name);
  assert(guard, `There is no guard ${name}.`);
  return guard;
}

/** Plays the trials on a fresh database with the alterations. Findings begin with the trial that found them. */
async function play(
  ground: Ground,
  alterations: readonly Alteration[],
  trials: readonly Trial[],
): Promise<string[]> {
  const clone = await cloneBank(ground);
  const admin = new pg.Client({ connectionString: clone.adminUrl });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    // Who waits in a ring is told at once: the second that PostgreSQL waits by itself proves nothing more.
    await admin.query(`do $$ begin
      execute format('alter database %I set deadlock_timeout = %L', current_database(), '50ms'); end $$`);
    await buildBarriers(admin);
    await alter(admin, alterations);
    const findings: string[] = [];
    for (const [index, trial] of trials.entries()) {
      const stage = await Stage.set(clone, admin, index + 1);
      await trial.play(stage);
      findings.push(...(await stage.judge()).map((found) => `${trial.name}: ${found}`));
    }
    return findings;
  } finally {
    await admin.end();
    await clone.drop();
  }
}
