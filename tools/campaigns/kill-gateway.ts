import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { onGatewayGround } from './gateway-ground/ground.js';
import { killUnderLoad } from './kill-gateway/run-kills.js';

const NODES = 3;

/** 1,000 rounds of kill -9 of gateway processes under load: no grant is lost, nothing is accepted twice. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      rounds: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '20261122' },
    },
  });
  const since = stopwatch();
  const seed = Number(values.seed);
  const onRound = (line: string): void => void process.stderr.write(`${line}\n`);
  const { kills, tally, orphans } = await onGatewayGround({ nodes: NODES }, (stage) =>
    killUnderLoad(stage, { rounds: Number(values.rounds), seed, onRound }),
  );
  const { findings } = tally;
  return {
    name: 'kill-gateway',
    figures: {
      rounds: kills.rounds,
      ...tally.figures,
      orphaned_consents: orphans,
      recovery_ms_p50: quantile(kills.recoveryMs, 0.5),
      recovery_ms_p99: quantile(kills.recoveryMs, 0.99),
      outage_ms_max: Math.round(tally.outageMs),
    },
    ...(findings.length === 0 ? {} : { reasons: { findings: findings.slice(0, 30).join('; ') } }),
    conditions: {
      seconds: Math.round(elapsedMs(since) / 1000),
      gateways: NODES,
      seed,
      recovery_ms:
        'from the kill until the process in its place is ready, streams of the bank read',
      outage_ms_max:
        'longest time in which no call of any client was served, one process left each time',
      lost_grants:
        'refresh tokens handed out, all used again at the end; agreements that reached no client; orphans',
      orphaned_consents:
        'authorised at bank-core 60 s after the end, and no token to be had on them',
      replayed: 'taken by a process shortly before its kill, sent again when another stood there',
    },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
}
