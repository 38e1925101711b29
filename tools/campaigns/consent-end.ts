import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { endConsents } from './consent-end/end-consents.js';
import { onGatewayGround } from './gateway-ground/ground.js';

const NODES = 2;
/** A dead consent is useless at once, and its grant gone within this time at the 99th percentile (RKN-S1/c). */
const GONE_MS = 2_000;

/** `npm run campaign -- consent-end`: ends many consents, one by one and all at once, and times their grants. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      steady: { type: 'string', default: '1000' },
      burst: { type: 'string', default: '1000' },
      'at-once': { type: 'string', default: '4' },
    },
  });
  const since = stopwatch();
  const asked = {
    steady: Number(values.steady),
    burst: Number(values.burst),
    atOnce: Number(values['at-once']),
  };
  const ends = await onGatewayGround({ nodes: NODES }, (stage) => endConsents(stage, asked));
  const all = [...ends.steadyMs, ...ends.burstMs];
  return {
    name: 'consent-end',
    figures: {
      ended: ends.ended,
      late: all.filter((ms) => !(ms <= GONE_MS)).length,
      late_reads: ends.lateReads,
      reads: ends.reads,
      late_refreshes: ends.lateRefreshes,
      refreshes: ends.refreshes,
      not_gone: ends.notGone,
      left: ends.left,
      p50_ms: quantile(all, 0.5),
      p99_ms: quantile(all, 0.99),
      steady_p99_ms: quantile(ends.steadyMs, 0.99),
      burst_p99_ms: quantile(ends.burstMs, 0.99),
      max_ms: quantile(all, 1),
    },
    conditions: {
      seconds: Math.round(elapsedMs(since) / 1000),
      gateways: NODES,
      ...asked,
      late: `grants that were still there ${GONE_MS} ms after the commit of the end`,
      late_reads: 'begun after the commit of the end and not answered with 401',
      late_refreshes: 'on grants that had ended, at every process, and not invalid_grant',
      p99_ms: 'from the commit of the end at bank-core until the grant was gone at the gateway',
    },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
}
