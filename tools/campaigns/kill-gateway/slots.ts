import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';
import { seeded } from '../oracle/random.js';

export interface KillOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly onRound?: (line: string) => void;
  /** The process in this place is gone; what it answers is called when another serves there. */
  readonly onKilled?: (at: number) => () => Promise<void>;
  /** More rounds than asked for, at most `FURTHER_MAX`, until this is true. */
  readonly isEnough?: () => boolean;
}

const FURTHER_MAX = 40;

export interface Kills {
  rounds: number;
  /** From each kill until the process that took its place serves. */
  readonly recoveryMs: number[];
}

/** A process lives so long before it is killed: shorter than any flow, longer than any call. */
const [LIFE_MS_MIN, LIFE_MS_MAX] = [20, 500];

/**
 * kill -9 of one process after the other while its siblings serve. Several are down at once, each on its own way
 * back, so that a round costs little; one is always left, as a balancer's health check would have it.
 */
export async function killInTurn(stage: Stage, options: KillOptions): Promise<Kills> {
  const so: Kills = { rounds: 0, recoveryMs: [] };
  await endOnceInPeace(stage);
  const serving = new Set(stage.nodes);
  const isDone = (): boolean =>
    so.rounds >= options.rounds &&
    (so.rounds >= options.rounds + FURTHER_MAX || (options.isEnough?.() ?? true));
  await Promise.all(
    stage.nodes.map(async (node, at) => {
      const random = seeded(options.seed * 31 + at);
      const door = stage.doors[at];
      while (door && !isDone()) {
        await pause(random.between(LIFE_MS_MIN, LIFE_MS_MAX));
        if (serving.size === 1 || isDone()) continue;
        serving.delete(node);
        so.rounds += 1;
        const round = so.rounds;
        const since = stopwatch();
        await node.kill();
        const whenBack = options.onKilled?.(at);
        await node.start();
        await stage.ready(door);
        const recoveryMs = elapsedMs(since);
        so.recoveryMs.push(recoveryMs);
        await whenBack?.();
        serving.add(node);
        options.onRound?.(
          `${round} process ${at + 1} served again after ${Math.round(recoveryMs)} ms`,
        );
      }
    }),
  );
  return so;
}

/** Node keeps what it compiled when a process ends by itself; those that come after a kill then start sooner. */
async function endOnceInPeace({ nodes, doors, ready }: Stage): Promise<void> {
  const [node, door] = [nodes[0], doors[0]];
  if (!node || !door) return;
  await node.stop();
  await node.start();
  await ready(door);
}
