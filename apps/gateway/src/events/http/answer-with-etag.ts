import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Seconds for which a copy may be used without asking; what is public is small and asked for often. */
const FRESH_SECONDS = 5;

/** A public answer with its ETag (RFC 9110 section 8.8.3): 304 where the reader has it already. */
export function answerWithEtag(request: FastifyRequest, reply: FastifyReply, body: object): void {
  const text = JSON.stringify(body);
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', etag).header('cache-control', `public, max-age=${FRESH_SECONDS}`);
  if (asked(request.headers['if-none-match']).includes(etag)) {
    void reply.status(304).send();
    return;
  }
  void reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

/** The weak form of a tag means the same here, since our bytes never differ for one. */
const asked = (header: string | undefined): string[] =>
  (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
