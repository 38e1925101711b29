import { parseArgs } from 'node:util';
import { startServers } from '#libs/testing';
import { openRun } from '../../apps/gateway/test/fapi/run.js';
import { otherVariants, variants, type Variant } from '../../apps/gateway/test/fapi/variants.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { startTestCluster } from '../test/cluster.js';
import { bothServers, pushTransfers, registerAll } from './fapi/both-servers.js';
import { runVariant, type ModuleResult } from './fapi/run-variant.js';

const all = [...variants, ...otherVariants];

/**
 * Every module of the FAPI 2.0 plans in every variant, against gateway and bank-core as they ship: the
 * holder logs in on bank-core's pages, and what has to grow old is waited for.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: { variant: { type: 'string', multiple: true } },
  });
  const wanted = all.filter(({ id }) => values.variant?.includes(id) ?? true);
  const since = stopwatch();
  const cluster = await startTestCluster();
  process.env['RENKEI_TEST_CLUSTER'] = cluster.file;
  try {
    const system = await startServers();
    try {
      const server = bothServers(system);
      const keys = await registerAll(system, wanted);
      await pushTransfers(system, server, wanted, keys);
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

/** The six variants in their order of support; an id begins with the variant's number. */
const isOfSupport = ({ variant }: ModuleResult): boolean => /^[1-6]\b/.test(variant);

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
      variants: new Set(results.filter(isOfSupport).map(({ variant }) => variant[0])).size,
      combinations: new Set(results.map(({ variant }) => variant)).size,
    },
    ...(said.length === 0 ? {} : { reasons: { failed: said.join('; ') } }),
    conditions: {
      seconds,
      servers: 'gateway and bank-core as processes of their own, holder on the approval pages',
      review: 'an error page was shown where the plan lets a person confirm it',
      skipped: 'the claims parameter is not offered',
      runs: all.filter(({ id }) => results.some(({ variant }) => variant === id)).map(lineOf),
    },
  };
}

/** One run in one line: its id, how many modules, and the axes as the plans name them. */
const lineOf = ({ clients: _clients, id, modules, ...axes }: Variant): string =>
  `${id}: ${modules} of ${Object.values(axes).join(', ')}`;
