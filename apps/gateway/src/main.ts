import 'reflect-metadata';
import { failAtStart, liveUnderSupervisor, sayReady } from '#libs/platform';
import { createGateway } from './application.js';
import { readGatewayConfig } from './platform/config.js';

async function main(): Promise<void> {
  const gateway = await createGateway(readGatewayConfig());
  await gateway.listen();
  liveUnderSupervisor(() => gateway.close());
  sayReady();
}

main().catch(failAtStart);
