import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';
import { Problem, platformSentences, platformStatuses } from '#libs/platform';

/** OWASP's second set: 19 MiB, two passes, one lane. */
const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE_MAX = 2;
const WAITING_MAX = 50;
const RETRY_AFTER_SECONDS = 5;
const PASSWORD_BYTES_MAX = 512;

/**
 * argon2id with bounded concurrency: two hashes at once, fifty waiting, everybody else is asked to come
 * back (T-31). Whoever counts an attempt counts it before calling this.
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobody: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.inTurn(() => argon2.hash(password, COST));
  }

  /** Compares with `hash`, or with nobody's where there is none, at the same cost: false, and as slow (T-16). */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    this.nobody ??= argon2.hash('nobody has this password', COST);
    const nobody = await this.nobody;
    const given = Buffer.from(password, 'utf8').subarray(0, PASSWORD_BYTES_MAX);
    const isRight = await this.inTurn(() => argon2.verify(hash ?? nobody, given));
    return isRight && hash !== undefined;
  }

  private async inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.running >= AT_ONCE_MAX) {
      if (this.waiting.length >= WAITING_MAX) {
        const { core_unavailable: words } = platformSentences;
        throw new Problem(platformStatuses.core_unavailable, 'core_unavailable', words, {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        });
      }
      await new Promise<void>((next) => this.waiting.push(next));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
