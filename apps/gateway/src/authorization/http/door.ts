import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Problem } from '#libs/platform';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import { AccessService, type RefusedCall } from '../access.service.js';
import { accessProblem } from './access.problems.js';
import { ArrivedCalls } from './arrived-calls.js';
import { CallStories } from './call-stories.js';
import { challenged } from './challenge.js';
import { isOpen } from './open-calls.js';

/**
 * Turns strangers away from the guarded endpoints before their body is read: Nest asks its guards only after the body
 * was parsed, and whoever shows no token that lives would cost that much, as often as it likes (T-31).
 */
@Injectable()
export class Door {
  constructor(
    @Inject(ArrivedCalls) private readonly calls: ArrivedCalls,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(CallStories) private readonly stories: CallStories,
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
  ) {}

  /** As the guard would refuse it. Waits for nothing where the token lies in memory. */
  refusalOf(request: FastifyRequest): Promise<Problem | undefined> | undefined {
    const call = this.calls.of(request);
    return this.access
      .judgeAtDoor(call)
      ?.then((refused) => refused && this.problemOf(request, refused));
  }

  private problemOf(request: FastifyRequest, { refusal, headers }: RefusedCall): Problem {
    const { raw } = request;
    this.stories.tell(raw, this.calls.of(request));
    return challenged(accessProblem(refusal, headers), this.certificates.isMutual(raw));
  }
}

/** Asks the door of every route that needs a token. */
export const boundGuardedCalls =
  (door: Door): onRequestHookHandler =>
  (request, _reply, done) => {
    const refusal = isOpen(request.routeOptions.url) ? undefined : door.refusalOf(request);
    if (!refusal) return done();
    void refusal.then((problem) => done(problem), done);
  };
