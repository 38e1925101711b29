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
  temporarily_unavailable: 503,
  customer_claim_malformed: 400,
  quota_exceeded: 429,
};

/** The error of RFC 6750 and RFC 9449 that goes with a code; no error where nothing was presented. */
const CHALLENGES: Partial<Readonly<Record<AccessCode, string>>> = {
  invalid_token: 'invalid_token',
  invalid_dpop_proof: 'invalid_dpop_proof',
  use_dpop_nonce: 'use_dpop_nonce',
  binding_mismatch: 'invalid_token',
  client_certificate_missing: 'invalid_token',
};

const ALGORITHMS = 'algs="ES256 PS256"';

/**
 * The challenge of RFC 9449 section 7.1; at the host for certificates also the one of RFC 6750, whose
 * scheme certificate-bound tokens travel by (RFC 8705 section 3).
 */
function challengeOf(error: string | undefined, isMutual: boolean): string {
  const named = error ? `error="${error}"` : undefined;
  const proof = ['DPoP', [named, ALGORITHMS].filter(Boolean).join(', ')].join(' ');
  if (!isMutual) return proof;
  const isOfProof = error !== undefined && error.includes('dpop');
  return isOfProof ? proof : `${['Bearer', named].filter(Boolean).join(' ')}, ${proof}`;
}

/** A refusal of the access table as RFC 9457, with the challenge that a 401 owes. */
export function accessProblem(
  refusal: AccessRefusal,
  headers: Readonly<Record<string, string>>,
  isMutual: boolean,
): Problem {
  const { code } = refusal;
  // Our own words come first: bank-core has a `quota_exceeded` of its own, for other quotas.
  if (!isOwn(code) && isCoreCode(code))
    return withHeaders(coreProblem({ ...refusal, code }), headers);
  const own = code as AccessCode;
  const status = accessStatuses[own];
  const words: (typeof accessSentences)[AccessCode] & { clause?: string } = accessSentences[own];
  const challenge = challengeOf(CHALLENGES[own], isMutual);
  const more: ProblemMore = {
    clause: refusal.clause ?? words.clause,
    ...(own === 'customer_claim_malformed'
      ? { errors: findingsOf(refusal) }
      : { facts: refusal.facts }),
    headers: { ...headers, ...(status === 401 ? { 'www-authenticate': challenge } : {}) },
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
