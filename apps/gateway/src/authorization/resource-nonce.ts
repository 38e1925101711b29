import { createHmac } from 'node:crypto';

const STEP_SECONDS = 60;
/** A nonce is good for its step, the two before and the one after. */
const STEPS_BACK = 2;

/**
 * Nonces of the resource server (RFC 9449 section 9): made from the time and a key that all processes
 * share, so that a nonce of one is good at the next and none is stored. The life of the proof store goes
 * in as well: when its memory is lost, every nonce handed out before is worth nothing (T-10).
 */
export class ResourceNonce {
  private made = '';
  private values: string[] = [];

  constructor(private readonly key: Buffer) {}

  /** The newest nonce at `seconds` since 1970. */
  current(seconds: number, life: string): string {
    return this.at(seconds, life)[0] ?? '';
  }

  isGood(nonce: string, seconds: number, life: string): boolean {
    return this.at(seconds, life).includes(nonce);
  }

  private at(seconds: number, life: string): string[] {
    const step = Math.floor(seconds / STEP_SECONDS);
    const made = `${life} ${step}`;
    if (made !== this.made) {
      this.made = made;
      const steps = Array.from({ length: STEPS_BACK + 2 }, (_, i) => step + 1 - i);
      const values = steps.map((each) => this.make(`${life} ${each}`));
      // The one of the next step is accepted already, for a process whose clock is ahead.
      this.values = [...values.slice(1), ...values.slice(0, 1)];
    }
    return this.values;
  }

  private make(content: string): string {
    return createHmac('sha256', this.key).update(content).digest('base64url').slice(0, 24);
  }
}
