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
  409: 'The order of events does not allow it now',
  412: 'It has changed since it was read',
  413: 'The body is larger than 64 KiB',
  415: 'The body is not JSON, or not called so',
  422: 'Well formed, but against a rule of the business',
  428: 'The version that was read has to be named',
  429: 'The limit of calls is exceeded',
  431: 'The target and the headers are longer than 16 KiB',
  500: 'Something went wrong on our side',
  503: 'The bank does not answer at the moment',
};
/** What any call can meet; of a public one nobody asks who the caller is. */
const OF_EVERY_CALL = [400, 401, 403, 404, 413, 415, 429, 431, 500, 503];
const OF_PUBLIC_CALLS = [400, 404, 429, 431, 500, 503];

const chainPartnerHeader = ApiHeader({
  name: 'x-chain-partner-id',
  required: false,
  description:
    'For whom the call is made: none, or a chain partner (RKN-D1). A holder’s token says it by itself, and ' +
    'another value is refused; with client credentials it is said here, see docs/api.md',
  schema: { type: 'string', pattern: '^(none|cp_[0-9a-z]{26})$', maxLength: 29 },
});

/** What a call may say of the customer for whom it is made; kept in the institution's record of it (SM-3.5). */
const customerHeaders = applyDecorators(
  ApiHeader({
    name: 'x-fapi-customer-ip-address',
    required: false,
    description:
      'Where your customer sits, who is there and waits; without it the call is unattended',
    schema: {
      type: 'string',
      maxLength: 45,
      oneOf: [{ format: 'ipv4' }, { format: 'ipv6' }],
    },
  }),
  ApiHeader({
    name: 'x-fapi-auth-date',
    required: false,
    description:
      'When your customer logged in at your service, an HTTP-date (RFC 9110 section 5.6.7)',
    schema: { type: 'string', format: 'http-date', maxLength: 33 },
  }),
);

export interface OperationWords {
  readonly id: string;
  readonly ja: string;
  readonly en: string;
  /** Read by everybody without a token. */
  readonly isPublic?: boolean;
  /** Further statuses of refusal, such as 409 and 422. */
  readonly also?: readonly (keyof typeof PROBLEMS)[];
}

/** What every endpoint of the API says of itself: both languages, the headers, every problem. */
export const Documented = ({ id, ja, en, isPublic = false, also = [] }: OperationWords) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ApiOperation({ operationId: id, summary: ja, ...{ 'x-summary-en': en } }),
    ...(isPublic ? [] : [ApiSecurity('dpop'), chainPartnerHeader, customerHeaders]),
    ApiHeader({
      name: 'x-fapi-interaction-id',
      required: false,
      schema: { type: 'string', format: 'uuid' },
    }),
    ...[...(isPublic ? OF_PUBLIC_CALLS : OF_EVERY_CALL), ...also].map((status) =>
      ApiResponse({
        status,
        description: PROBLEMS[status] ?? '',
        headers: INTERACTION,
        content: {
          'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } },
        },
      }),
    ),
  );
