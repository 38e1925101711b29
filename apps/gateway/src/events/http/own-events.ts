import { applyDecorators } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EVENTS_SCOPE } from '../../clients/index.js';
import { Guarded, type Access } from '../../authorization/index.js';
import { Documented } from '../../platform/http/documented.js';
import type { Owner } from '../domain/subscription.js';

/** An endpoint for a token without a user, with the scope `events`. */
export const OwnEvents = (words: { id: string; ja: string; en: string }) =>
  applyDecorators(
    ApiTags('events'),
    Guarded({ kind: 'own', scope: EVENTS_SCOPE }),
    Documented(words),
  );

/** Whose objects the call may see: those of its own software. */
export const ownerOf = ({ caller: { epspId, clientId } }: Access): Owner => ({ epspId, clientId });
