import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { Documented, type OperationWords } from '../../../platform/http/documented.js';

/** How long a copy may be used without asking. */
export const FRESH_SECONDS = 5;

const TAG = { type: 'string', maxLength: 60, pattern: '^".+"$' } as const;

/** An answer that nobody has to ask a token for, and that is not sent twice to who has it. */
export const ForEverybody = (type: new () => object, words: OperationWords) =>
  applyDecorators(
    Documented({ ...words, isPublic: true }),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag of what you hold',
      schema: { type: 'string', pattern: '^.+$', maxLength: 4_096 },
    }),
    ApiOkResponse({ type, headers: { etag: { description: 'Strong', schema: TAG } } }),
    ApiResponse({ status: 304, description: 'You hold these bytes already' }),
  );
