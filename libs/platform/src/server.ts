import { createServer, type Server, type ServerOptions } from 'node:https';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';
import { isBoundedJson } from './bounded-json.js';
import { stampInteractionId } from './interaction-id.js';
import { nestLog } from './observe/nest-log.js';
import type { Operations } from './observe/operations.js';
import { storyOf } from './observe/story.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { platformProblem } from './problem-body.js';
import { setProblemPages } from './problem-pages.js';
import { answerUnreadable } from './unreadable-request.js';
import { strictValidation } from './validation.js';

const BODY_BYTES_MAX = 64 * 1024;

/** TLS 1.2 with the four GCM suites and TLS 1.3, as the FAPI 2.0 profile demands (oauth.md 4.5). */
export const TLS_PROFILE = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
} as const satisfies ServerOptions;

/** Header and body deadlines: a client that dribbles is cut off before it costs anything (T-31). */
export function boundedTlsServer(
  options: ServerOptions & { readonly problemPages?: string | undefined },
  listener: RequestListener,
): Server {
  const server = createServer({ ...TLS_PROFILE, maxHeaderSize: 16 * 1024, ...options }, listener);
  server.on('clientError', (error, socket) =>
    answerUnreadable(error, socket, options.problemPages),
  );
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 30_000;
  return server;
}

/** APIs answer JSON only: nothing may be embedded, sniffed or framed (T-06). */
export const API_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
};

export interface ServerOptionsOfApp {
  /** Certificate and key in PEM. */
  readonly tls: { readonly cert: string; readonly key: string };
  /** The names this server answers to, with port; any other `Host` gets 421 (T-23). */
  readonly hosts: readonly string[];
  /** Log, figures and draining of this process; without, it keeps silent. */
  readonly operations?: Operations;
  /** Routes whose answers people look at. */
  readonly isPage?: (route: string) => boolean;
  /** Below which address each code has its page (users.md D.6). */
  readonly problemPages?: string;
  /** Sees each request before Nest does; used for oidc-provider and for the internal listener. */
  readonly dispatch?: (nest: RequestListener) => RequestListener;
  readonly headers?: HelmetOptions;
}

/** The listener of every server: interaction id, `Host`, security headers, then whoever answers. */
export function guardedListener(
  options: Pick<ServerOptionsOfApp, 'hosts' | 'headers' | 'operations'>,
  next: RequestListener,
): RequestListener {
  const protect = helmet(options.headers ?? API_HEADERS);
  const { operations } = options;
  const answer: RequestListener = (request, response) => {
    if (!isForUs(request, options.hosts)) {
      response.statusCode = 421;
      response.end();
      return;
    }
    protect(request, response, () => next(request, response));
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    stampInteractionId(request, response);
    if (operations) operations.watch(request, response, () => answer(request, response));
    else answer(request, response);
  };
}

/**
 * RFC 9112 section 3.2.2: a target that carries an authority counts before `Host`, so that one has to be
 * ours as well. It goes on as a path only: whoever compares it later, such as with a proof's `htu`
 * (RFC 9449 section 4.3), must find this server's own origin and never what a caller wrote (T-11).
 */
function isForUs(request: IncomingMessage, hosts: readonly string[]): boolean {
  if (!hosts.includes(request.headers.host ?? '')) return false;
  const { url = '/' } = request;
  if (url.startsWith('/') || url === '*') return true;
  const [, authority = '', path = ''] = /^https:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (!hosts.includes(authority.toLowerCase())) return false;
  request.url = path.startsWith('/') ? path : `/${path}`;
  return true;
}

/** A Nest application on fastify behind our own TLS server; rooms are plugged in by `module`. */
export async function createApplication(
  module: Type<unknown> | DynamicModule,
  options: ServerOptionsOfApp,
): Promise<NestFastifyApplication> {
  const { operations } = options;
  const adapter = new FastifyAdapter({
    ...(operations ? { loggerInstance: operations.log } : { logger: false }),
    bodyLimit: BODY_BYTES_MAX,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // What fastify refuses before any route is found; its own answer would repeat what was sent.
    frameworkErrors: sendProblem,
    serverFactory: (nest: RequestListener) => {
      const inner = options.dispatch ? options.dispatch(nest) : nest;
      const { tls, problemPages } = options;
      return boundedTlsServer({ ...tls, problemPages }, guardedListener(options, inner));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: operations ? nestLog(operations.log) : false,
    abortOnError: false,
  });
  app.useGlobalPipes(strictValidation());
  app.useGlobalFilters(new ProblemFilter());
  const fastify = app.getHttpAdapter().getInstance();
  if (options.problemPages !== undefined) setProblemPages(fastify, options.problemPages);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const story = storyOf(request.raw);
    const route = request.routeOptions.url;
    story.route = route;
    if (route !== undefined && options.isPage?.(route)) story.isPage = true;
    done();
  });
  fastify.addHook('preValidation', async (request) => {
    if (![request.params, request.query, request.body].every(isBoundedJson))
      throw platformProblem('validation_failed');
  });
  return app;
}
