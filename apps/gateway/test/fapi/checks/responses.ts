import { createHash } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { must, type Report } from '../report.js';
import type { Landing, Response } from '../party/landing.js';
import type { AuthorizationRequest, Surroundings } from '../party/party.js';
import { headerOf, type Answer } from '../party/wire.js';
import type { Variant } from '../variants.js';
import { mustBeUnguessable } from './entropy.js';
import { isJson } from './errors.js';

const YEAR_SECONDS = 365 * 24 * 3600;
const TOKEN_CHARS_MIN = 128 / 8;
const DATE_TOLERANCE_MS = 5 * 60_000;
const SUCCESS_MEMBERS = ['code', 'state', 'iss', 'session_state'];
const ID_TOKEN_ALGORITHMS = ['PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** RFC 1123, as RFC 9110 section 5.6.7 writes dates. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** PAR said yes: 201, JSON, a time to live, a name that nobody guesses. Answers the request_uri. */
export function mustBePushed(answer: Answer): string {
  must(answer.status === 201, `PAR: ${answer.status} ${answer.text.slice(0, 300)}`);
  must(isJson(answer), 'PAR: the answer is no JSON.');
  const { request_uri: requestUri, expires_in: expiresIn } = answer.body;
  must(Number.isInteger(expiresIn) && Number(expiresIn) > 0, 'PAR: expires_in is missing.');
  mustBeUnguessable('request_uri', requestUri);
  return requestUri;
}

/** The browser came back with a code. */
export function mustBeCode(
  landing: Landing,
  request: AuthorizationRequest,
  report: Report,
): Response & { readonly code: string } {
  const shown = landing.kind === 'page' ? `a page, ${landing.status}` : landing.response['error'];
  must(landing.kind === 'redirect' && !shown, `No code came back, but ${shown}.`);
  const { response } = landing;
  const { code, state } = response;
  mustBeUnguessable('code', code);
  const wanted = request.params['state'];
  must(state === wanted, `The state came back as ${state?.slice(0, 40)}.`);
  const unknown = Object.keys(response).filter((name) => !SUCCESS_MEMBERS.includes(name));
  report.should(unknown.length === 0, `unknown members in the response: ${unknown.join(', ')}`);
  return { ...response, code };
}

/** The token endpoint said yes, and everything it handed out may be handed out. */
export async function mustBeTokens(
  answer: Answer,
  around: Surroundings,
  expected: { readonly clientId: string; readonly nonce?: unknown; readonly isRefresh?: true },
): Promise<{ accessToken: string; refreshToken: string | undefined }> {
  const { variant, report } = around;
  must(answer.status === 200, `token: ${answer.status} ${answer.text.slice(0, 300)}`);
  must(isJson(answer), 'token: the answer is no JSON.');
  must(/\bno-store\b/.test(headerOf(answer, 'cache-control')), 'token: no no-store.');
  const { body } = answer;
  const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = body;
  mustBeUnguessable('access_token', accessToken);
  must(accessToken.length >= TOKEN_CHARS_MIN, 'access_token is shorter than 128 bits.');
  const type = variant.constraint === 'dpop' ? 'dpop' : 'bearer';
  must(String(body['token_type']).toLowerCase() === type, `token_type ${body['token_type']}`);
  const seconds = Number(body['expires_in']);
  must(seconds > 0 && seconds < YEAR_SECONDS, `expires_in ${seconds}`);
  if (refreshToken !== undefined) mustBeUnguessable('refresh_token', refreshToken);
  if (variant.profile === 'fapi_client_credentials_grant')
    report.should(refreshToken === undefined, 'RFC 6749 4.4.3: a refresh token came along.');
  if (variant.requestType === 'rar') mustBeDetails(body['authorization_details']);
  if (variant.openid === 'plain_oauth') must(idToken === undefined, 'An id_token came along.');
  else if (!expected.isRefresh || idToken !== undefined)
    await mustBeIdToken(String(idToken), accessToken, around, expected);
  return { accessToken, refreshToken };
}

function mustBeDetails(details: unknown): void {
  must(Array.isArray(details) && details.length > 0, 'authorization_details are missing.');
  for (const detail of details as Record<string, unknown>[])
    must(typeof detail['type'] === 'string', 'An authorization detail has no type.');
}

/** OpenID Connect Core 3.1.3.7, with the algorithms of FAPI 2.0. */
async function mustBeIdToken(
  idToken: string,
  accessToken: string,
  { server, jwks }: Surroundings,
  { clientId, nonce, isRefresh }: { clientId: string; nonce?: unknown; isRefresh?: true },
): Promise<void> {
  must(idToken !== 'undefined', 'The id_token is missing.');
  const { alg = '', kid } = decodeProtectedHeader(idToken);
  must(ID_TOKEN_ALGORITHMS.includes(alg), `The id_token is signed with ${alg}.`);
  must(kid, 'The id_token names no kid.');
  const jwk = (await jwks()).find((key) => key.kid === kid);
  must(jwk, `The id_token is signed with an unpublished key ${kid}.`);
  const { payload } = await jwtVerify(idToken, await importJWK(jwk, alg), {
    issuer: server.issuer,
    audience: clientId,
    requiredClaims: ['sub', 'exp', 'iat'],
  });
  must(payload['sub'], 'The id_token names nobody.');
  // OpenID Connect Core 12.2: a refreshed one should not carry the nonce.
  if (!isRefresh || payload['nonce'] !== undefined)
    must(payload['nonce'] === nonce, 'The nonce of the id_token is not ours.');
  mustFit(payload, 'at_hash', accessToken);
}

function mustFit(payload: JWTPayload, claim: string, value: string): void {
  if (payload[claim] === undefined) return;
  const half = createHash('sha256').update(value).digest().subarray(0, 16);
  must(payload[claim] === half.toString('base64url'), `${claim} does not fit.`);
}

/** The API said yes, with the date that FAPI demands and our own interaction id. */
export function mustBeServed(answer: Answer, interactionId?: string): void {
  const { status, text } = answer;
  must(status === 200 || status === 201, `API: ${status} ${text.slice(0, 300)}`);
  const date = headerOf(answer, 'date');
  const isNow = Math.abs(Date.now() - Date.parse(date)) < DATE_TOLERANCE_MS;
  must(HTTP_DATE.test(date) && isNow, `API: Date is "${date}".`);
  const echoed = headerOf(answer, 'x-fapi-interaction-id');
  if (interactionId)
    must(
      echoed.toLowerCase() === interactionId.toLowerCase(),
      'x-fapi-interaction-id is not ours.',
    );
  else must(/^[0-9a-f-]{36}$/i.test(echoed), 'x-fapi-interaction-id is no UUID.');
}

export const tokenTypeOf = ({ constraint }: Variant): string =>
  constraint === 'dpop' ? 'DPoP' : 'Bearer';
