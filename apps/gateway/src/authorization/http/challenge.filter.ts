import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from '#libs/platform';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import { challenged } from './challenge.js';

/** Every 401 of a guarded endpoint challenges alike, whether the access table refused or bank-core did later. */
@Catch(Problem)
export class ChallengeFilter implements ExceptionFilter<Problem> {
  constructor(@Inject(ClientCertificates) private readonly certificates: ClientCertificates) {}

  catch(problem: Problem, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const isMutual = this.certificates.isMutual(request.raw);
    sendProblem(challenged(problem, isMutual), request, http.getResponse<FastifyReply>());
  }
}
