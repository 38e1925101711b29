import 'reflect-metadata';
import { failAtStart, liveUnderSupervisor, sayReady } from '#libs/platform';
import { createGateway } from './application.js';
import { readGatewayConfig } from './platform/config.js';

async function main(): Promise<void> {
  const config = readGatewayConfig();
  const app = await createGateway(config);
  await app.listen(config.listen.port, config.listen.host);
  liveUnderSupervisor(() => app.close());
  sayReady();
}

main().catch(failAtStart);
