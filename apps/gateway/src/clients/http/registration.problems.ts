import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#libs/kernel';
import {
  languageOf,
  Problem,
  problemPage,
  problemPagesOf,
  type ProblemPresenter,
} from '#libs/platform';
import { errorOf, type Finding, type RegistrationErrorCode } from '../domain/finding.js';
import {
  findingSentences,
  registrationSentences,
  type FindingRule,
  type RegistrationRefusal,
} from '../domain/registration.refusals.js';
import type { Outcome } from '../registration.service.js';

export const registrationStatuses: Readonly<Record<RegistrationRefusal, number>> = {
  invalid_token: 401,
  key_proof_required: 403,
  key_proof_invalid: 403,
  key_proof_used: 403,
  registration_not_found: 404,
  key_not_found: 404,
  change_not_found: 404,
  registration_blocked: 409,
  last_key_stays: 409,
  registration_unavailable: 503,
};

/** A finding is one of the errors of RFC 7591 section 3.2.2, which is always a 400. */
export const findingStatuses = Object.fromEntries(
  Object.keys(findingSentences).map((rule) => [rule, 400]),
) as Readonly<Record<FindingRule, number>>;

const FAILED = {
  ja: '登録の内容に誤りがあります。errors の各項目を確認してください。',
  en: 'The registration fails; see every entry of errors.',
} as const;

/** A registration that failed, with everything that is wrong with it. */
class RegistrationProblem extends Problem {
  constructor(
    error: RegistrationErrorCode,
    readonly findings: readonly Finding[],
  ) {
    super(400, error, FAILED);
  }
}

/** The value of an outcome; throws what the caller gets otherwise. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  if ('findings' in outcome)
    throw new RegistrationProblem(errorOf(outcome.findings), outcome.findings);
  throw registrationProblem(outcome.refusal);
}

function registrationProblem({ code }: Refusal<RegistrationRefusal>): Problem {
  const status = registrationStatuses[code];
  return new Problem(status, code, registrationSentences[code], {
    ...(status === 503 ? { retryAfterSeconds: 2 } : {}),
    ...(status === 401 ? { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } } : {}),
  });
}

/**
 * Answers in the shape of RFC 7591 section 3.2.2: `error` and `error_description`, and beside them every
 * failed check with field, rule, what was sent and what is wanted (users.md B 23).
 */
export const presentRegistrationProblem: ProblemPresenter = (problem, request, reply) => {
  const language = languageOf(request.headers['accept-language']);
  const pageOf = (code: string): string => problemPage(problemPagesOf(request), code);
  const errors = errorsOf(problem, language, pageOf);
  const body = {
    error: problem.code === 'validation_failed' ? 'invalid_client_metadata' : problem.code,
    error_description: problem.words.en,
    error_uri: pageOf(problem.code),
    detail: problem.words[language],
    ...(errors.length > 0 ? { errors } : {}),
  };
  setHeaders(problem, reply, request);
  void reply.status(problem.status).send(JSON.stringify(body));
};

function errorsOf(problem: Problem, language: 'ja' | 'en', pageOf: (code: string) => string) {
  const findings = problem instanceof RegistrationProblem ? problem.findings : [];
  const ours = findings.map((each) => ({
    ...each,
    detail: findingSentences[each.rule][language],
    page: pageOf(each.rule),
  }));
  const ofForm = (problem.more.errors ?? []).map(({ pointer, code, detail }) => {
    const field = pointer.replace(/^\//, '').replaceAll('/', '.');
    const page = pageOf('validation_failed');
    return { field, rule: code, got: '', wanted: detail, detail, page };
  });
  return [...ours, ...ofForm];
}

function setHeaders(problem: Problem, reply: FastifyReply, request: FastifyRequest): void {
  const { headers = {}, retryAfterSeconds } = problem.more;
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  void reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-language', languageOf(request.headers['accept-language']))
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache');
}
