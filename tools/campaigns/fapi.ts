import { parseArgs } from 'node:util';
import { startServers } from '#libs/testing';
import { openRun } from '../../apps/gateway/test/fapi/run.js';
import { variants } from '../../apps/gateway/test/fapi/variants.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { startTestCluster } from '../test/cluster.js';
import { bothServers, pushTransfers, registerAll } from './fapi/both-servers.js';
import { runVariant, type ModuleResult } from './fapi/run-variant.js';

/**
 * Every module of the FAPI 2.0 plans in every variant, against gateway and bank-core as they ship: the
 * holder logs in on bank-core's pages, and what has to grow old is waited for.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: { variant: { type: 'string', multiple: true } },
  });
  const wanted = variants.filter(({ id }) => values.variant?.includes(id) ?? true);
  const since = stopwatch();
  const cluster = await startTestCluster();
  process.env['RENKEI_TEST_CLUSTER'] = cluster.file;
  try {
    const system = await startServers();
    try {
      const server = bothServers(system);
      const keys = await registerAll(system);
      await pushTransfers(system, server, keys);
      const { stageOf, close } = await openRun(server, keys);
      const results = await Promise.all(
        wanted.map((variant) => runVariant(variant, stageOf, tell)),
      );
      close();
      return measured(results.flat(), Math.round(elapsedMs(since) / 1000));
    } finally {
      await system.stop();
    }
  } finally {
    await cluster.stop();
  }
}

function tell({ variant, module, result, notes }: ModuleResult): void {
  process.stderr.write(`${variant} ${module}: ${[result, ...notes].join('; ')}\n`);
}

function measured(results: readonly ModuleResult[], seconds: number): Measured {
  const count = (wanted: string): number =>
    results.filter(({ result }) => result === wanted).length;
  const said = results
    .filter(({ result }) => result === 'FAILED' || result === 'WARNING')
    .map(({ variant, module, notes }) => `${variant} ${module}: ${notes.join(', ')}`);
  return {
    name: 'fapi',
    figures: {
      modules: results.length,
      failed: count('FAILED'),
      warnings: count('WARNING'),
      passed: count('PASSED'),
      reviews: count('REVIEW'),
      skipped: count('SKIPPED'),
      variants: new Set(results.map(({ variant }) => variant)).size,
    },
    ...(said.length === 0 ? {} : { reasons: { failed: said.join('; ') } }),
    conditions: {
      seconds,
      servers: 'gateway and bank-core as processes of their own, holder on the approval pages',
      review: 'an error page was shown where the plan lets a person confirm it',
      skipped: 'the claims parameter is not offered',
      per_variant: Object.fromEntries(
        variants
          .map(({ id, plan, profile, clientAuth, constraint, openid, ...more }) => {
            const own = results.filter(({ variant }) => variant === id).length;
            const { requestMethod, responseMode, requestType } = more;
            const how = [plan, profile, clientAuth, constraint, openid];
            return [id, { modules: own, of: [...how, requestMethod, responseMode, requestType] }];
          })
          .filter(([, entry]) => (entry as { modules: number }).modules > 0),
      ),
    },
  };
}
