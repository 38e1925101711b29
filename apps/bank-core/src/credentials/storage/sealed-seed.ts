import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { assert } from '#libs/kernel';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The row that a seed belongs to: a wrapped seed moved to another holder or table does not open. */
export interface SeedPlace {
  readonly institutionId: number;
  readonly holderId: string;
}

const boundTo = (place: SeedPlace): Buffer =>
  Buffer.from(`credential_otp|${place.institutionId}|${place.holderId}`, 'utf8');

/**
 * Wraps the seed of one-time passwords with AES-256-GCM under the key-encryption key: nonce, tag,
 * ciphertext. Source: T-22.
 */
export function sealSeed(key: Buffer, place: SeedPlace, seed: Buffer): Buffer {
  assert(key.length === 32, 'The key-encryption key has 32 bytes.');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(place));
  const sealed = Buffer.concat([cipher.update(seed), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealSeed` wrapped; throws when key, place or bytes differ. */
export function openSeed(key: Buffer, place: SeedPlace, wrapped: Buffer): Buffer {
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const tag = wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place)).setAuthTag(tag);
  return Buffer.concat([
    decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}
