import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type GatewayUnderTest } from '../api/gateway-under-test.js';
import { register, serverOf } from './gateway-server.js';
import { judge } from './module.js';
import { makeRunKeys } from './party/keys.js';
import { modulesOf, openRun } from './run.js';
import { variantOf } from './variants.js';

/** What may come out besides PASSED: a page that a person looks at. WARNING and FAILED never. */
const CLEAN = /^(PASSED|REVIEW)$/m;
/** The plan itself skips it where the server does not advertise the claims parameter. */
const SKIPPABLE = 'test-claims-parameter-identity-claims';

/** One test per module, with the module's name, in each variant, against one gateway. */
export function describeVariants(...ids: readonly string[]): void {
  const variants = ids.map(variantOf);
  let gateway: GatewayUnderTest;
  let run: Awaited<ReturnType<typeof openRun>>;

  beforeAll(async () => {
    gateway = await startGateway();
    const keys = await makeRunKeys(gateway.clientAuthority, Date.now());
    await register(gateway, variants, keys);
    // What is stored becomes older, as if somebody had waited: no test sleeps.
    const letPass = (seconds: number, of: string) => gateway.ageArtifacts(of, seconds);
    run = await openRun(serverOf(gateway, letPass), keys);
  });
  afterAll(async () => {
    run.close();
    await gateway.stop();
  });

  describe.each(variants)('fapi2 final, variant $id', (variant) => {
    test.each([...modulesOf(variant)])('$name', async (module) => {
      const { result, notes } = await judge(module, run.stageOf(variant));
      if (module.name === SKIPPABLE && result === 'SKIPPED') return;
      expect([result, ...notes].join('\n')).toMatch(CLEAN);
    });
  });
}
