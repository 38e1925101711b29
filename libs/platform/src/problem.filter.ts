import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem, languageOf, problemBody } from './problem-body.js';
import { problemPagesOf } from './problem-pages.js';
import { Problem } from './problem.js';
import { isDatabaseSilence } from './database-silence.js';
import { faultOf } from './fault.js';
import { interactionIdOf } from './interaction-id.js';
import { storyOf } from './observe/story.js';

const RETRY_SECONDS = 2;

function unavailable(): Problem {
  const { status, code, words } = platformProblem('temporarily_unavailable');
  return new Problem(status, code, words, { retryAfterSeconds: RETRY_SECONDS });
}

/** Maps whatever was thrown to what a stranger may see. A bug becomes 500 with the interaction id and nothing else. */
export function problemFrom(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (isDatabaseSilence(thrown)) return unavailable();
  const { statusCode } = (thrown ?? {}) as { statusCode?: unknown };
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCode;
  if (status === 413) return platformProblem('body_too_large');
  if (status === 404) return platformProblem('not_found');
  if (status === 405) return platformProblem('method_not_allowed');
  if (status === 415) return platformProblem('media_type_not_supported');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return platformProblem('validation_failed');
  return platformProblem('internal_error');
}

/** The one place where an exception becomes an answer of a resource API (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Who cannot be served says at which institution: the others may well be there. */
function atInstitution(problem: Problem, { params }: FastifyRequest): Problem {
  const { bankCode } = (params ?? {}) as { bankCode?: unknown };
  if (problem.status !== 503 || typeof bankCode !== 'string') return problem;
  if (!/^[0-9]{4}$/.test(bankCode)) return problem;
  const { status, code, words, more } = problem;
  return new Problem(status, code, words, { ...more, facts: { ...more.facts, bankCode } });
}

/** How a route whose answers people read shows a problem: set it as `presentProblem` in the route's configuration. */
export type ProblemPresenter = (
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
) => void;

export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = atInstitution(problemFrom(thrown), request);
  storyOf(request.raw).code = problem.code;
  if (problem.status >= 500)
    request.log.error(
      { fault: faultOf(thrown), code: problem.code, interactionId: interactionIdOf(request.raw) },
      'request failed',
    );
  const { presentProblem } = (request.routeOptions?.config ?? {}) as {
    presentProblem?: ProblemPresenter;
  };
  if (presentProblem) return presentProblem(problem, request, reply);
  const language = languageOf(request.headers['accept-language']);
  if (problem.more.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(problem.more.retryAfterSeconds));
  }
  for (const [name, value] of Object.entries(problem.more.headers ?? {}))
    void reply.header(name, value);
  const id = interactionIdOf(request.raw);
  const body = problemBody(problem, id, language, problemPagesOf(request));
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body));
}
