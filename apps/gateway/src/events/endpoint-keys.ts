import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { assert } from '#libs/kernel';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import type { SignatureScheme } from './domain/subscription.js';
import type { StoredKey } from './storage/subscription.store.pg.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

export interface NewEndpointKey extends Omit<StoredKey, 'since' | 'until'> {
  /** `whsec_…` of a shared secret: shown once, when it is made; null for v1a, whose key never leaves. */
  readonly secret: string | null;
}

interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The keys that sign for endpoints: made here, wrapped here, opened only to sign (T-22). */
@Injectable()
export class EndpointKeys {
  private readonly wrapKey: Buffer;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.wrapKey = config.secrets.webhookWrapKey;
  }

  make(subscriptionId: string, scheme: SignatureScheme): NewEndpointKey {
    const id = randomBytes(9).toString('base64url');
    if (scheme === 'v1') {
      const secret = randomBytes(SECRET_BYTES);
      const sealed = this.seal(subscriptionId, id, secret);
      return { id, scheme, sealed, publicKey: null, secret: `whsec_${secret.toString('base64')}` };
    }
    const pair = generateKeyPairSync('ed25519');
    const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const privateKey = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = this.seal(subscriptionId, id, privateKey);
    return { id, scheme, sealed, publicKey: `whpk_${raw.toString('base64')}`, secret: null };
  }

  /** The value of `webhook-signature`: one signature per key in force, the newest first. */
  signatureOf(
    subscriptionId: string,
    keys: readonly StoredKey[],
    { id, timestamp, body }: SignedMessage,
  ): string {
    assert(keys.length > 0, 'An endpoint always has a key.');
    const content = Buffer.from(`${id}.${timestamp}.${body}`, 'utf8');
    return [...keys]
      .reverse()
      .map((key) => `${key.scheme},${this.sign(subscriptionId, key, content)}`)
      .join(' ');
  }

  private sign(subscriptionId: string, key: StoredKey, content: Buffer): string {
    const opened = this.open(subscriptionId, key);
    if (key.scheme === 'v1') return createHmac('sha256', opened).update(content).digest('base64');
    const privateKey = createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' });
    return sign(null, content, privateKey).toString('base64');
  }

  private seal(subscriptionId: string, keyId: string, content: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.wrapKey, nonce);
    cipher.setAAD(placeOf(subscriptionId, keyId));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  private open(subscriptionId: string, { id, sealed }: StoredKey): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', this.wrapKey, nonce, options);
    decipher.setAAD(placeOf(subscriptionId, id));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const rest = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(rest), decipher.final()]);
  }
}

/** A wrapped key that was moved to another endpoint does not open. */
const placeOf = (subscriptionId: string, keyId: string): Buffer =>
  Buffer.from(`event_endpoint_key|${subscriptionId}|${keyId}`, 'utf8');
