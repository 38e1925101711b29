import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { assert, canonicalJson } from '#libs/kernel';
import type { DocumentSeal, OfficialDocument } from './domain/document.js';

/**
 * Signs documents with an Ed25519 key that stands in a file, never in the database: who can rewrite rows cannot
 * sign them (T-26). RFC 8032 is deterministic, so the same text has the same signature.
 */
export class DocumentSigner {
  readonly keyId: string;
  /** SubjectPublicKeyInfo, base64: what somebody outside needs in order to verify. */
  readonly publicKey: string;
  private readonly key: KeyObject;

  /** `pem`: an Ed25519 private key, PKCS #8. */
  constructor(pem: string) {
    this.key = createPrivateKey(pem);
    assert(this.key.asymmetricKeyType === 'ed25519', 'Documents are signed with an Ed25519 key.');
    const spki = createPublicKey(this.key).export({ type: 'spki', format: 'der' });
    this.publicKey = spki.toString('base64');
    this.keyId = createHash('sha256').update(spki).digest('hex').slice(0, 16);
  }

  seal(id: string, document: OfficialDocument): DocumentSeal {
    const text = Buffer.from(canonicalJson(document), 'utf8');
    const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    return { id, hash, keyId: this.keyId, signature: this.sign(text) };
  }

  /** Ed25519 over the bytes as they are, base64url. */
  sign(text: string | Uint8Array): string {
    return sign(null, Buffer.from(text), this.key).toString('base64url');
  }
}

/** Whether somebody with this key signed exactly these bytes; `publicKey` is SubjectPublicKeyInfo in base64. */
export function isSigned(text: string | Uint8Array, signature: string, publicKey: string): boolean {
  const der = Buffer.from(publicKey, 'base64');
  const key = createPublicKey({ key: der, type: 'spki', format: 'der' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** Whether a text is the one that was sealed; `publicKey` is SubjectPublicKeyInfo in base64. */
export function isSealOf(content: string, seal: DocumentSeal, publicKey: string): boolean {
  const text = Buffer.from(content, 'utf8');
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return hash === seal.hash && isSigned(text, seal.signature, publicKey);
}
