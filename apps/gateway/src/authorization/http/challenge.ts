import { Problem } from '#libs/platform';

const ALGORITHMS = 'algs="ES256 PS256"';

/** Where the error of RFC 6750 and RFC 9449 is not `invalid_token`; none where nothing was presented. */
const ERRORS: Readonly<Record<string, string | undefined>> = {
  token_missing: undefined,
  invalid_dpop_proof: 'invalid_dpop_proof',
  use_dpop_nonce: 'use_dpop_nonce',
};

/**
 * What a 401 owes its caller: the challenge of RFC 9449 section 7.1; at the host for certificates also the one of
 * RFC 6750, whose scheme certificate-bound tokens travel by (RFC 8705 section 3). A consent that has died since is a
 * dead token to the intermediary, whoever has found it out (users.md D.5).
 */
export function challengeOf(code: string, isMutual: boolean): string {
  const error = Object.hasOwn(ERRORS, code) ? ERRORS[code] : 'invalid_token';
  const named = error ? `error="${error}"` : undefined;
  const proof = ['DPoP', [named, ALGORITHMS].filter(Boolean).join(', ')].join(' ');
  if (!isMutual) return proof;
  const isOfProof = error !== undefined && error.includes('dpop');
  return isOfProof ? proof : `${['Bearer', named].filter(Boolean).join(' ')}, ${proof}`;
}

/** The problem with the challenge that it owes, where it is a 401; else as it is. */
export function challenged(problem: Problem, isMutual: boolean): Problem {
  const { status, code, words, more } = problem;
  if (status !== 401) return problem;
  const headers = { ...more.headers, 'www-authenticate': challengeOf(code, isMutual) };
  return new Problem(status, code, words, { ...more, headers });
}
