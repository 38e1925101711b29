import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestListener } from 'node:http';
import {
  createApplication,
  Database,
  failAtStart,
  listenOn,
  liveUnderSupervisor,
  Operations,
  platformProblem,
  portOf,
  sayReady,
} from '#libs/platform';
import { AppModule } from './app.module.js';
import {
  arrivedWhereItMay,
  consoleListener,
  internalListener,
  problemPagesOf,
} from './platform/listeners.js';
import { readBankConfig } from './platform/config.js';

/** Starts bank-core: one Nest application behind three listeners: holders' pages, the gateway's inside, officers. */
async function main(): Promise<void> {
  const config = readBankConfig();
  const host = new URL(config.publicOrigin).host;
  const operations = new Operations('bank_core', config.log);
  operations.metrics.withProcess();
  await operations.trace('bank_core');
  let answer: RequestListener = () => undefined;
  const app = await createApplication(AppModule, {
    tls: config.tls,
    hosts: [host],
    operations,
    problemPages: problemPagesOf(config),
    isPage: (route) => !route.startsWith('/internal/'),
    dispatch: (nest) => (answer = nest),
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      if (!arrivedWhereItMay(request.raw.socket, request.raw.url ?? ''))
        throw platformProblem('not_found');
    });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const next: RequestListener = (request, response) => answer(request, response);
  const internal = internalListener(config, operations, next);
  const console = consoleListener(config, operations, next);
  const inside = operations.listener(async () => ({ database: await app.get(Database).answers() }));
  if (config.operations) await listenOn(inside, config.operations.listen);
  await listenOn(internal, config.internal.listen);
  await listenOn(console, config.console.listen);
  await app.listen(config.listen.port, config.listen.host);
  const drainMs = config.operations?.drainMs ?? 0;
  liveUnderSupervisor(async () => {
    operations.drain();
    await sleep(drainMs);
    for (const server of [internal, console]) {
      server.close();
      server.closeIdleConnections();
    }
    await app.close();
    inside.close();
    inside.closeAllConnections();
    await operations.stop();
  }, drainMs);
  sayReady({ operationsPort: portOf(inside) });
}

main().catch(failAtStart);
