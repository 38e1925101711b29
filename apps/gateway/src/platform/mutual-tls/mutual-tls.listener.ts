import { constants } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { boundedTlsServer, guardedListener, type Operations } from '#libs/platform';
import { markMutual } from './client-certificates.js';

export interface MutualTlsOptions {
  readonly tls: { readonly cert: string; readonly key: string };
  /** `host:port` that this listener goes by. */
  readonly host: string;
  /** Whether a path is offered here; pages never are, since a browser would ask its user for a certificate. */
  readonly serves: (path: string) => boolean;
  readonly operations: Operations;
  /** Below which address each code has its page. */
  readonly problemPages: string;
}

/**
 * The listener for calls with a certificate (RFC 8705). It asks for one and takes any: whom to believe is
 * judged per request, by what the client registered. No authority is named in the handshake, because some
 * clients then keep a self-signed certificate to themselves. Renegotiation could change the certificate
 * under a request that is being judged, so there is none.
 */
export function mutualTlsListener(options: MutualTlsOptions, next: RequestListener): Server {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (options.serves((request.url ?? '').split('?', 1)[0] ?? '')) next(request, response);
    else response.writeHead(404, { 'cache-control': 'no-store' }).end();
  };
  const server = boundedTlsServer(
    {
      ...options.tls,
      problemPages: options.problemPages,
      requestCert: true,
      rejectUnauthorized: false,
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    },
    guardedListener({ hosts: [options.host], operations: options.operations }, listener),
  );
  server.on('secureConnection', (socket: TLSSocket) => markMutual(socket));
  return server;
}
