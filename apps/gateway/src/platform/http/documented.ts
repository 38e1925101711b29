import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemDto } from './shapes.dto.js';

const INTERACTION = {
  'x-fapi-interaction-id': { schema: { type: 'string', format: 'uuid' } },
} as const;

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not well formed, or a cursor does not belong to it',
  401: 'The token, its binding or the consent is dead',
  403: 'The token lives, but this act is not allowed',
  404: 'Nothing here that you may see',
  429: 'The limit of calls is exceeded',
  500: 'Something went wrong on our side',
  503: 'The bank does not answer at the moment',
};

/** What every endpoint of the API says of itself: both languages, the headers, every problem. */
export const Documented = (words: { id: string; ja: string; en: string }) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ApiOperation({ operationId: words.id, summary: words.ja, ...{ 'x-summary-en': words.en } }),
    ApiSecurity('dpop'),
    ApiHeader({
      name: 'x-fapi-interaction-id',
      required: false,
      schema: { type: 'string', format: 'uuid' },
    }),
    ApiHeader({
      name: 'x-chain-partner-id',
      required: false,
      description: 'none, or the chain partner that was fixed at approval (RKN-D1)',
      schema: { type: 'string', pattern: '^(none|cp_[0-9a-z]{26})$', maxLength: 29 },
    }),
    ...Object.entries(PROBLEMS).map(([status, description]) =>
      ApiResponse({
        status: Number(status),
        description,
        headers: INTERACTION,
        content: {
          'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } },
        },
      }),
    ),
  );
