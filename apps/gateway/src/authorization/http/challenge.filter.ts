import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from '#libs/platform';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import { challengeOf } from './challenge.js';

/** Every 401 of a guarded endpoint challenges alike, whether the access table refused or bank-core did later. */
@Catch(Problem)
export class ChallengeFilter implements ExceptionFilter<Problem> {
  constructor(@Inject(ClientCertificates) private readonly certificates: ClientCertificates) {}

  catch(problem: Problem, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    sendProblem(this.challenged(problem, request), request, http.getResponse<FastifyReply>());
  }

  private challenged(problem: Problem, { raw }: FastifyRequest): Problem {
    const { status, code, words, more } = problem;
    if (status !== 401) return problem;
    const challenge = challengeOf(code, this.certificates.isMutual(raw));
    const headers = { ...more.headers, 'www-authenticate': challenge };
    return new Problem(status, code, words, { ...more, headers });
  }
}
