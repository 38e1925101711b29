import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { fuzz } from './fuzz/run-fuzz.js';
import { onGatewayGround } from './gateway-ground/ground.js';

/** 200,000 generated requests over every route: no server error, nothing off the published schema, no leak. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      requests: { type: 'string', default: '200000' },
      seed: { type: 'string', default: '20261122' },
      only: { type: 'string' },
    },
  });
  const since = stopwatch();
  const seed = Number(values.seed);
  const { figures, findings, unreached } = await onGatewayGround({ nodes: 1 }, (stage) =>
    fuzz(stage, {
      requests: Number(values.requests),
      seed,
      only: values.only === undefined ? undefined : Number(values.only),
      onProgress: (words) => void process.stderr.write(`${words}\n`),
    }),
  );
  for (const finding of findings) process.stderr.write(`${finding}\n`);
  process.stderr.write(`nothing reached: ${unreached.join(', ') || 'none'}\n`);
  const seconds = elapsedMs(since) / 1000;
  return {
    name: 'fuzz',
    figures: { ...figures },
    ...(findings.length === 0 ? {} : { reasons: { findings: findings.slice(0, 20).join('; ') } }),
    conditions: {
      seconds: Math.round(seconds),
      seed,
      again: 'npm run campaign -- fuzz --seed SEED --only NUMBER sends one request again',
      routes:
        'every operation of every OpenAPI document of both servers, and the endpoints of OAuth',
    },
  };
}
