import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '#libs/platform';
import { AppModule } from './app.module.js';
import { dispatch, isOfferedWithCertificate, protocolListener } from './authorization/index.js';
import type { GatewayConfig } from './platform/config.js';
import { tellDeprecations } from './platform/http/deprecations.js';
import { mutualTlsListener } from './platform/mutual-tls/mutual-tls.listener.js';

export interface Gateway {
  readonly app: NestFastifyApplication;
  /** Opens both listeners, the one for certificates first: who is ready is ready on both. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** The whole gateway, initialised but not yet listening: one application behind two listeners. */
export async function createGateway(config: GatewayConfig): Promise<Gateway> {
  let protocol: RequestListener = () => undefined;
  let answer: RequestListener = () => undefined;
  const app = await createApplication(AppModule.with(config), {
    tls: config.tls,
    hosts: [new URL(config.publicOrigin).host],
    log: config.log,
    dispatch: (nest) => (answer = dispatch(() => protocol, nest)),
  });
  app.enableShutdownHooks([]);
  app.getHttpAdapter().getInstance().addHook('onRequest', tellDeprecations());
  await app.init();
  protocol = protocolListener(app);
  await app.getHttpAdapter().getInstance().ready();
  const { publicOrigin, tls, listen } = config.mutualTls;
  const host = new URL(publicOrigin).host;
  const mutual = mutualTlsListener(
    { tls, host, serves: isOfferedWithCertificate },
    (request, response) => answer(request, response),
  );
  return {
    app,
    async listen() {
      mutual.listen(listen.port, listen.host);
      await once(mutual, 'listening');
      await app.listen(config.listen.port, config.listen.host);
    },
    async close() {
      mutual.close();
      mutual.closeIdleConnections();
      await app.close();
      mutual.closeAllConnections();
    },
  };
}
