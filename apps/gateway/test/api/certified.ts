import type { Agent } from 'node:https';
import { localAgent } from '../../../../tools/http/local-agent.js';
import { localFetch } from '../../../../tools/http/local-fetch.js';
import { mintLeaf, type KeyPair } from '../../../../tools/certificates/mint.js';
import type { GatewayUnderTest } from './gateway-under-test.js';
import { DpopKey } from './dpop-key.js';
import { Intermediary, type Answer } from './intermediary.js';
import type { Software } from './software.js';

type Params = Record<string, string | undefined>;

/** A certificate of the intermediaries' authority, or of `issuer`, in the name of some software. */
export const clientCertificate = (
  { clientAuthority }: GatewayUnderTest,
  name: string,
  issuer: KeyPair = clientAuthority,
): Promise<KeyPair> =>
  mintLeaf(issuer, { name, use: 'client', subject: subjectOf(name) }, Date.now());

const subjectOf = (name: string): string => `C=JP, O=Minato\\, Kakei, CN=${name}`;
/** The same name as it is registered: RFC 4514, last part first. */
export const registeredName = (name: string): string => `CN=${name},O=Minato\\, Kakei,C=JP`;

export const agentWith = ({ outsideAuthority }: GatewayUnderTest, pair?: KeyPair): Agent =>
  localAgent(outsideAuthority, pair ? { cert: pair.certificate, key: pair.key } : {});

/** Software that calls the host for certificates, with one or without. */
export class CertifiedIntermediary extends Intermediary {
  private constructor(
    gateway: GatewayUnderTest,
    software: Software,
    key: DpopKey,
    readonly agent: Agent,
    readonly extraHeaders: Record<string, string>,
  ) {
    super(gateway, software, key);
  }

  static async with(
    gateway: GatewayUnderTest,
    software: Software,
    pair: KeyPair | undefined,
    extraHeaders: Record<string, string> = {},
  ): Promise<CertifiedIntermediary> {
    const agent = agentWith(gateway, pair);
    return new CertifiedIntermediary(gateway, software, await DpopKey.make(), agent, extraHeaders);
  }

  private get isCertified(): boolean {
    const method = this.software.seed.metadata?.['token_endpoint_auth_method'];
    return method !== undefined && method !== 'private_key_jwt';
  }

  override post(path: string, form: Params, headers: Record<string, string> = {}): Promise<Answer> {
    const none = { client_assertion: undefined, client_assertion_type: undefined };
    return super.post(path, this.isCertified ? { ...none, ...form } : form, headers);
  }

  /** Bound by the certificate of the connection: there is no proof to send. */
  override token(form: Params): Promise<Answer> {
    return this.post('/token', form);
  }

  override redeem(
    code: string,
    { verifier, redirectUri }: Parameters<Intermediary['redeem']>[1],
    over: Params = {},
  ): Promise<Answer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...over,
    });
  }

  override call(path: string, token: string): Promise<Answer> {
    return this.send('GET', path, { headers: { authorization: `Bearer ${token}` } });
  }

  override async send(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: URLSearchParams | string } = {},
  ): Promise<Answer> {
    const url = path.startsWith('https:') ? path : `${this.gateway.mutualOrigin}${path}`;
    const headers = { ...init.headers, ...this.extraHeaders };
    const response = await localFetch(this.agent)(url, { method, ...init, headers });
    const text = await response.text();
    const { status } = response;
    const body = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
    return { status, headers: response.headers, body, text };
  }

  stop(): void {
    this.agent.destroy();
  }
}
