import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { tryGuards } from './guards/try-guards.js';
import { onOwnGround } from './ledger-ground/ground.js';

/** Each guard of the ledger taken away in turn, and what caught its absence. */
export async function run(_options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const since = stopwatch();
  const { figures, caughtBy, control } = await onOwnGround((ground) =>
    tryGuards(ground, {
      onResult: (guard, findings) => {
        process.stderr.write(`${guard}: ${findings.join('; ') || 'nothing'}\n`);
      },
    }),
  );
  return {
    name: 'guards',
    figures: { ...figures },
    ...(control.length === 0 ? {} : { reasons: { control_violations: control.join('; ') } }),
    conditions: {
      seconds: Math.round(elapsedMs(since) / 1000),
      caught_by: caughtBy,
    },
  };
}
