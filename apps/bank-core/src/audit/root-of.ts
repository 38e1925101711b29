import { createHash } from 'node:crypto';

/** SHA-256 over lines one after another, each with the hash before it; begins with the digest before. */
export const rootOf = (previousHash: string, lines: readonly string[]): string =>
  lines.reduce(
    (hash, line) => createHash('sha256').update(`${hash}\n${line}`, 'utf8').digest('hex'),
    previousHash,
  );
