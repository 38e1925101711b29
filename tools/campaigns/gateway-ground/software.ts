import { createHash, randomBytes } from 'node:crypto';
import type { DemoClient } from '../../start/demo-clients.js';
import type { Door, WireAnswer, WireRequest } from './door.js';
import { newJti, nowSeconds, proofOf, Signer } from './signer.js';

type Params = Readonly<Record<string, string | undefined>>;

/** What has to be kept between the push and the exchange. */
export interface PushedRequest {
  readonly requestUri: string;
  readonly verifier: string;
  readonly state: string;
  /** Where the browser goes. */
  readonly url: URL;
}

export interface OwnTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly consentId: string | undefined;
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * An intermediary's software at the wire: it chooses the process that it asks, and what it sent can be sent again.
 * Nonces are the gateway's and not one process's, so one memory serves for all doors.
 */
export class Software {
  readonly #client: Signer;
  #authorizationNonce: string | undefined;
  #resourceNonce: string | undefined;

  constructor(
    readonly client: DemoClient,
    readonly origin: string,
    readonly key: Signer = Signer.fresh(),
  ) {
    this.#client = Signer.of(client.jwk);
  }

  /** The form of an authenticated call, with an assertion that is good once (RFC 7523). */
  form(params: Params): URLSearchParams {
    const { client_id: id, jwk } = this.client;
    const now = nowSeconds();
    const claims = { iss: id, sub: id, aud: this.origin, iat: now, exp: now + 60, jti: newJti() };
    const assertion = this.#client.jwt({ alg: 'ES256', kid: jwk.kid }, claims);
    const body = new URLSearchParams({
      client_id: id,
      client_assertion_type: ASSERTION,
      client_assertion: assertion,
    });
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined) body.set(name, value);
    }
    return body;
  }

  /** A request of the authorization server, ready to be sent (more than once, where that is the point). */
  post(path: string, params: Params, withProof = true): WireRequest {
    const url = `${this.origin}${path}`;
    const nonce = this.#authorizationNonce;
    return {
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(withProof ? { dpop: proofOf(this.key, { method: 'POST', url, nonce }) } : {}),
      },
      body: this.form(params).toString(),
    };
  }

  /** A request of the API with token and proof. */
  call(token: string, path: string, method: WireRequest['method'] = 'GET'): WireRequest {
    const url = `${this.origin}${path}`;
    const dpop = proofOf(this.key, { method, url, token, nonce: this.#resourceNonce });
    return { method, path, headers: { authorization: `DPoP ${token}`, dpop } };
  }

  /** Sends what `make` makes; when a fresh nonce is demanded, makes and sends it once more. */
  async ask(door: Door, make: () => WireRequest): Promise<WireAnswer> {
    const first = await this.send(door, make());
    return wantsNonce(first) ? this.send(door, make()) : first;
  }

  async send(door: Door, request: WireRequest): Promise<WireAnswer> {
    const answer = await door.ask(request);
    this.hear(request, answer);
    return answer;
  }

  /** Keeps the nonce that an answer brings; they are good for every client. */
  hear({ path }: WireRequest, answer: WireAnswer): void {
    const nonce = answer.headers['dpop-nonce'];
    if (typeof nonce !== 'string') return;
    if (path.startsWith('/v1')) this.#resourceNonce = nonce;
    else this.#authorizationNonce = nonce;
  }

  /** A good authorization request with PKCE: its push, and what the exchange needs later. */
  request(scope: string, detail: object): { params: Params; verifier: string; state: string } {
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(12).toString('base64url');
    const params = {
      response_type: 'code',
      redirect_uri: this.client.redirect_uri,
      scope,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([detail]),
    };
    return { params, verifier, state };
  }

  pushedFrom(answer: WireAnswer, made: { verifier: string; state: string }): PushedRequest {
    const { request_uri: requestUri } = bodyOf(answer) as { request_uri: string };
    const url = new URL('/authorize', this.origin);
    url.searchParams.set('client_id', this.client.client_id);
    url.searchParams.set('request_uri', requestUri);
    return { requestUri, url, verifier: made.verifier, state: made.state };
  }

  /** The parameters of the exchange of the code with which the browser came back. */
  exchange(pushed: PushedRequest, landedAt: URL): Params {
    return {
      grant_type: 'authorization_code',
      code: landedAt.searchParams.get('code') ?? '',
      redirect_uri: this.client.redirect_uri,
      code_verifier: pushed.verifier,
    };
  }

  tokensFrom(answer: WireAnswer): OwnTokens {
    const body = bodyOf(answer);
    const [detail] = (body['authorization_details'] ?? []) as { consent_id?: string }[];
    return {
      accessToken: String(body['access_token']),
      refreshToken: body['refresh_token'] as string | undefined,
      consentId: detail?.consent_id,
    };
  }
}

const wantsNonce = (answer: WireAnswer): boolean =>
  String(answer.headers['www-authenticate'] ?? '').includes('use_dpop_nonce') ||
  (answer.status === 400 && answer.text.includes('use_dpop_nonce'));

/** The JSON of an answer; {} where there is none. */
export function bodyOf({ text }: WireAnswer): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Renkei's own code in a refusal: `code` of a problem, or the first word of an OAuth error's description. */
export function codeOf(answer: WireAnswer): string {
  const { code, error, error_description: told } = bodyOf(answer);
  if (typeof code === 'string') return code;
  return /^([a-z_]+): /.exec(String(told ?? ''))?.[1] ?? String(error ?? answer.status);
}
