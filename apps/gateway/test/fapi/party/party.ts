import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'node:https';
import type { JWK } from 'jose';
import type { Report } from '../report.js';
import type { ServerUnderTest } from '../server-under-test.js';
import { scopeOf, type ClientSetting, type Variant } from '../variants.js';
import { assertionOf, requestObjectOf, type SigningFaults } from './assertion.js';
import { Browser } from './browser.js';
import type { CallFaults, PushFaults, TokenFaults } from './faults.js';
import { present, type Members, type SigningKey } from './jws.js';
import type { PartyKeys } from './keys.js';
import { readRedirect, type Landing } from './landing.js';
import type { Endpoints } from './metadata.js';
import { demandOfApi, demandOfServer, Nonces } from './nonces.js';
import { proofOf, type ProofFaults } from './proof.js';
import { DETAILS, redirectUriOf, resourcePathOf } from './registration.js';
import { send, type Answer } from './wire.js';

/** Everything of a run that its parties share. */
export interface Surroundings {
  readonly server: ServerUnderTest;
  readonly variant: Variant;
  readonly endpoints: Endpoints;
  readonly report: Report;
  /** Without a client certificate. */
  readonly plain: Agent;
  jwks(): Promise<readonly JWK[]>;
}

export interface AuthorizationRequest {
  readonly params: Record<string, unknown>;
  readonly verifier: string;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** One of the two clients, at the wire: it can say everything right, and everything wrong. */
export class Party {
  readonly redirectUri: string;
  readonly signingKey: SigningKey;
  readonly dpopKey: SigningKey;
  /** Of the authorization server, and of the API. */
  private readonly asNonces = new Nonces(demandOfServer);
  private readonly apiNonces = new Nonces(demandOfApi);

  constructor(
    private readonly around: Surroundings,
    readonly number: 1 | 2,
    readonly setting: ClientSetting,
    readonly keys: PartyKeys,
    /** With this client's certificate. */
    private readonly own: Agent,
  ) {
    this.signingKey = keys.signing[setting.alg];
    this.dpopKey = keys.dpop[setting.dpopAlg];
    this.redirectUri = redirectUriOf(setting, number);
  }

  get clientId(): string {
    return this.setting.clientId;
  }

  /** A good authorization request of this variant. What `over` sets to undefined is left out. */
  request(over: Members = {}): AuthorizationRequest {
    const { variant } = this.around;
    const verifier = randomBytes(32).toString('base64url');
    const params = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      scope: scopeOf(variant),
      state: randomBytes(12).toString('base64url'),
      nonce: variant.openid === 'openid_connect' ? randomBytes(9).toString('base64url') : undefined,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      response_mode: variant.responseMode === 'jarm' ? 'jwt' : undefined,
      authorization_details: variant.requestType === 'rar' ? DETAILS : undefined,
      ...over,
    };
    return { params: present(params), verifier };
  }

  /** Pushes a request; a demanded nonce is obeyed, with a fresh assertion. */
  push({ params }: AuthorizationRequest, faults: PushFaults = {}): Promise<Answer> {
    const { variant, server, endpoints, plain } = this.around;
    const isSigned = variant.requestMethod === 'signed_non_repudiation' && !faults.isUnsigned;
    const of = { clientId: this.clientId, issuer: server.issuer };
    const pushed = isSigned
      ? {
          client_id: this.clientId,
          request: requestObjectOf(params, of, this.signingKey, faults.requestObject),
        }
      : params;
    return this.asNonces.obeying((nonce) => {
      const { method = 'POST' } = faults;
      const url = endpoints.par;
      const form = formOf({ ...pushed, ...this.credentials(faults.assertion), ...faults.form });
      const headers: Record<string, string> = faults.proof
        ? { DPoP: proofOf({ method, url, nonce }, this.dpopKey, faults.proof) }
        : {};
      const agent = variant.clientAuth === 'mtls' ? this.own : plain;
      return send(url, agent, { method, form, headers });
    });
  }

  /** The address that the browser opens: by default with what OAuth always required, besides. */
  authorizeUrl(requestUri: string, params: Members = this.duplicates()): string {
    const query = formOf({ client_id: this.clientId, request_uri: requestUri, ...params });
    return `${this.around.endpoints.authorization}?${query.toString()}`;
  }

  duplicates(): Record<string, unknown> {
    return { response_type: 'code', scope: scopeOf(this.around.variant) };
  }

  /** Opens an address with a fresh browser, lets the holder decide if asked, and answers where it ends. */
  async visit(url: string, decision: 'approve' | 'refuse' = 'approve'): Promise<Landing> {
    const browser = new Browser(this.around.plain);
    const opened = await browser.open(url);
    return this.finish(browser, opened, decision);
  }

