import type { RequestListener } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '#libs/platform';
import { AppModule } from './app.module.js';
import { dispatch, protocolListener } from './authorization/index.js';
import type { GatewayConfig } from './platform/config.js';

/** The whole gateway, initialised but not yet listening. */
export async function createGateway(config: GatewayConfig): Promise<NestFastifyApplication> {
  let protocol: RequestListener = () => undefined;
  const app = await createApplication(AppModule.with(config), {
    tls: config.tls,
    hosts: [new URL(config.publicOrigin).host],
    log: config.log,
    dispatch: (nest) => dispatch(() => protocol, nest),
  });
  app.enableShutdownHooks([]);
  await app.init();
  protocol = protocolListener(app);
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
