import 'reflect-metadata';
import { failAtStart, liveUnderSupervisor, Operations, sayReady } from '#libs/platform';
import { createGateway } from './application.js';
import { readGatewayConfig } from './platform/config.js';

async function main(): Promise<void> {
  const config = readGatewayConfig();
  const operations = new Operations('gateway', config.log);
  operations.metrics.withProcess();
  await operations.trace('gateway');
  const gateway = await createGateway(config, operations);
  const operationsPort = await gateway.listen();
  liveUnderSupervisor(async () => {
    await gateway.drain();
    await gateway.close();
    await operations.stop();
  }, config.operations?.drainMs);
  sayReady({ operationsPort });
}

main().catch(failAtStart);
