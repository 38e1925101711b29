import { createHmac } from 'node:crypto';

const STEP_SECONDS = 60;
/** A nonce is good for its step, the two before and the one after. */
const STEPS_BACK = 2;

/**
 * Nonces of the resource server (RFC 9449 section 9): made from the time and a key that all processes
 * share, so that a nonce of one is good at the next and none is stored.
 */
export class ResourceNonce {
  private step = -1;
  private values: string[] = [];

  constructor(private readonly key: Buffer) {}

  /** The newest nonce at `seconds` since 1970. */
  current(seconds: number): string {
    return this.at(seconds)[0] ?? '';
  }

  isGood(nonce: string, seconds: number): boolean {
    return this.at(seconds).includes(nonce);
  }

  private at(seconds: number): string[] {
    const step = Math.floor(seconds / STEP_SECONDS);
    if (step !== this.step) {
      this.step = step;
      const steps = Array.from({ length: STEPS_BACK + 2 }, (_, i) => step + 1 - i);
      const values = steps.map((each) => this.make(each));
      // The one of the next step is accepted already, for a process whose clock is ahead.
      this.values = [...values.slice(1), ...values.slice(0, 1)];
    }
    return this.values;
  }

  private make(step: number): string {
    return createHmac('sha256', this.key).update(String(step)).digest('base64url').slice(0, 24);
  }
}
