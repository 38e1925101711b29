import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { interactionIdOf } from '#libs/platform';
import { ProblemDto } from '../../platform/http/shapes.dto.js';
import type { ProvenRequest } from '../key-proof.js';
import { RegistrationErrorDto } from './registration.dto.js';
import { presentRegistrationProblem } from './registration.problems.js';

const INTERACTION = {
  'x-fapi-interaction-id': { schema: { type: 'string', format: 'uuid' } },
} as const;

const ERRORS: Readonly<Record<number, string>> = {
  400: 'The request fails; every failed check is listed',
  401: 'The registration access token is not good',
  403: 'The proof by a registered key is missing or not good',
  404: 'No such registration, key or change',
  409: 'Not possible as the registration stands',
  413: 'The body is larger than 64 KiB',
  415: 'The body is not JSON, or not called so',
  429: 'The limit of calls is exceeded',
  431: 'The target and the headers are longer than 16 KiB',
  500: 'Something went wrong on our side',
  503: 'Registrations cannot be judged at the moment',
};

const OF_REGISTRATION = {
  'application/json': { schema: { $ref: getSchemaPath(RegistrationErrorDto) } },
};
const OF_SERVER = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };

/** What is refused before the path is understood is answered as everywhere: it may be no registration's at all. */
const CONTENT: Readonly<Record<number, object>> = {
  400: { ...OF_REGISTRATION, ...OF_SERVER },
  431: OF_SERVER,
};

/** What every endpoint of registration says of itself, and that its errors are those of RFC 7591. */
export const RegistrationEndpoint = (words: { id: string; ja: string; en: string }) =>
  applyDecorators(
    RouteConfig({ presentProblem: presentRegistrationProblem }),
    ApiTags('registration'),
    ApiOperation({ operationId: words.id, summary: words.ja, ...{ 'x-summary-en': words.en } }),
    ApiExtraModels(RegistrationErrorDto, ProblemDto),
    ...Object.entries(ERRORS).map(([status, description]) =>
      ApiResponse({
        status: Number(status),
        description,
        headers: INTERACTION,
        content: { ...(CONTENT[Number(status)] ?? OF_REGISTRATION) },
      }),
    ),
  );

/** Needs the registration access token. */
export const WithToken = () => ApiSecurity('registration_token');

/** Needs a registered key over the request as well; without a body there is no content in the proof. */
export const WithKeyProof = (required = true) =>
  ApiHeader({
    name: 'Key-Proof',
    required,
    description: 'JWT of type key-proof+jwt by a registered key (docs/registration.md)',
    schema: { type: 'string', maxLength: 8192 },
  });

export interface RegistrationCall {
  /** The registration access token, where one was sent. */
  readonly token: string | undefined;
  readonly interactionId: string;
  readonly proven: ProvenRequest;
  readonly raw: FastifyRequest['raw'];
}

/** The call as the services judge it; the body is what was sent, not what a type made of it. */
export const CurrentCall = createParamDecorator(
  (_data: unknown, context: ExecutionContext): RegistrationCall => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { headers, raw, method, body } = request;
    const proofs = raw.headersDistinct['key-proof'] ?? [];
    return {
      token: /^bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1],
      interactionId: interactionIdOf(raw),
      proven: {
        // Two proofs prove nothing.
        proof: proofs.length > 1 ? '' : proofs[0],
        method,
        path: (raw.url ?? '').split('?', 1)[0] ?? '',
        body: body ?? undefined,
        interactionId: interactionIdOf(raw),
      },
      raw,
    };
  },
);
