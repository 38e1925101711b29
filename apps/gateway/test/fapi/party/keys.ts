import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import { mintAuthority, mintLeaf, type KeyPair } from '../../../../../tools/certificates/mint.js';
import { localAgent } from '../../../../../tools/http/local-agent.js';
import { makeKey, type SigningKey } from './jws.js';

/** What one of the two clients holds: keys for its assertions, its proofs, its TLS connections. */
export interface PartyKeys {
  readonly signing: Readonly<Record<'ES256' | 'PS256', SigningKey>>;
  readonly dpop: Readonly<Record<'ES256' | 'PS256', SigningKey>>;
  /** For whatever needs a key that is not the client's. */
  readonly spare: SigningKey;
  readonly certificates: Readonly<Record<'of_authority' | 'self_signed', KeyPair>>;
}

export interface RunKeys {
  readonly of: readonly [PartyKeys, PartyKeys];
}

/**
 * All keys of a run, made once: every variant uses the same ones.
 * @param authority the one whose client certificates the server believes
 */
export async function makeRunKeys(authority: KeyPair, now: number): Promise<RunKeys> {
  const party = async (name: string): Promise<PartyKeys> => {
    const both = async (use: string) => ({
      ES256: await makeKey('ES256', `${name}-${use}-es`),
      PS256: await makeKey('PS256', `${name}-${use}-ps`),
    });
    return {
      signing: await both('signing'),
      dpop: await both('dpop'),
      spare: await makeKey('ES256', `${name}-spare`),
      certificates: {
        of_authority: await mintLeaf(
          authority,
          { name: `${name}.app.localhost`, use: 'client' },
          now,
        ),
        self_signed: await mintAuthority(`${name} by itself`, now),
      },
    };
  };
  return { of: [await party('one'), await party('two')] };
}

/** The subject as RFC 4514 writes it, which is how `tls_client_auth_subject_dn` is registered. */
export const subjectDnOf = ({ certificate }: KeyPair): string =>
  new X509Certificate(certificate).subject.split('\n').toReversed().join(',');

/** The certificate as a public key of the client (RFC 8705 section 2.2). */
export function certificateJwk({ certificate }: KeyPair, kid: string): Record<string, unknown> {
  const parsed = new X509Certificate(certificate);
  const x5c = [parsed.raw.toString('base64')];
  return { ...parsed.publicKey.export({ format: 'jwk' }), kid, x5c, use: 'sig', alg: 'ES256' };
}

/** A connection of its own per certificate: TLS presents it once, when the connection opens. */
export const agentWith = (authority: string, pair?: KeyPair): Agent =>
  localAgent(authority, pair ? { cert: pair.certificate, key: pair.key } : {});
