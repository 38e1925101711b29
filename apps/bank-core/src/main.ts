import 'reflect-metadata';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import {
  createApplication,
  failAtStart,
  liveUnderSupervisor,
  platformProblem,
  sayReady,
  type ListenAddress,
} from '#libs/platform';
import { AppModule } from './app.module.js';
import { arrivedWhereItMay, consoleListener, internalListener } from './platform/listeners.js';
import { readBankConfig } from './platform/config.js';

/** Starts bank-core: one Nest application behind three listeners: holders' pages, the gateway's inside, officers. */
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
  const next: RequestListener = (request, response) => answer(request, response);
  const internal = internalListener(config, next);
  const console = consoleListener(config, next);
  await listen(internal, config.internal.listen);
  await listen(console, config.console.listen);
  await app.listen(config.listen.port, config.listen.host);
  liveUnderSupervisor(async () => {
    for (const server of [internal, console]) {
      server.close();
      server.closeIdleConnections();
    }
    await app.close();
  });
  sayReady();
}

async function listen(server: Server, { port, host }: ListenAddress): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
}

main().catch(failAtStart);
