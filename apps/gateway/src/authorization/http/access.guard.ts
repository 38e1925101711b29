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
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { assert } from '#libs/kernel';
import { AccessService, type Access } from '../access.service.js';
import type { AccessOperation } from '../domain/access.js';
import { scopesOf } from '../domain/scopes-of.js';
import { accessProblem } from './access.problems.js';
import { ArrivedCalls } from './arrived-calls.js';
import { CallStories } from './call-stories.js';
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
    @Inject(ArrivedCalls) private readonly calls: ArrivedCalls,
    @Inject(CallStories) private readonly stories: CallStories,
  ) {
    super({ passOptionsToCallback: true });
  }

  async validate(request: unknown, options: unknown): Promise<Access> {
    const { operation, reply } = options as StrategyOptions;
    const call = this.calls.of(request as FastifyRequest);
    const verdict = await this.access.judge(call, operation);
    this.stories.tell((request as FastifyRequest).raw, call, verdict.told);
    if (!verdict.ok) throw accessProblem(verdict.refusal, verdict.headers);
    for (const [name, value] of Object.entries(verdict.headers)) void reply.header(name, value);
    void reply.header('cache-control', 'no-store');
    return verdict.value;
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
