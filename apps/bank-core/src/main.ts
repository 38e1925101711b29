import 'reflect-metadata';
import type { RequestListener } from 'node:http';
import {
  createApplication,
  failAtStart,
  liveUnderSupervisor,
  platformProblem,
  sayReady,
} from '#libs/platform';
import { AppModule } from './app.module.js';
import { arrivedWhereItMay, internalListener } from './platform/internal-listener.js';
import { readBankConfig } from './platform/config.js';

/** Starts bank-core: one Nest application behind two listeners, the pages outside and the gateway's inside. */
async function main(): Promise<void> {
  const config = readBankConfig();
  const host = new URL(config.publicOrigin).host;
  let answer: RequestListener = () => undefined;
  const app = await createApplication(AppModule, {
    tls: config.tls,
    hosts: [host],
    log: config.log,
    dispatch: (nest) => (answer = nest),
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      if (!arrivedWhereItMay(request.raw.socket, request.raw.url ?? ''))
        throw platformProblem('not_found');
    });
  app.enableShutdownHooks([]);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const internal = internalListener(config, (request, response) => answer(request, response));
  await new Promise<void>((done, failed) => {
    internal.once('error', failed);
    internal.listen(config.internal.listen.port, config.internal.listen.host, done);
  });
  await app.listen(config.listen.port, config.listen.host);
  liveUnderSupervisor(async () => {
    internal.close();
    internal.closeIdleConnections();
    await app.close();
  });
  sayReady();
}

main().catch(failAtStart);
