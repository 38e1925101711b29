import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { hashOf } from '#libs/kernel';
import type { ChangeDesk } from '../../src/clients/index.js';
import { DpopKey } from './dpop-key.js';
import type { GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { MINATO } from './fixtures.js';
import type { Software } from './software.js';
import type { Claims } from './statement-issuer.js';

export interface OwnKey {
  readonly kid: string;
  readonly alg: 'ES256' | 'PS256';
  readonly key: CryptoKey;
  readonly jwk: JWK;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into bodies of many shapes; each expectation names the members it means.
  readonly body: Record<string, unknown>;
}

let keysMade = 0;

export async function newKey(alg: 'ES256' | 'PS256' = 'ES256', kid?: string): Promise<OwnKey> {
  keysMade += 1;
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const named = kid ?? `key-${keysMade}`;
  const jwk = { ...(await exportJWK(publicKey)), kid: named, alg, use: 'sig' };
  return { kid: named, alg, key: privateKey, jwk };
}

/** An intermediary that registers software: it holds keys, gets statements, and keeps what it was told. */
export class Registrant {
  clientId = '';
  token = '';
  readonly keys: OwnKey[] = [];

  private constructor(
    readonly gateway: GatewayUnderTest,
    public claims: Claims,
  ) {}

  /** With one key and the claims of its statement, not yet registered. */
  static async of(gateway: GatewayUnderTest, over: Claims = {}, alg: 'ES256' | 'PS256' = 'ES256') {
    const key = await newKey(alg);
    const claims = gateway.statements.claims(gateway.origin, { keys: [key.jwk] }, over);
    const made = new Registrant(gateway, claims);
    made.keys.push(key);
    return made;
  }

  /** Registered; fails where that is refused. */
  static async registered(gateway: GatewayUnderTest, over: Claims = {}, body: Claims = {}) {
    const made = await Registrant.of(gateway, over);
    const answer = await made.register(body);
    if (answer.status !== 201) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
    return made;
  }

  get own(): OwnKey {
    return this.keys[0]!;
  }

  /** The statement as it is, or a fresh one with the same claims. */
  statement(over: Claims = {}): Promise<string> {
    return this.gateway.statements.sign({ ...this.claims, ...over });
  }

  fresh(over: Claims = {}): Promise<string> {
    return this.statement({ jti: randomBytes(12).toString('hex'), ...over });
  }

  async register(body: Claims = {}): Promise<Answered> {
    const answer = await this.send('POST', '/register', {
      software_statement: await this.statement(),
      ...body,
    });
    if (answer.status === 201) {
      this.clientId = String(answer.body['client_id']);
      this.token = String(answer.body['registration_access_token']);
    }
    return answer;
  }

  /** A call of the management with the registration token, and with a proof where a key is named. */
  async manage(
    method: string,
    path: string,
    body?: Claims,
    by?: OwnKey,
    over: Claims = {},
  ): Promise<Answered> {
    const full = `/register/${this.clientId}${path}`;
    const headers: Record<string, string> = { authorization: `Bearer ${this.token}` };
    if (by) headers['key-proof'] = await this.proof(method, full, body, by, over);
    return this.send(method, full, body, headers);
  }

  async proof(
    method: string,
    path: string,
    body: Claims | undefined,
    by: OwnKey,
    over: Claims = {},
    header: Claims = {},
  ): Promise<string> {
    const claims: Claims = {
      iss: this.clientId,
      sub: this.clientId,
      aud: this.gateway.origin,
      htm: method,
      htu: `${this.gateway.origin}${path}`,
      iat: Math.floor(Date.now() / 1000),
      jti: randomBytes(12).toString('hex'),
      ...(body === undefined ? {} : { content: hashOf(body) }),
      ...over,
    };
    const present = Object.entries(claims).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(present))
      .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'key-proof+jwt', ...header })
      .sign(by.key);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    fetch = this.gateway.fetch,
    origin = this.gateway.origin,
  ): Promise<Answered> {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** The members that an update repeats: everything but what RFC 7592 section 2.2 leaves out. */
  async wish(over: Claims = {}): Promise<Claims> {
    const { body } = await this.manage('GET', '');
    const left = ['registration_access_token', 'registration_client_uri', 'client_id_issued_at'];
    const kept = Object.entries(body).filter(([name]) => !left.includes(name));
    return { ...Object.fromEntries(kept), ...over };
  }

  /** As the other tests use software; `by` names the key that signs its assertions. */
  software(by: OwnKey = this.own): Software {
    const redirectUri = 'https://app.example/callback';
    const { kid, alg, key } = by;
    const jwks = { keys: [by.jwk] };
    const seed = { clientId: this.clientId, epspId: MINATO, redirectUris: [redirectUri], jwks };
    return {
      clientId: this.clientId,
      redirectUri,
      redirectUriWithQuery: redirectUri,
      key,
      kid,
      alg,
      seed,
    };
  }
}

export const findingsOf = ({ body }: Answered): string[] =>
  ((body['errors'] ?? []) as { field: string; rule: string }[]).map(
    ({ field, rule }) => `${field}: ${rule}`,
  );

/** Two officers of the bank decide, as `npm run staff` lets them. */
export async function decideChange(
  desk: ChangeDesk,
  { body }: Answered,
  outcome: 'approved' | 'rejected' = 'approved',
) {
  const change = (body['pending_change'] ?? body) as Record<string, string>;
  return desk.decide({
    changeId: String(change['change_id']),
    contentHash: String(change['content_hash']),
    outcome,
    proposalId: 'prp_01j00000000000000000000000',
    decidedBy: ['aiko@bank.example', 'goro@bank.example'],
  });
}

export const CREDENTIALS = { grant_type: 'client_credentials', scope: 'transfers:status' };

/** Whether this key gets the software a token now. */
export async function authenticates(registrant: Registrant, by: OwnKey): Promise<boolean> {
  const { gateway } = registrant;
  const client = new Intermediary(gateway, registrant.software(by), await DpopKey.make());
  return (await client.token(CREDENTIALS)).status === 200;
}
