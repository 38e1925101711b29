import { Problem, type ProblemMore } from '#libs/platform';
import { coreProblem, isCoreCode } from '../../bank/index.js';
import { accessSentences, type AccessCode } from '../domain/access.refusals.js';
import type { AccessRefusal } from '../domain/access.js';

export const accessStatuses: Readonly<Record<AccessCode, number>> = {
  request_too_large: 400,
  token_in_query: 400,
  token_missing: 401,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
  binding_mismatch: 401,
  client_certificate_missing: 401,
  chain_partner_missing: 400,
  software_blocked: 403,
  temporarily_unavailable: 503,
  customer_claim_malformed: 400,
  quota_exceeded: 429,
};

/** A refusal of the access table as RFC 9457; the challenge that a 401 owes is added where it is sent. */
export function accessProblem(
  refusal: AccessRefusal,
  headers: Readonly<Record<string, string>>,
): Problem {
  const { code } = refusal;
  // Our own words come first: bank-core has a `quota_exceeded` of its own, for other quotas.
  if (!isOwn(code) && isCoreCode(code))
    return withHeaders(coreProblem({ ...refusal, code }), headers);
  const own = code as AccessCode;
  const status = accessStatuses[own];
  const words: (typeof accessSentences)[AccessCode] & { clause?: string } = accessSentences[own];
  const more: ProblemMore = {
    clause: refusal.clause ?? words.clause,
    ...(own === 'customer_claim_malformed'
      ? { errors: findingsOf(refusal) }
      : { facts: refusal.facts }),
    headers,
    ...(status === 503 ? { retryAfterSeconds: 1 } : {}),
    ...(status === 429
      ? {
          retryAfterSeconds: Number(headers['retry-after'] ?? 1),
          violatedPolicies: [String(refusal.facts?.['policy'])],
        }
      : {}),
  };
  return new Problem(status, code, { ja: words.ja, en: words.en }, more);
}

/** Each header that cannot be read, by its name. */
const findingsOf = ({ facts }: AccessRefusal) =>
  [facts?.['headers'] ?? []].flat().map((name) => ({
    pointer: String(name),
    code: 'malformed',
    detail: 'header malformed',
  }));

const withHeaders = (problem: Problem, headers: Readonly<Record<string, string>>): Problem =>
  new Problem(problem.status, problem.code, problem.words, {
    ...problem.more,
    headers: { ...problem.more.headers, ...headers },
  });

const isOwn = (code: string): code is AccessCode => Object.hasOwn(accessSentences, code);
