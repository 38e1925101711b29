import { applyDecorators } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isId, type IdPrefix, type Result } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { Guarded } from '../../authorization/index.js';
import { coreProblem, type CoreRefusal, type Once } from '../../bank/index.js';
import { PARTICIPANTS_SCOPE } from '../../clients/index.js';
import { Documented, type OperationWords } from '../../platform/http/documented.js';
import { ActsOnce, REPLAYED } from '../../platform/http/idempotency-key.js';

export const ME = 'v1/participants/me';

/** An endpoint about one's own affairs, for a token without a user. */
export const OwnAffair = (words: OperationWords) =>
  applyDecorators(
    ApiTags('participants'),
    Guarded({ kind: 'own', scope: PARTICIPANTS_SCOPE }),
    Documented(words),
  );

/** The same for what an intermediary does once per key. */
export const OwnAct = (words: OperationWords) =>
  applyDecorators(OwnAffair({ ...words, also: [409, 422] }), ActsOnce());

export function orRefuse<Value>(answer: Result<Value, CoreRefusal>): Value {
  if (!answer.ok) throw coreProblem(answer.refusal);
  return answer.value;
}

/** What was done, now or by an earlier call with the same key. */
export function doneOnce<Value>(
  answer: Result<Once<Value>, CoreRefusal>,
  reply: FastifyReply,
): Value {
  const { value, isReplay } = orRefuse(answer);
  if (isReplay) void reply.header(REPLAYED, 'true');
  return value;
}

/** What cannot exist is answered like what may not be seen, before anybody is asked. */
export function idOf(prefix: IdPrefix, text: string): string {
  if (!isId(prefix, text)) throw platformProblem('not_found');
  return text;
}

/** The schema of an id in a path. */
export const idSchema = (prefix: IdPrefix) => ({
  type: 'string' as const,
  pattern: idPattern(prefix),
  maxLength: prefix.length + 27,
});

export const idPattern = (prefix: IdPrefix): string => `^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`;
