import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestListener } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createApplication,
  Database,
  listenOn,
  Operations,
  portOf,
  type ReadinessReport,
} from '#libs/platform';
import { AppModule } from './app.module.js';
import {
  AddressGate,
  boundGuardedCalls,
  boundOpenCalls,
  dispatch,
  Door,
  isOfferedWithCertificate,
  protocolListener,
} from './authorization/index.js';
import type { GatewayConfig } from './platform/config.js';
import { HostClock } from './platform/host-clock.js';
import { tellDeprecations } from './platform/http/deprecations.js';
import { tellPageLinks } from './platform/http/page-link-header.js';
import { problemPagesAt } from './platform/problem-pages/problem-pages.controller.js';
import { Readiness } from './platform/readiness.js';
import { mutualTlsListener } from './platform/mutual-tls/mutual-tls.listener.js';

export interface Gateway {
  readonly app: NestFastifyApplication;
  /**
   * Opens the listeners, the public one last: who is ready is ready on all. Answers the port of the private
   * one, where there is one.
   */
  listen(): Promise<number | undefined>;
  /** Turns readiness red and goes on serving until the balancer has noticed. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** The whole gateway, initialised but not yet listening: one application behind two listeners. */
export async function createGateway(
  config: GatewayConfig,
  operations = new Operations('gateway', config.log),
): Promise<Gateway> {
  let protocol: RequestListener = () => undefined;
  let answer: RequestListener = () => undefined;
  const problemPages = problemPagesAt(config.publicOrigin);
  const app = await createApplication(AppModule.with(config, operations), {
    tls: config.tls,
    hosts: [new URL(config.publicOrigin).host],
    operations,
    problemPages,
    isPage: (route) => route.startsWith('/interactions'),
    dispatch: (nest) => (answer = dispatch(() => protocol, nest)),
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', boundOpenCalls(app.get(AddressGate, { strict: false })));
  const clock = app.get(HostClock);
  fastify.addHook(
    'onRequest',
    tellDeprecations(() => clock.read()),
  );
  // After what says that a route will go: a refusal carries that as well.
  fastify.addHook('onRequest', boundGuardedCalls(app.get(Door, { strict: false })));
  fastify.addHook('preSerialization', tellPageLinks);
  await app.init();
  protocol = protocolListener(app);
  await app.getHttpAdapter().getInstance().ready();
  const { publicOrigin, tls, listen } = config.mutualTls;
  const host = new URL(publicOrigin).host;
  const mutual = mutualTlsListener(
    { tls, host, serves: isOfferedWithCertificate, operations, problemPages },
    (request, response) => answer(request, response),
  );
  const inside = operations.listener(() => readinessOf(app));
  return {
    app,
    async listen() {
      if (config.operations) await listenOn(inside, config.operations.listen);
      await listenOn(mutual, listen);
      await app.listen(config.listen.port, config.listen.host);
      return portOf(inside);
    },
    async drain() {
      operations.drain();
      await sleep(config.operations?.drainMs ?? 0);
    },
    async close() {
      mutual.close();
      mutual.closeIdleConnections();
      await app.close();
      mutual.closeAllConnections();
      inside.close();
      inside.closeAllConnections();
    },
  };
}

/** Whether this process can do its work: its database answers, and bank-core's copies are current. */
async function readinessOf(app: NestFastifyApplication): Promise<ReadinessReport> {
  const database = await app.get(Database).answers();
  return { database, ...app.get(Readiness).report() };
}
