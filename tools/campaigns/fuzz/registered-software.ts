import { hashOf } from '#libs/kernel';
import type { DemoIssuer } from '../../start/statement-issuer.js';
import type { WireAnswer, WireRequest } from '../gateway-ground/door.js';
import { newJti, nowSeconds, Signer } from '../gateway-ground/signer.js';
import { bodyOf } from '../gateway-ground/software.js';

export interface RegistrationPlace {
  readonly origin: string;
  readonly issuer: DemoIssuer;
  readonly epspId: string;
  readonly send: (request: WireRequest) => Promise<WireAnswer>;
}

export const REDIRECT_URI = 'https://app.localhost:8446/callback/fuzz';
const KEYS = 5;
const MINUTE_SECONDS = 60;
/** Ways in which a proof does not fit. */
const WRONG = ['key', 'content', 'time', 'subject', 'method'] as const;
type Wrong = (typeof WRONG)[number];

/** After these a registration is not what it was: a new one takes its place. */
const ENDS = new Set([
  'deleteRegistration',
  'deleteRegistrationOfToken',
  'endKey',
  'endCertificate',
  'reportKey',
  'reportCertificate',
]);

/** Software with a registration of its own: its token, its keys, and statements of the directory that vouch for it. */
export class RegisteredSoftware {
  clientId = '';
  token = '';
  softwareId = '';
  #keys: { readonly kid: string; readonly signer: Signer }[] = [];
  #isSpent = true;

  constructor(private readonly place: RegistrationPlace) {}

  get kids(): readonly string[] {
    return this.#keys.map(({ kid }) => kid);
  }

  get jwks() {
    return { keys: this.#keys.map(({ kid, signer }) => jwkOf(kid, signer)) };
  }

  /** Registers anew where there is no registration, or one that a request has ended or changed. */
  async mend(): Promise<void> {
    if (!this.#isSpent) return;
    this.#isSpent = false;
    this.softwareId = `fuzz-${newJti()}`;
    this.#keys = Array.from({ length: KEYS }, (_, at) => ({
      kid: `fuzz-${at}-${newJti()}`,
      signer: Signer.fresh(),
    }));
    const answer = await this.place.send({
      method: 'POST',
      path: '/register',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ software_statement: this.statement() }),
    });
    const body = bodyOf(answer);
    if (answer.status !== 201) throw new Error(`No registration: ${answer.text.slice(0, 300)}`);
    this.clientId = String(body['client_id']);
    this.token = String(body['registration_access_token']);
  }

  /** A good statement, never used; for this software or for one that nobody knows yet. */
  statement(softwareId = this.softwareId, jwks: object = this.jwks): string {
    const { issuer, jwk } = this.place.issuer;
    const now = nowSeconds();
    const claims = {
      iss: issuer,
      aud: this.place.origin,
      iat: now,
      exp: now + MINUTE_SECONDS,
      jti: newJti(),
      epsp_id: this.place.epspId,
      software_id: softwareId,
      client_name: 'Fuzz',
      roles: ['account_information'],
      redirect_uris: [REDIRECT_URI],
      jwks,
    };
    return Signer.of(jwk).jwt({ alg: 'ES256', kid: jwk.kid ?? '' }, claims);
  }

  /** A statement for software of its own, with a key that nobody has registered. */
  newStatement(): string {
    return this.statement(`fuzz-${newJti()}`, { keys: [freshJwk()] });
  }

  /**
   * `Key-Proof` over the request as it is sent (docs/registration.md); `wrong` spoils one thing of it, `named` is in
   * whose name it is made where not in its own.
   */
  proof({ method, path, body }: WireRequest, wrong?: Wrong, named?: string): string {
    const [target = ''] = path.split('?', 1);
    // Where no path names the client, the proof names the software.
    const isLost = target === '/register/recoveries' || target === '/register';
    const own = isLost ? this.softwareId : this.clientId;
    const subject = wrong === 'subject' ? 'client_x' : (named ?? own);
    const [key] = this.#keys;
    if (!key) throw new Error('A registration has keys.');
    const signer = wrong === 'key' ? Signer.fresh() : key.signer;
    const content = wrong === 'content' ? contentOf('{"other":1}') : contentOf(body);
    const claims = {
      iss: subject,
      sub: subject,
      aud: this.place.origin,
      htm: wrong === 'method' ? 'PATCH' : method,
      htu: `${this.place.origin}${target}`,
      iat: nowSeconds() - (wrong === 'time' ? 10 * MINUTE_SECONDS : 0),
      jti: newJti(),
      ...(content === undefined ? {} : { content }),
    };
    return signer.jwt({ typ: 'key-proof+jwt', alg: 'ES256', kid: key.kid }, claims);
  }

  wrongProof(request: WireRequest, nth: number): string {
    return this.proof(request, WRONG[nth % WRONG.length]);
  }

  /** What a good answer to one of its own requests changes. */
  hear(operationId: string | undefined, answer: WireAnswer): void {
    if (answer.status >= 300 || operationId === undefined) return;
    if (ENDS.has(operationId)) this.#isSpent = true;
    if (operationId === 'recoverRegistration')
      this.token = String(bodyOf(answer)['registration_access_token']);
  }
}

const jwkOf = (kid: string, { jwk }: Signer) => ({ ...jwk, kid, alg: 'ES256', use: 'sig' });

/** A public key that nobody has registered. */
export const freshJwk = () => jwkOf(`fresh-${newJti()}`, Signer.fresh());

/** What a proof says of the body; what is no JSON has no canonical form, and no proof fits it. */
function contentOf(body: string | undefined): string | undefined {
  if (body === undefined) return undefined;
  try {
    return hashOf(JSON.parse(body));
  } catch {
    return `sha256:${'0'.repeat(64)}`;
  }
}
