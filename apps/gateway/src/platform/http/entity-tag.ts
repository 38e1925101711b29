import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A strong validator of a representation: its own bytes (RFC 9110 section 8.8.3). */
export const etagOf = (representation: object): string =>
  `"${createHash('sha256').update(JSON.stringify(representation)).digest('base64url')}"`;

/** Whether a list of entity tags names this one; `*` names every one (RFC 9110 sections 13.1.1, 13.1.2). */
export function names(header: string | undefined, etag: string): boolean {
  if (header === undefined || header.length > 4_096) return false;
  const tags = header.split(',').map((tag) => tag.trim());
  // A weak tag compares equal for If-None-Match, where only the bytes behind it matter.
  return tags.some((tag) => tag === '*' || tag === etag || tag === `W/${etag}`);
}

/**
 * Answers 304 where the caller has these bytes already, else the representation with its tag. Public
 * content may be kept for `freshSeconds`: a stop is never waited for here, links decide by themselves.
 */
export function answerCached<Body extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Body,
  freshSeconds = 60,
): Body | undefined {
  const etag = etagOf(body);
  void reply.header('etag', etag).header('cache-control', `public, max-age=${freshSeconds}`);
  if (!names(request.headers['if-none-match'], etag)) return body;
  void reply.status(304);
  return undefined;
}
