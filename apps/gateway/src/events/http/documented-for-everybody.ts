import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemDto } from '../../platform/http/shapes.dto.js';

const INTERACTION = {
  'x-fapi-interaction-id': { schema: { type: 'string', format: 'uuid' } },
} as const;

/** What an endpoint that asks for no token says of itself. */
export const DocumentedForEverybody = (words: { id: string; ja: string; en: string }) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ApiOperation({
      operationId: words.id,
      summary: words.ja,
      security: [],
      ...{ 'x-summary-en': words.en },
    }),
    ApiHeader({
      name: 'if-none-match',
      required: false,
      schema: { type: 'string', maxLength: 200 },
    }),
    ApiResponse({ status: 304, description: 'Nothing has changed', headers: INTERACTION }),
    ApiResponse({
      status: 500,
      description: 'Something went wrong on our side',
      headers: INTERACTION,
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
