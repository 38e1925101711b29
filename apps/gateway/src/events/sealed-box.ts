import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Wraps what the database alone must not open: AES-256-GCM, bound to its place (T-22). The first key seals, all open,
 * so that a key can be followed by another.
 */
export class SealedBox {
  constructor(private readonly keys: readonly [Buffer, ...Buffer[]]) {}

  /** Nonce, tag, ciphertext. `place` names table and row: what was moved elsewhere does not open. */
  seal(place: string, content: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys[0], nonce);
    cipher.setAAD(Buffer.from(place, 'utf8'));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Undefined where no key is the one that sealed it, or where place or bytes differ. */
  open(place: string, sealed: Buffer): Buffer | undefined {
    for (const key of this.keys) {
      const opened = openWith(key, place, sealed);
      if (opened) return opened;
    }
    return undefined;
  }

  /** The same content under the first key; undefined where that sealed it already, or where nothing opens it. */
  renewed(place: string, sealed: Buffer): Buffer | undefined {
    if (openWith(this.keys[0], place, sealed)) return undefined;
    const opened = this.open(place, sealed);
    return opened && this.seal(place, opened);
  }
}

function openWith(key: Buffer, place: string, sealed: Buffer): Buffer | undefined {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place, 'utf8'));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const rest = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  const content = decipher.update(rest);
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    // A wrong tag: to the library an error, here the answer to the question.
    return undefined;
  }
}
