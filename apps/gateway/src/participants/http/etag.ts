import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Words } from '#libs/kernel';
import { Problem } from '#libs/platform';
import { etagSentences } from '../domain/etag.refusals.js';
import { etagStatuses } from './etag.problems.js';

export { answerCached, etagOf } from '../../platform/http/entity-tag.js';

/** The header of an answer that says which version it is. */
export const ETAG = {
  etag: {
    description: 'For If-Match',
    schema: { type: 'string', maxLength: 60, pattern: '^".+"$' },
  },
} as const;

/** Documents the version that a change has to name. */
export const IfMatch = () =>
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag that was read',
    schema: { type: 'string', pattern: '^.+$', maxLength: 200 },
  });

/** The version that a change was made from. Refuses with `version_required`, `version_conflict`. */
export function requireMatch(request: FastifyRequest, etag: string): void {
  const { 'if-match': header } = request.headers;
  if (header === undefined) throw problem('version_required');
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.includes(etag)) throw problem('version_conflict');
}

function problem(code: keyof typeof etagSentences): Problem {
  const words: Words = etagSentences[code];
  return new Problem(etagStatuses[code], code, words);
}
