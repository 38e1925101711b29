import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { HostClock } from '../platform/host-clock.js';
import type { LiveToken } from './domain/grant.js';
import { GrantStore, hashOfToken } from './storage/grant.store.pg.js';
import { TokenEndListener } from './storage/token-end.listener.js';

interface Entry {
  readonly token: LiveToken;
  /** Monotonic milliseconds at which the row was asked for. */
  readonly readAt: number;
}

const ENTRIES_MAX = 20_000;
/** While the listener is lost, nothing older than this is used. */
const UNHEARD_MS_MAX = 2_000;

/** Access tokens by their hash. Expiry is judged by the caller on every call, never cached. */
@Injectable()
export class TokenRegistry {
  private readonly entries = new LRUCache<string, Entry>({ max: ENTRIES_MAX });
  /** Counts ends, so that a row read before an end is not cached after it. */
  private ends = 0;

  constructor(
    @Inject(GrantStore) private readonly store: GrantStore,
    @Inject(TokenEndListener) private readonly listener: TokenEndListener,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    listener.listen(
      (hash) => {
        this.ends += 1;
        this.entries.delete(hash);
      },
      () => {
        this.ends += 1;
        this.entries.clear();
      },
    );
  }

  /** The token as this process may still know it, without waiting; otherwise `find` tells. */
  known(value: string): LiveToken | undefined {
    return this.fresh(hashOfToken(value), this.clock.monotonic());
  }

  /** The token, alive or ended, or nothing where it is unknown. Throws when the database is silent. */
  async find(value: string): Promise<LiveToken | undefined> {
    const hash = hashOfToken(value);
    const now = this.clock.monotonic();
    const known = this.fresh(hash, now);
    if (known) return known;
    const { ends } = this;
    const token = await this.store.findToken(hash);
    if (!token) return undefined;
    const isAlive = token.endedCode === undefined;
    if (isAlive && ends === this.ends) this.entries.set(hash, { token, readAt: now });
    else this.entries.delete(hash);
    return token;
  }

  /** Forgets the tokens of a grant that this process has just ended, without waiting to hear of it. */
  forget(grantId: string): void {
    this.ends += 1;
    for (const [hash, { token }] of this.entries)
      if (token.grant?.grantId === grantId) this.entries.delete(hash);
  }

  private fresh(hash: string, now: number): LiveToken | undefined {
    const entry = this.entries.get(hash);
    if (!entry) return undefined;
    const isFresh = now - Math.max(entry.readAt, this.listener.heardUntil) < UNHEARD_MS_MAX;
    return isFresh ? entry.token : undefined;
  }
}
