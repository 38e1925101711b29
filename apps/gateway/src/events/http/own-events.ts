import { applyDecorators } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EVENTS_SCOPE } from '../../clients/index.js';
import { Guarded, type Access } from '../../authorization/index.js';
import { Documented, type OperationWords } from '../../platform/http/documented.js';
import { ActsOnce } from '../../platform/http/idempotency-key.js';
import type { Owner } from '../domain/subscription.js';

/** An endpoint for a token without a user, with the scope `events`. */
export const OwnEvents = (words: OperationWords) =>
  applyDecorators(
    ApiTags('events'),
    Guarded({ kind: 'own', scope: EVENTS_SCOPE }),
    Documented(words),
  );

/** The same for a change that happens once per key of its caller. */
export const OwnAct = (words: OperationWords) =>
  applyDecorators(OwnEvents({ ...words, also: [409, 422] }), ActsOnce());

/** Whose objects the call may see: those of its own software. */
export const ownerOf = ({ caller: { epspId, clientId } }: Access): Owner => ({ epspId, clientId });
