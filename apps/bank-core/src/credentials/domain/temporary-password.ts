/** No sign that is taken for another one on paper. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** Sixty random bits for a letter: each of 32 signs is as likely as the others. */
export function temporaryPassword(): string {
  const random = globalThis.crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(random, (byte) => SIGNS[byte % SIGNS.length]).join('');
}
