import {
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UseFilters,
  UseGuards,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { ApiSecurity } from '@nestjs/swagger';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { assert } from '#libs/kernel';
import { interactionIdOf, storyOf } from '#libs/platform';
import { Catalogue } from '../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { HostClock } from '../../platform/host-clock.js';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import {
  AccessService,
  type Access,
  type ArrivedCall,
  type ToldCaller,
} from '../access.service.js';
import type { AccessOperation } from '../domain/access.js';
import { readCustomerClaim } from '../customer-claim.js';
import { scopesOf } from '../domain/scopes-of.js';
import { accessProblem } from './access.problems.js';
import { AddressGate } from './address-gate.js';
import { ChallengeFilter } from './challenge.filter.js';

const OPERATION = 'renkei:operation';
const STRATEGY = 'access';

interface GuardedRequest extends FastifyRequest {
  user?: Access;
}

interface StrategyOptions {
  readonly operation: AccessOperation;
  readonly reply: FastifyReply;
}

/** Token and binding, then the access table: passport's strategy for every call of the API. */
@Injectable()
export class AccessStrategy extends PassportStrategy(Strategy, STRATEGY) {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(AddressGate) private readonly gate: AddressGate,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    super({ passOptionsToCallback: true });
  }

  async validate(request: unknown, options: unknown): Promise<Access> {
    const { operation, reply } = options as StrategyOptions;
    const call = this.arrived(request as FastifyRequest);
    const verdict = await this.access.judge(call, operation);
    const isBank = this.catalogue.current()?.knowsBank(call.bankCode) ?? false;
    const { raw } = request as FastifyRequest;
    tellStory(raw, isBank ? call.bankCode : undefined, verdict.told);
    storyOf(raw).customerPresent = call.customer.address !== undefined;
    if (!verdict.ok) throw accessProblem(verdict.refusal, verdict.headers);
    for (const [name, value] of Object.entries(verdict.headers)) void reply.header(name, value);
    void reply.header('cache-control', 'no-store');
    return verdict.value;
  }

  private arrived(request: FastifyRequest): ArrivedCall {
    const { raw, headers } = request;
    const url = raw.url ?? '';
    const params = request.params as Readonly<Record<string, string | undefined>>;
    const partner = headers['x-chain-partner-id'];
    const { claim, malformed } = readCustomerClaim(headers, this.clock.read());
    const { publicOrigin, mutualTls } = this.config;
    return {
      method: request.method,
      path: url.split('?', 1)[0] ?? '',
      urlChars: url.length,
      hasTokenInQuery: Object.hasOwn(request.query as object, 'access_token'),
      authorization: headers.authorization,
      // Several are joined by a comma, which no proof contains (RFC 7515 section 7.1).
      proofs: headersOf(headers['dpop']),
      origin: this.certificates.isMutual(raw) ? mutualTls.publicOrigin : publicOrigin,
      certificateThumbprint: this.certificates.of(raw)?.thumbprint,
      chainPartnerHeader: typeof partner === 'string' ? partner : undefined,
      customer: claim,
      malformedClaims: malformed,
      isContinuation: Object.hasOwn(request.query as object, 'cursor'),
      bankCode: params['bankCode'] ?? '',
      interactionId: interactionIdOf(raw),
      source: () => this.gate.sourceOf(raw),
    };
  }
}

@Injectable()
export class AccessGuard extends AuthGuard(STRATEGY) {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {
    super();
  }

  override getAuthenticateOptions(context: ExecutionContext) {
    const operation = this.reflector.get<AccessOperation | undefined>(
      OPERATION,
      context.getHandler(),
    );
    assert(operation, 'Every guarded endpoint names its operation.');
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return { session: false, operation, reply } satisfies StrategyOptions & { session: false };
  }
}

/** Guards an endpoint, says which function of the institution it uses (RKN-D4), and in OpenAPI which scopes open it. */
export const Guarded = (operation: AccessOperation) =>
  applyDecorators(
    SetMetadata(OPERATION, operation),
    UseGuards(AccessGuard),
    UseFilters(ChallengeFilter),
    ...scopesOf(operation).map((scope) => ApiSecurity('oauth2', [scope])),
  );

/** What the call may do, for the endpoint behind the guard. */
export const CurrentAccess = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { user } = context.switchToHttp().getRequest<GuardedRequest>();
  assert(user, 'CurrentAccess stands behind the guard only.');
  return user;
});

/** Who called, for log and figures. What stands in the path is told only where it is a bank: figures are kept by it. */
function tellStory(
  request: IncomingMessage,
  bankCode: string | undefined,
  told: ToldCaller | undefined,
): void {
  const story = storyOf(request);
  if (bankCode !== undefined) story.institution = bankCode;
  if (!told) return;
  story.client = told.clientId;
  story.intermediary = told.epspId;
  story.partner = told.chainPartnerId;
}

const headersOf = (joined: string | string[] | undefined): readonly string[] =>
  joined === undefined ? [] : String(joined).split(',');
