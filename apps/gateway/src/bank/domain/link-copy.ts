import type { Instant } from '#libs/kernel';
import type { LinkMessage, LinkStateView } from '#libs/bank-core-client';

interface InstitutionCopy {
  version: number;
  states: Map<string, LinkStateView>;
  /** Monotonic milliseconds until which this copy is current. */
  currentUntil: number;
}

const keyOf = (epspId: string, chainPartnerId: string, fn: string) =>
  `${epspId} ${chainPartnerId} ${fn}`;

export interface LinkParty {
  readonly bankCode: string;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: string;
}

/** The reaches that touch this traffic: everybody's, its own, and with a partner in it every partner's (INT-17). */
const partnersReaching = (chainPartnerId: string): readonly string[] =>
  chainPartnerId === 'none' ? ['*', 'none'] : ['*', 'chained', chainPartnerId];

const STRICTNESS = ['active', 'restricted', 'suspended', 'terminated'];

/** A state nobody here has heard of is the strictest of all: it may narrow what we cannot know (T-19). */
function rank(state: LinkStateView | undefined): number {
  if (state === undefined) return 0;
  const known = STRICTNESS.indexOf(state.state);
  return known === -1 ? STRICTNESS.length : known;
}

const appliesAt = ({ since, until }: LinkStateView, at: Instant): boolean =>
  (since === null || Date.parse(since) <= at) && (until === null || at < Date.parse(until));

export type LinkAnswer = 'stale' | LinkStateView | undefined;

/**
 * The gateway's copy of bank-core's link states, one version and one lease per institution. Fed with the
 * stream's messages in order; says `stale` wherever it cannot be sure (RKN-S4c, T-19). The heartbeat
 * carries the version as bank-core reads it: where it is ahead of ours the copy closes at once and opens
 * again with the change it was ahead of; where it is behind, somebody replays the past.
 */
export class LinkCopy {
  private readonly institutions = new Map<string, InstitutionCopy>();

  /** `trustedMs`: how long the copy of one institution's states may be trusted without news, in milliseconds. */
  constructor(private readonly trustedMs: number) {}

  /** Takes one message. Returns false when the stream can no longer be trusted and has to be reopened. */
  take(message: LinkMessage, now: number): boolean {
    if (message.type === 'heartbeat') return this.beat(message.versions, now);
    const known = this.institutions.get(message.bankCode);
    if (message.type === 'snapshot') {
      // A restart of the stream never goes back: an older snapshot is a replay.
      if (known && message.version < known.version) return false;
      this.institutions.set(message.bankCode, {
        version: message.version,
        states: new Map(message.states.map((state) => [keyOfState(state), state])),
        currentUntil: now + this.trustedMs,
      });
      return true;
    }
    if (!known || message.version !== known.version + 1) return this.close(message.bankCode);
    known.version = message.version;
    for (const state of message.states) known.states.set(keyOfState(state), state);
    known.currentUntil = now + this.trustedMs;
    return true;
  }

  /**
   * The strictest state that narrows this traffic at `at`, `undefined` where the link is open. A row for
   * `none` is the intermediary's own traffic and touches no partner; `chained` is every partner's.
   */
  stateFor(party: LinkParty, now: number, at: Instant): LinkAnswer {
    const copy = this.institutions.get(party.bankCode);
    if (!copy || now > copy.currentUntil) return 'stale';
    let strictest: LinkStateView | undefined;
    for (const partner of partnersReaching(party.chainPartnerId)) {
      for (const fn of ['*', party.fn]) {
        const state = copy.states.get(keyOf(party.epspId, partner, fn));
        if (state && appliesAt(state, at) && rank(state) > rank(strictest)) strictest = state;
      }
    }
    return strictest;
  }

  /** The lowered rates that this traffic has to keep, one for each reach that touches it (INT-17). */
  ratesFor(
    party: Omit<LinkParty, 'fn'>,
    now: number,
    at: Instant,
  ): readonly LinkStateView[] | 'stale' {
    const copy = this.institutions.get(party.bankCode);
    if (!copy || now > copy.currentUntil) return 'stale';
    return partnersReaching(party.chainPartnerId).flatMap((partner) => {
      const state = copy.states.get(keyOf(party.epspId, partner, 'full_rate'));
      return state && rank(state) > 0 && appliesAt(state, at) ? [state] : [];
    });
  }

  /** Every state that narrows an intermediary's traffic at one institution now, whatever function or partner. */
  statesOf(
    bankCode: string,
    epspId: string,
    now: number,
    at: Instant,
  ): readonly LinkStateView[] | 'stale' {
    const copy = this.institutions.get(bankCode);
    if (!copy || now > copy.currentUntil) return 'stale';
    return [...copy.states.values()].filter(
      (state) => state.epspId === epspId && state.state !== 'active' && appliesAt(state, at),
    );
  }

  isCurrent(bankCode: string, now: number): boolean {
    const copy = this.institutions.get(bankCode);
    return copy !== undefined && now <= copy.currentUntil;
  }

  /** True once the stream has brought states and none of them is older than its lease. */
  isWhole(now: number): boolean {
    const copies = [...this.institutions.values()];
    return copies.length > 0 && copies.every(({ currentUntil }) => now <= currentUntil);
  }

  /** Milliseconds until the first copy runs out; nothing, or less than nothing, while one has. */
  leaseMs(now: number): number | undefined {
    const ends = [...this.institutions.values()].map(({ currentUntil }) => currentUntil);
    return ends.length === 0 ? undefined : Math.min(...ends) - now;
  }

  /** Closes everything: the stream broke. Versions stay, so that a replay is still recognised. */
  closeAll(): void {
    for (const copy of this.institutions.values()) copy.currentUntil = -Infinity;
  }

  private beat(versions: Readonly<Record<string, number>>, now: number): boolean {
    let trusted = true;
    for (const [bankCode, copy] of this.institutions) {
      const fresh = versions[bankCode];
      if (fresh === copy.version) copy.currentUntil = now + this.trustedMs;
      else {
        copy.currentUntil = -Infinity;
        if (fresh === undefined || fresh < copy.version) trusted = false;
      }
    }
    return trusted;
  }

  private close(bankCode: string): false {
    const copy = this.institutions.get(bankCode);
    if (copy) copy.currentUntil = -Infinity;
    return false;
  }
}

const keyOfState = (state: LinkStateView) =>
  keyOf(state.epspId, state.chainPartnerId, state.function);
