import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import type { SignatureScheme } from './domain/subscription.js';
import { SealedBox } from './sealed-box.js';
import type { StoredKey } from './storage/subscription.store.pg.js';

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
  private readonly box: SealedBox;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.box = new SealedBox(config.secrets.webhookWrapKeys);
  }

  make(subscriptionId: string, scheme: SignatureScheme): NewEndpointKey {
    const id = randomBytes(9).toString('base64url');
    if (scheme === 'v1') {
      const secret = randomBytes(SECRET_BYTES);
      const sealed = this.box.seal(placeOf(subscriptionId, id), secret);
      return { id, scheme, sealed, publicKey: null, secret: `whsec_${secret.toString('base64')}` };
    }
    const pair = generateKeyPairSync('ed25519');
    const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const privateKey = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = this.box.seal(placeOf(subscriptionId, id), privateKey);
    return { id, scheme, sealed, publicKey: `whpk_${raw.toString('base64')}`, secret: null };
  }

  /**
   * The value of `webhook-signature`: one signature per key in force that opens, the newest first. Undefined where
   * none does: nothing may be sent then.
   */
  signatureOf(
    subscriptionId: string,
    keys: readonly StoredKey[],
    { id, timestamp, body }: SignedMessage,
  ): string | undefined {
    const content = Buffer.from(`${id}.${timestamp}.${body}`, 'utf8');
    const signatures = [...keys].reverse().flatMap((key) => {
      const opened = this.open(subscriptionId, key);
      return opened ? [`${key.scheme},${signed(key.scheme, opened, content)}`] : [];
    });
    return signatures.length > 0 ? signatures.join(' ') : undefined;
  }

  /** Whether something could be signed for this endpoint. */
  canSign(subscriptionId: string, keys: readonly StoredKey[]): boolean {
    return keys.some((key) => this.open(subscriptionId, key) !== undefined);
  }

  /** The key as the wrapping key in use seals it; undefined where it is so already, or does not open. */
  renewed(subscriptionId: string, { id, sealed }: SealedKey): Buffer | undefined {
    return this.box.renewed(placeOf(subscriptionId, id), sealed);
  }

  private open(subscriptionId: string, { id, sealed }: SealedKey): Buffer | undefined {
    return this.box.open(placeOf(subscriptionId, id), sealed);
  }
}

type SealedKey = Pick<StoredKey, 'id' | 'sealed'>;

function signed(scheme: SignatureScheme, opened: Buffer, content: Buffer): string {
  if (scheme === 'v1') return createHmac('sha256', opened).update(content).digest('base64');
  const privateKey = createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' });
  return sign(null, content, privateKey).toString('base64');
}

/** A wrapped key that was moved to another endpoint does not open. */
const placeOf = (subscriptionId: string, keyId: string): string =>
  `event_endpoint_key|${subscriptionId}|${keyId}`;
