import { createHash, randomBytes, type JsonWebKey } from 'node:crypto';
import { approve, FormBrowser, localAgent, localFetch, type LocalFetch } from '../../http/index.js';
import { machineNow } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import { newJti, prover, seconds, signer } from './signing.js';

/** What a token is bound to: a key that makes proofs, or the certificate of the connection (PEM). */
export type Binding =
  | { readonly method: 'dpop'; readonly key: JsonWebKey }
  | { readonly method: 'certificate'; readonly cert: string; readonly key: string };

export interface PartyOf {
  readonly issuer: string;
  /** Where calls arrive: the issuer itself, or the host for certificates. */
  readonly origin: string;
  readonly authority: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly clientKey: JsonWebKey;
  readonly binding: Binding;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly consentId: string;
}

type Form = Readonly<Record<string, string>>;

/** One intermediary's software at the wire, as far as the bench needs it (private_key_jwt, PAR, PKCE). */
export class Party {
  private readonly agent;
  private readonly fetch: LocalFetch;
  private readonly assertion: (claims: object) => string;
  private nonce: string | undefined;

  constructor(readonly of: PartyOf) {
    const { binding, authority, clientKey } = of;
    const files = binding.method === 'dpop' ? {} : { cert: binding.cert, key: binding.key };
    this.agent = localAgent(authority, files);
    this.fetch = localFetch(this.agent);
    this.assertion = signer(clientKey, { kid: clientKey['kid'] });
  }

  /** The whole flow once: the holder agrees on the bank's pages to have accounts and balances read. */
  async consent(person: DemoPerson): Promise<Tokens> {
    const { redirectUri, issuer, clientId } = this.of;
    const verifier = randomBytes(32).toString('base64url');
    const pushed = await this.post('/par', {
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'accounts',
      state: newJti(),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([readingOf(person.bankCode)]),
    });
    const start = new URL('/authorize', issuer);
    start.searchParams.set('client_id', clientId);
    start.searchParams.set('request_uri', String(pushed['request_uri']));
    const stopsAt = (url: URL) => url.href.startsWith(redirectUri);
    const browser = new FormBrowser({ fetch: this.fetch, stopsAt });
    const { landedAt } = await approve(browser, start, person, machineNow);
    const code = landedAt.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier };
    return tokensOf(await this.post('/token', { ...form, redirect_uri: redirectUri }));
  }

  async refresh(refreshToken: string): Promise<string> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    return String((await this.post('/token', form))['access_token']);
  }

  /** One protected read. */
  async get(path: string, token: string): Promise<Record<string, unknown>> {
    const url = `${this.of.origin}${path}`;
    return this.send(() => [url, { headers: this.proven('GET', url, token) }]);
  }

  close(): void {
    this.agent.destroy();
  }

  private async post(path: string, form: Form): Promise<Record<string, unknown>> {
    const { issuer, clientId, origin } = this.of;
    const url = `${origin}${path}`;
    return this.send(() => {
      const at = { iat: seconds(), exp: seconds() + 60, jti: newJti() };
      const body = new URLSearchParams({
        ...form,
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: this.assertion({ iss: clientId, sub: clientId, aud: issuer, ...at }),
      });
      const headers = path === '/token' ? this.proven('POST', url) : {};
      return [url, { method: 'POST', headers, body }];
    });
  }

  private proven(method: string, url: string, token?: string): Record<string, string> {
    const { binding } = this.of;
    const scheme = binding.method === 'dpop' ? 'DPoP' : 'Bearer';
    return {
      ...(token ? { authorization: `${scheme} ${token}` } : {}),
      ...(binding.method === 'dpop'
        ? { dpop: prover(binding.key, method, url, token)(this.nonce) }
        : {}),
    };
  }

  /** Made anew and sent again where a nonce is demanded. Throws what was refused. */
  private async send(
    make: () => Parameters<LocalFetch>,
    mayRepeat = true,
  ): Promise<Record<string, unknown>> {
    const answer = await this.fetch(...make());
    this.nonce = answer.headers.get('dpop-nonce') ?? this.nonce;
    const text = await answer.text();
    if (answer.status < 300) return JSON.parse(text) as Record<string, unknown>;
    const challenge = `${text}${answer.headers.get('www-authenticate')}`;
    if (mayRepeat && challenge.includes('use_dpop_nonce')) return this.send(make, false);
    throw new Error(`${answer.status} ${text}`);
  }
}

const readingOf = (bankCode: string) => ({
  type: 'account_information',
  bank_code: bankCode,
  permissions: ['accounts_read', 'balances_read'],
  purpose: 'household_accounting',
  term_days: 30,
  chain_partner: 'none',
});

const tokensOf = (answer: Record<string, unknown>): Tokens => {
  const [detail] = answer['authorization_details'] as { consent_id?: string }[];
  return {
    accessToken: String(answer['access_token']),
    refreshToken: String(answer['refresh_token']),
    consentId: String(detail?.consent_id),
  };
};
