import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { assert } from '#libs/kernel';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Wraps the seed of one-time passwords with AES-256-GCM under the key-encryption key: nonce, tag,
 * ciphertext. `place` names the row: a wrapped seed moved to another row or table does not open.
 * Source: T-22.
 */
export function sealSeed(key: Buffer, place: string, seed: Buffer): Buffer {
  assert(key.length === 32, 'The key-encryption key has 32 bytes.');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'));
  const sealed = Buffer.concat([cipher.update(seed), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealSeed` wrapped; throws when key, place or bytes differ. */
export function openSeed(key: Buffer, place: string, wrapped: Buffer): Buffer {
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const tag = wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place, 'utf8')).setAuthTag(tag);
  return Buffer.concat([
    decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}
