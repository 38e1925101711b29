import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { idempotencySentences, idempotencyStatuses, Problem } from '#libs/platform';

const PATTERN = '^"?[A-Za-z0-9._~:-]{1,64}"?$';
/** A structured string (IETF draft 07) or the bare characters, which is what most clients send. */
const KEY = /^(?:"([A-Za-z0-9._~:-]{1,64})"|([A-Za-z0-9._~:-]{1,64}))$/;

/** The caller's key of this change. Refuses with `idempotency_key_missing`. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const value = headers['idempotency-key'];
  const found = typeof value === 'string' ? KEY.exec(value) : null;
  const key = found?.[1] ?? found?.[2];
  if (key !== undefined) return key;
  const { idempotency_key_missing: words } = idempotencySentences;
  const status = idempotencyStatuses.idempotency_key_missing;
  throw new Problem(status, 'idempotency_key_missing', words);
});

/** What the documents say of an operation that changes something once per key. */
export const ActsOnce = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'Yours, a new one per change; the same key and body get the same answer for ever',
      schema: { type: 'string', pattern: PATTERN, maxLength: 66 },
    }),
  );

/** Goes with an answer that an earlier call had already. */
export const REPLAYED = 'idempotency-replayed';
