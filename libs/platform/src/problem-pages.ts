import type { FastifyInstance, FastifyRequest } from 'fastify';

const DECORATION = 'problemPages';

/** Tells a server below which address each code has its page. */
export function setProblemPages(server: FastifyInstance, address: string): void {
  server.decorate(DECORATION, address);
}

/** That address, where this request's server was told of one. */
export const problemPagesOf = (request: FastifyRequest): string | undefined =>
  (request.server as { readonly [DECORATION]?: string } | undefined)?.[DECORATION];

/** RFC 9457 section 4.2.1: a problem whose page nobody knows is of the type `about:blank`. */
export const problemPage = (pages: string | undefined, code: string): string =>
  pages === undefined ? 'about:blank' : `${pages}/${code}`;
