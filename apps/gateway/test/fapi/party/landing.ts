import { decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import { must, type Report } from '../report.js';

export type Response = Readonly<Record<string, string>>;

/** Where the browser ended: back at the client, or on a page of the server. */
export type Landing =
  | { readonly kind: 'redirect'; readonly response: Response }
  | { readonly kind: 'page'; readonly status: number; readonly text: string };

export interface LandingRules {
  readonly redirectUri: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly isJarm: boolean;
  readonly report: Report;
  jwks(): Promise<readonly JWK[]>;
}

const ALGORITHMS = ['PS256', 'ES256', 'EdDSA', 'Ed25519'];
const JARM_SECONDS = { least: 10, most: 600 };

/**
 * The parameters that the server sent back. Checks what holds for every response: it arrives at the
 * address that was asked for with its own query unharmed, nothing travels in the fragment, and in a JARM
 * variant all of it stands in one signed `response`.
 */
export async function readRedirect(location: string, rules: LandingRules): Promise<Response> {
  const url = new URL(location);
  const asked = new URL(rules.redirectUri);
  const sameAddress = url.origin === asked.origin && url.pathname === asked.pathname;
  must(sameAddress, `The browser was sent to ${url.origin}${url.pathname}.`);
  must(url.hash === '', 'Something stands in the fragment of the redirect.');
  const query = new URLSearchParams(url.search);
  for (const [name, value] of asked.searchParams) {
    must(query.getAll(name).join() === value, `${name} of the registered address was lost.`);
    query.delete(name);
  }
  const names = [...query.keys()];
  must(new Set(names).size === names.length, 'A response parameter came twice.');
  const params = Object.fromEntries(query);
  if (!rules.isJarm) {
    must(params['iss'] === rules.issuer, 'RFC 9207: iss is missing or foreign.');
    return params;
  }
  must(names.join() === 'response', `Beside the JARM response: ${names.join(', ')}.`);
  return readJarm(params['response'] ?? '', rules);
}

async function readJarm(token: string, rules: LandingRules): Promise<Response> {
  const { alg, kid } = decodeProtectedHeader(token);
  must(ALGORITHMS.includes(alg ?? ''), `JARM is signed with ${alg}.`);
  const jwk = (await rules.jwks()).find((key) => key.kid === kid);
  must(jwk, `JARM is signed with an unpublished key ${kid}.`);
  const { payload } = await jwtVerify(token, await importJWK(jwk, alg), {
    issuer: rules.issuer,
    audience: rules.clientId,
    requiredClaims: ['exp'],
  });
  const left = Number(payload.exp) - Date.now() / 1000;
  const isSensible = left > JARM_SECONDS.least && left < JARM_SECONDS.most;
  rules.report.should(isSensible, `JARM lives for ${Math.round(left)} s.`);
  const { aud: _aud, exp: _exp, iat: _iat, ...response } = payload;
  return Object.fromEntries(Object.entries(response).map(([name, value]) => [name, String(value)]));
}
