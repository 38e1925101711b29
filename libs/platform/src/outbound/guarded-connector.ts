import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { TLS_PROFILE } from '../server.js';
import { isReachable, type OpenedNetwork } from './reachable-address.js';

/** Every address of a name, as text. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export interface ConnectorOptions {
  readonly opened: readonly OpenedNetwork[];
  readonly timeoutMs: number;
  /** Authorities trusted instead of the public ones, in PEM. */
  readonly ca?: string | undefined;
  readonly resolve?: Resolve | undefined;
}

/** The name leads out of the public network: nothing was sent, not even a greeting. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export class NameUnknown extends Error {
  override readonly name = 'NameUnknown';
}

const resolveByHost: Resolve = async (name) =>
  (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Opens connections for undici. The name is resolved once and the connection goes to the address that was
 * judged, so that a second, different answer of the name server changes nothing (T-13). TLS begins after
 * that, with the name of the URL.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  return (target, done) => {
    open(target.hostname, Number(target.port) || 443, options).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
}

async function open(host: string, port: number, options: ConnectorOptions): Promise<TLSSocket> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  const tcp = await dialFirst(await judged(host, port, options), port, signal);
  const { remoteAddress = '' } = tcp;
  if (!isReachable(remoteAddress, port, options.opened)) {
    tcp.destroy();
    throw new AddressRefused(host);
  }
  return greet(tcp, host, options.ca, signal);
}

/** The addresses of a host, all of them reachable: one private among public ones refuses them all. */
async function judged(host: string, port: number, options: ConnectorOptions) {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(name) === 0 ? await resolved(name, options) : [name];
  if (!addresses.every((address) => isReachable(address, port, options.opened)))
    throw new AddressRefused(host);
  return addresses;
}

async function resolved(name: string, { resolve, timeoutMs }: ConnectorOptions) {
  // A look-up cannot be cancelled; whoever waits for it can stop waiting.
  const late = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new NameUnknown(name)), timeoutMs);
    timer.unref();
  });
  const asked = (resolve ?? resolveByHost)(name).catch(() => []);
  const addresses = await Promise.race([asked, late]);
  if (addresses.length === 0) throw new NameUnknown(name);
  return addresses;
}

async function dialFirst(addresses: readonly string[], port: number, signal: AbortSignal) {
  let last: unknown;
  for (const address of addresses) {
    try {
      return await dial(address, port, signal);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

const dial = (host: string, port: number, signal: AbortSignal): Promise<Socket> =>
  settled(connectTcp({ host, port }), 'connect', signal);

function greet(socket: Socket, host: string, ca: string | undefined, signal: AbortSignal) {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const secure = connectTls({
    ...TLS_PROFILE,
    socket,
    host: name,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
  return settled(secure, 'secureConnect', signal);
}

/** Waits until the socket is there; destroys it when it fails or the time is over. */
function settled<Kind extends Socket>(
  socket: Kind,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const giveUp = () => fail(signal.reason as Error);
    const fail = (error: Error) => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      reject(error);
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', fail);
    socket.once(event, () => {
      signal.removeEventListener('abort', giveUp);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
