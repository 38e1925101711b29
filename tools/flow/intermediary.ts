import * as oauth from 'openid-client';
import { importJWK } from 'jose';
import type { LocalFetch } from '../http/index.js';
import type { DemoClient } from '../start/demo-clients.js';

/** What the browser is sent to, and what must be kept until it comes back. */
export interface Pushed {
  readonly url: URL;
  readonly state: string;
  readonly codeVerifier: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** What the holder agreed to, with bank-core's ids (RFC 9396 section 7). */
  readonly details: readonly Readonly<Record<string, unknown>>[];
}

/** An answer of the intermediary API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  /** The answer as it came: a document is compared by its bytes. */
  readonly bytes: Buffer;
}

export interface ApiCall {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Where its customer sits and waits; null: the software calls by itself. */
  readonly customerAddress?: string | null;
}

/**
 * One intermediary's software: FAPI 2.0 with PAR, PKCE, private_key_jwt and DPoP, by openid-client.
 * `npm run flow`, the story tests and the campaigns all speak to the gateway through it.
 */
export class Intermediary {
  private constructor(
    readonly client: DemoClient,
    private readonly config: oauth.Configuration,
    private readonly dpop: oauth.DPoPHandle,
    private readonly issuer: string,
  ) {}

  /** Reads the metadata and makes a DPoP key of its own. */
  static async discover(
    issuer: string,
    client: DemoClient,
    fetch: LocalFetch,
  ): Promise<Intermediary> {
    const key = await importJWK(client.jwk, 'ES256');
    if (key instanceof Uint8Array) throw new Error(`${client.client_id} has no private key.`);
    const proof = oauth.PrivateKeyJwt({ key, ...(client.jwk.kid ? { kid: client.jwk.kid } : {}) });
    const config = await oauth.discovery(new URL(issuer), client.client_id, {}, proof, {
      [oauth.customFetch]: (url, init) => fetch(url, init),
    });
    const dpop = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair('ES256'));
    return new Intermediary(client, config, dpop, issuer);
  }

  /** Pushes one authorization detail (RFC 9126). Throws openid-client's error with OAuth's code. */
  async push(scope: string, detail: Readonly<Record<string, unknown>>): Promise<Pushed> {
    const codeVerifier = oauth.randomPKCECodeVerifier();
    const state = oauth.randomState();
    const url = await oauth.buildAuthorizationUrlWithPAR(
      this.config,
      {
        redirect_uri: this.client.redirect_uri,
        scope,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        authorization_details: JSON.stringify([detail]),
      },
      { DPoP: this.dpop },
    );
    return { url, state, codeVerifier };
  }

  /** Takes the answer at the redirect address; checks state and issuer (RFC 9207). */
  async redeem(pushed: Pushed, landedAt: URL): Promise<Tokens> {
    const answer = await oauth.authorizationCodeGrant(
      this.config,
      landedAt,
      { pkceCodeVerifier: pushed.codeVerifier, expectedState: pushed.state },
      undefined,
      { DPoP: this.dpop },
    );
    return tokensOf(answer);
  }

  /** A new access token from the refresh token, which is not rotated (FAPI 2.0 SP 5.3.2.1). */
  async refresh(refreshToken: string): Promise<Tokens> {
    const answer = await oauth.refreshTokenGrant(this.config, refreshToken, undefined, {
      DPoP: this.dpop,
    });
    return tokensOf(answer);
  }

  /** A token without a user: it reads the state of this software's own transfers. */
  statusToken(): Promise<string> {
    return this.ownToken('transfers:status');
  }

  /** A token without a user, for this software's own affairs. */
  async ownToken(scope: string): Promise<string> {
    const dpop = { DPoP: this.dpop };
    return (await oauth.clientCredentialsGrant(this.config, { scope }, dpop)).access_token;
  }

  /** GET on the intermediary API. A refusal is an answer here, not an exception. */
  get(accessToken: string, path: string, query: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('GET', accessToken, path, { query });
  }

  /** POST of JSON to the intermediary API. */
  post(accessToken: string, path: string, body: object): Promise<ApiAnswer> {
    return this.send('POST', accessToken, path, { body });
  }

  /** POST of a file, as it is. */
  sendFile(
    accessToken: string,
    path: string,
    file: Buffer,
    headers: Readonly<Record<string, string>>,
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<ApiAnswer> {
    const typed = { 'content-type': 'application/octet-stream', ...headers };
    return this.request(method, accessToken, new URL(path, this.issuer), new Headers(typed), file);
  }

  /** Any call of the intermediary API, with the proof that belongs to it. */
  async send(
    method: string,
    accessToken: string,
    path: string,
    { query = {}, headers: more = {}, body, customerAddress = '127.0.0.1' }: ApiCall = {},
  ): Promise<ApiAnswer> {
    const url = new URL(path, this.issuer);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = new Headers({
      'x-fapi-interaction-id': crypto.randomUUID(),
      // With somebody there a call is not counted as unattended.
      ...(customerAddress === null ? {} : { 'x-fapi-customer-ip-address': customerAddress }),
      ...(body
        ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
        : {}),
      ...more,
    });
    return this.request(method, accessToken, url, headers, body ? JSON.stringify(body) : null);
  }

  private async request(
    method: string,
    accessToken: string,
    url: URL,
    headers: Headers,
    body: string | Uint8Array | null,
  ): Promise<ApiAnswer> {
    const dpop = { DPoP: this.dpop };
    try {
      return await read(
        await oauth.fetchProtectedResource(
          this.config,
          accessToken,
          url,
          method,
          body,
          headers,
          dpop,
        ),
      );
    } catch (error) {
      if (error instanceof oauth.WWWAuthenticateChallengeError) return read(error.response);
      throw error;
    }
  }
}

function tokensOf(answer: oauth.TokenEndpointResponse): Tokens {
  const details = answer.authorization_details as Tokens['details'] | undefined;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    details: details ?? [],
  };
}

async function read(answer: Response): Promise<ApiAnswer> {
  const bytes = Buffer.from(await answer.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const text = bytes.toString('utf8');
  const isJson = text.startsWith('{');
  const body = isJson ? (JSON.parse(text) as ApiAnswer['body']) : {};
  return { status: answer.status, body, headers: answer.headers, bytes };
}

/** The code of Renkei's own refusal inside an OAuth error: `<code>: sentence`. */
export function refusalCodeOf(error: unknown): string | undefined {
  if (!(error instanceof oauth.ResponseBodyError)) return undefined;
  return /^([a-z_]+):/.exec(error.error_description ?? '')?.[1] ?? error.error;
}