  /** The rest of the way from an opened authorization endpoint. */
  async finish(
    browser: Browser,
    opened: Answer & { readonly location: string },
    decision: 'approve' | 'refuse',
  ): Promise<Landing> {
    if (!opened.location) return { kind: 'page', status: opened.status, text: opened.text };
    if (this.isOurs(opened.location)) return this.landed(opened.location);
    const back = await this.around.server.decide(opened.location, decision);
    let step = await browser.open(back);
    while (step.location && !this.isOurs(step.location)) step = await browser.open(step.location);
    if (!step.location) return { kind: 'page', status: step.status, text: step.text };
    return this.landed(step.location);
  }

  newBrowser(): Browser {
    return new Browser(this.around.plain);
  }

  /** The token request of a code. */
  codeForm(code: string, { verifier }: AuthorizationRequest): Members {
    return {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.redirectUri,
      code_verifier: verifier,
    };
  }

  /** A token request in any grant; a demanded nonce is obeyed, with a fresh assertion. */
  token(members: Members, faults: TokenFaults = {}): Promise<Answer> {
    const { variant, endpoints, plain } = this.around;
    return this.asNonces.obeying((nonce) => {
      const url = endpoints.token;
      const form = formOf({ ...members, ...this.credentials(faults.assertion, faults.named) });
      const isProven = variant.constraint === 'dpop' && faults.proof !== 'left_out';
      const bound = { method: 'POST', url, nonce };
      const proof = faults.proof === 'left_out' ? undefined : faults.proof;
      const headers: Record<string, string> = isProven
        ? { DPoP: proofOf(bound, this.dpopKey, proof) }
        : {};
      const isCertified = variant.clientAuth === 'mtls' || variant.constraint === 'mtls';
      const agent = isCertified && faults.certificate !== 'left_out' ? this.own : plain;
      return send(url, agent, { method: 'POST', form, headers });
    });
  }

  /** A call of the API with an access token; a demanded nonce is obeyed. */
  call(token: string, faults: CallFaults = {}): Promise<Answer> {
    return this.apiNonces.obeying((nonce) => this.callOnce(token, nonce, faults));
  }

  forgetApiNonce(): void {
    this.apiNonces.forget();
  }

  private callOnce(token: string, nonce: string | undefined, faults: CallFaults): Promise<Answer> {
    const { variant, endpoints, plain } = this.around;
    const isDpop = variant.constraint === 'dpop';
    const url = new URL(`${endpoints.api}${resourcePathOf(variant, this.setting)}`);
    if (faults.isTokenInQuery) url.searchParams.set('access_token', token);
    const headers: Record<string, string | string[]> = {
      'x-fapi-auth-date': new Date().toUTCString(),
      'x-fapi-customer-ip-address': '198.51.100.119',
      ...faults.headers,
    };
    const scheme = faults.scheme ?? (isDpop ? 'DPoP' : 'Bearer');
    if (!faults.isTokenInQuery) headers['authorization'] = `${scheme} ${token}`;
    if (isDpop && faults.proof !== 'left_out') {
      const of = { method: 'GET', url: url.href, nonce, token };
      const { name = 'DPoP', times = 1 } = faults.proofHeader ?? {};
      const proof = () => faults.instead ?? proofOf(of, this.dpopKey, faults.proof as ProofFaults);
      headers[name] = times === 1 ? proof() : Array.from({ length: times }, proof);
    }
    return send(url.href, isDpop ? plain : this.own, { headers });
  }

  /** Client authentication: an assertion in the form, or only the name beside a certificate. */
  private credentials(
    faults: SigningFaults | 'left_out' = {},
    named: { readonly clientId: string } = this,
  ): Members {
    const { variant, server } = this.around;
    const isNamed = named !== this ? { client_id: named.clientId } : {};
    if (variant.clientAuth === 'mtls') return { client_id: named.clientId };
    if (faults === 'left_out') return isNamed;
    const assertion = assertionOf(named.clientId, server.issuer, this.signingKey, faults);
    return { ...isNamed, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
  }

  private isOurs(location: string): boolean {
    const { origin, pathname } = new URL(this.redirectUri);
    return location.startsWith(`${origin}${pathname}`);
  }

  private async landed(location: string): Promise<Landing> {
    const { server, variant, report, jwks } = this.around;
    const rules = {
      redirectUri: this.redirectUri,
      issuer: server.issuer,
      clientId: this.clientId,
      isJarm: variant.responseMode === 'jarm',
      report,
      jwks,
    };
    return { kind: 'redirect', response: await readRedirect(location, rules) };
  }
}

function formOf(members: Members): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(present(members)))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return form;
}
