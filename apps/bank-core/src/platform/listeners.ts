import type { Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { boundedTlsServer, guardedListener, type Operations } from '#libs/platform';
import type { BankConfig } from './config.js';

export const GATEWAY_NAME = 'gateway.internal';
const internalSockets = new WeakSet<object>();
const consoleSockets = new WeakSet<object>();

/** Every code of the house has its page at the gateway's public origin (users.md D.6). */
export const problemPagesOf = ({ gatewayOrigin }: Pick<BankConfig, 'gatewayOrigin'>): string =>
  `${gatewayOrigin}/problems`;

/**
 * The listener for the gateway. It trusts the inside CA only, and of its certificates the gateway's name
 * only; whoever shows another one is cut off in TLS and gets no HTTP answer (T-01).
 */
export function internalListener(
  config: BankConfig,
  operations: Operations,
  next: RequestListener,
): Server {
  const { host, port } = config.internal.listen;
  const hosts = [`bank-core.internal:${port}`, `bank-core.internal`, `${host}:${port}`];
  const server = boundedTlsServer(
    {
      problemPages: problemPagesOf(config),
      cert: config.internal.cert,
      key: config.internal.key,
      ca: config.internal.ca,
      requestCert: true,
      rejectUnauthorized: true,
    },
    guardedListener({ hosts, operations }, next),
  );
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.authorized && namesOf(socket).includes(GATEWAY_NAME)) internalSockets.add(socket);
    else socket.destroy();
  });
  return server;
}

function namesOf(socket: TLSSocket): string[] {
  const names = socket.getPeerCertificate().subjectaltname ?? '';
  return names.split(', ').flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
}

/** The listener for officers, on a hostname of its own: holders' pages share no cookie with it (T-03). */
export function consoleListener(
  config: BankConfig,
  operations: Operations,
  next: RequestListener,
): Server {
  const { consoleOrigin, console } = config;
  const hosts = [new URL(consoleOrigin).host];
  const server = boundedTlsServer(
    { ...console.tls, problemPages: problemPagesOf(config) },
    guardedListener({ hosts, operations }, next),
  );
  server.on('secureConnection', (socket: TLSSocket) => void consoleSockets.add(socket));
  return server;
}

/**
 * Each surface is served on its own listener and nothing else is: a page can never be reached on the inside, nor
 * an internal or an officers' route from where holders come. Everything else answers as unknown.
 */
export function arrivedWhereItMay(socket: object, url: string): boolean {
  const path = url.split('?', 1)[0] ?? '';
  const isBelow = (top: string): boolean => path === top || path.startsWith(`${top}/`);
  if (isBelow('/internal')) return internalSockets.has(socket);
  if (isBelow('/staff')) return consoleSockets.has(socket);
  return !internalSockets.has(socket) && !consoleSockets.has(socket);
}
