import { windowAt, windowEnd, type RatePolicy, type RateStanding } from './rate-policy.js';

/** A block is this share of what is left, so that blocks shrink to single units towards the end. */
const BLOCK_SHARE = 16;
/** The first block of a window is this share of the quota; each further one is at most twice the one before. */
const FIRST_SHARE = 256;
/** A further block is asked for when this share of the last one is left. */
const LOW_SHARE = 4;

/**
 * One process's share of one key's quota. Units are counted in the shared store before they are used here,
 * in blocks: together the processes can never use more than the quota, and a process may be refused while
 * others still hold a sixteenth of what was left when they took it, each. Blocks begin small, since whatever
 * is in hand is lost with its process: one that falls again and again must not use up everybody's quota.
 */
export class Lease {
  private window = -1;
  private inHand = 0;
  private lastBlock = 0;
  /** Units that nobody had taken when the store last answered; the whole quota before it was asked. */
  private inStore: number;

  constructor(private readonly policy: RatePolicy) {
    this.inStore = policy.quota;
  }

  /** Uses one unit. `ask`: there is none in hand, and there may be some in the store. */
  take(seconds: number): 'taken' | 'ask' | 'spent' {
    this.enter(windowAt(this.policy, seconds));
    if (this.inHand > 0) {
      this.inHand -= 1;
      return 'taken';
    }
    return this.inStore > 0 ? 'ask' : 'spent';
  }

  /** True when the store has said that nothing is left of this window; uses nothing up. */
  isSpent(seconds: number): boolean {
    this.enter(windowAt(this.policy, seconds));
    return this.inHand === 0 && this.inStore <= 0;
  }

  /** Units to ask the store for, and the window they count in. */
  wanted(seconds: number): { readonly window: number; readonly units: number } {
    const window = windowAt(this.policy, seconds);
    this.enter(window);
    const first = this.policy.quota / FIRST_SHARE;
    const units = Math.min(this.inStore / BLOCK_SHARE, Math.max(first, this.lastBlock * 2));
    return { window, units: Math.max(1, Math.ceil(units)) };
  }

  /** What the store answered; an answer about a window that is over is worth nothing. */
  put(window: number, granted: number, left: number): void {
    if (window !== this.window) return;
    this.inHand += granted;
    this.lastBlock = granted;
    this.inStore = left;
  }

  /** True when a further block had better be on its way. */
  isLow(): boolean {
    return this.inStore > 0 && this.inHand <= this.lastBlock / LOW_SHARE;
  }

  standing(seconds: number, isKept: boolean): RateStanding {
    const { policy, window } = this;
    return {
      policy,
      remaining: isKept ? this.inHand + this.inStore : 0,
      resetSeconds: windowEnd(policy, window) - seconds,
      isKept,
    };
  }

  private enter(window: number): void {
    if (window === this.window) return;
    this.window = window;
    this.inHand = 0;
    this.lastBlock = 0;
    this.inStore = this.policy.quota;
  }
}
