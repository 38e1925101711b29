import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret } from 'otpauth';

/**
 * The step whose code equals `code`, if any; every step is computed and compared in constant time.
 * RFC 6238 with SHA-1, as authenticator apps implement it.
 */
export function matchingStep(
  seed: Buffer,
  code: string,
  steps: readonly number[],
  digits: number,
): number | undefined {
  const secret = new Secret({ buffer: new Uint8Array(seed).buffer });
  let found: number | undefined;
  for (const step of steps) {
    const expected = Buffer.from(HOTP.generate({ secret, digits, counter: step }));
    const given = Buffer.from(code);
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step;
  }
  return found;
}
