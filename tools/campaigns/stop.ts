import { parseArgs } from 'node:util';
import { Failure } from '../failure.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { onGatewayGround } from './gateway-ground/ground.js';
import { BOUND_MS, cutOff } from './stop/cut-off.js';
import { stopAndRelease, THROUGH } from './stop/cycles.js';
import { Officers } from './stop/officers.js';

/** The officers' part is played here: PostgreSQL, bank-core and the gateways are processes of their own. */
const NODES = 3;
/** A node that closed is watched for longer than its lease. */
const WATCH_MS = 2_600;

/** 1,000 stops and releases under load with three gateway processes; then one of them is cut off. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      cycles: { type: 'string', default: '1000' },
      'cut-offs': { type: 'string', default: '10' },
      seed: { type: 'string', default: '20261122' },
      /** Stops through the whole of RKN-S4, by the protective hold, or one after the other. */
      through: { type: 'string', default: 'both' },
    },
  });
  const through = THROUGH.find((one) => one === values.through);
  if (!through)
    throw new Failure({
      ja: `--through は ${THROUGH.join('、')} のいずれかです。`,
      en: `--through is one of ${THROUGH.join(', ')}.`,
    });
  const since = stopwatch();
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const seed = Number(values.seed);
  const cutOffs = { rounds: Number(values['cut-offs']), watchMs: WATCH_MS, judgesTimes: true };
  const { cycles, island } = await onGatewayGround({ nodes: NODES }, async (stage) => {
    const officers = await Officers.logIn(stage);
    try {
      const cycles = await stopAndRelease(stage, officers, {
        cycles: Number(values.cycles),
        seed,
        through,
        boundMs: BOUND_MS,
        onCycle: tell,
      });
      return { cycles, island: await cutOff(stage, officers, cutOffs, tell) };
    } finally {
      await officers.close();
    }
  });
  const { closedMs, stopMs, findings, ...counted } = cycles;
  const all = [...findings, ...island.findings];
  const { served_blind: servedBlind, reopened } = island.figures;
  const late = counted.late_reads + counted.late_pushes + counted.late_confirmations;
  return {
    name: 'stop',
    figures: {
      ...counted,
      late: late + servedBlind + reopened,
      p50_ms: quantile(closedMs, 0.5),
      p99_ms: quantile(closedMs, 0.99),
      max_ms: quantile(closedMs, 1),
      stop_ms_p99: quantile(stopMs, 0.99),
      ...island.figures,
    },
    ...(all.length === 0 ? {} : { reasons: { findings: all.slice(0, 20).join('; ') } }),
    conditions: {
      seconds: Math.round(elapsedMs(since) / 1000),
      gateways: NODES,
      seed,
      through,
      late_reads: 'begun after the commit of the stop, answered as allowed by any node',
      late_pushes:
        'accepted by any node, begun 500 ms after the commit or after that node had named the stop',
      late_confirmations: 'debits committed after the stop, from a snapshot taken after its commit',
      p99_ms:
        'from the commit until every node refused pushes, and accepted none any more until the release',
      late: 'late_reads, late_pushes, late_confirmations, served_blind and reopened',
      watched_pushes: 'began after the 500 ms: so many could have been late',
      served_blind:
        'accepted after a node had closed, after its lease of 2 s, or 500 ms after a stop whose change was lost',
    },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
}
