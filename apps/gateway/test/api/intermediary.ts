import { createHash, randomBytes } from 'node:crypto';
import type { GatewayUnderTest } from './gateway-under-test.js';
import { DpopKey, type ProofOver } from './dpop-key.js';
import { assertionOf, type Software } from './software.js';

type Params = Record<string, string | undefined>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into bodies of many shapes; each expectation names the members it means.
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface Pushed {
  readonly requestUri: string;
  readonly verifier: string;
  readonly state: string;
  readonly redirectUri: string;
}

/** An intermediary at the wire: nothing is checked for it, everything can be spoilt. */
export class Intermediary {
  private nonces = new Map<string, string>();

  constructor(
    readonly gateway: GatewayUnderTest,
    readonly software: Software,
    public key: DpopKey,
    /** Sends to another process of the gateway, which goes by the same name. */
    readonly port?: number,
  ) {}

  get origin(): string {
    return this.gateway.origin;
  }

  static async of(gateway: GatewayUnderTest, software = gateway.minato): Promise<Intermediary> {
    return new Intermediary(gateway, software, await DpopKey.make());
  }

  /** POST of a form with client authentication; `form` may override or, with undefined, leave out. */
  async post(path: string, form: Params, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams();
    const assertion = await assertionOf(this.software, this.origin);
    const all: Params = {
      client_id: this.software.clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...form,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) body.set(name, value);
    return this.send('POST', path, { headers, body });
  }

  /** The members of a good authorization request, with PKCE. */
  request(details: object, over: Params = {}): { params: Params; verifier: string; state: string } {
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(12).toString('base64url');
    const params = {
      response_type: 'code',
      redirect_uri: this.software.redirectUri,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([details]),
      ...over,
    };
    return { params, verifier, state };
  }

  /** A push that has to be accepted. */
  async push(details: object, over: Params = {}): Promise<Pushed> {
    const { params, verifier, state } = this.request(details, over);
    const answer = await this.post('/par', params);
    if (answer.status !== 201) throw new Error(`PAR refused: ${answer.text}`);
    const requestUri = String(answer.body['request_uri']);
    return { requestUri, verifier, state, redirectUri: params['redirect_uri'] ?? '' };
  }

  /** A token request with a proof, tried again with the nonce when one is demanded. */
  async token(form: Params, over: ProofOver = {}, key = this.key): Promise<Answer> {
    const url = `${this.origin}/token`;
    const once = async () => {
      const nonce = this.nonces.get('/token');
      return this.post('/token', form, { dpop: await key.proof('POST', url, { nonce }, over) });
    };
    const first = await once();
    return first.body['error'] === 'use_dpop_nonce' ? once() : first;
  }

  redeem(code: string, pushed: Pushed, over: Params = {}, key = this.key): Promise<Answer> {
    const { verifier, redirectUri } = pushed;
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...over,
    };
    return this.token(form, {}, key);
  }

  /** A call of the API with token and proof, tried again with the nonce when one is demanded. */
  async call(
    path: string,
    token: string,
    over: ProofOver & {
      headers?: Record<string, string>;
      key?: DpopKey;
      method?: string;
      body?: object;
    } = {},
  ): Promise<Answer> {
    const { key = this.key, method = 'GET' } = over;
    const once = async () => {
      const nonce = this.nonces.get('/v1');
      const proof = await key.proof(method, `${this.origin}${path}`, { nonce, token }, over);
      const json: Record<string, string> =
        over.body === undefined ? {} : { 'content-type': 'application/json' };
      const headers = { authorization: `DPoP ${token}`, dpop: proof, ...json, ...over.headers };
      const body = over.body === undefined ? {} : { body: JSON.stringify(over.body) };
      return this.send(method, path, { headers, ...body });
    };
    const first = await once();
    const challenge = first.headers.get('www-authenticate') ?? '';
    return challenge.includes('use_dpop_nonce') ? once() : first;
  }

  /** A token of the software itself, without a user. */
  async ownToken(scope = 'transfers:status'): Promise<string> {
    const answer = await this.token({ grant_type: 'client_credentials', scope });
    if (answer.status !== 200) throw new Error(`No token: ${answer.text}`);
    return String(answer.body['access_token']);
  }

  nonceOf(part: '/v1' | '/token' | '/par'): string | undefined {
    return this.nonces.get(part);
  }

  async send(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: URLSearchParams | string } = {},
  ): Promise<Answer> {
    const url = path.startsWith('https:') ? path : `${this.origin}${path}`;
    const target = new URL(url);
    const headers = { ...init.headers, host: target.host };
    if (this.port) target.port = String(this.port);
    const response = await this.gateway.fetch(target, { method, ...init, headers });
    const nonce = response.headers.get('dpop-nonce');
    if (nonce) this.nonces.set(path.startsWith('/v1') ? '/v1' : path, nonce);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse(text), text };
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
