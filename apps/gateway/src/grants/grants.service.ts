import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#libs/platform';
import { ConsentFeed, type ConsentChange, type ConsentSubscriber } from '../bank/index.js';
import { endCodeOf, type ConsentGrant, type EndCode } from './domain/grant.js';
import { GrantStore } from './storage/grant.store.pg.js';
import { TokenRegistry } from './token-registry.js';

const FEED = 'consents';

@Injectable()
export class GrantsService implements OnModuleInit, ConsentSubscriber {
  constructor(
    @Inject(GrantStore) private readonly store: GrantStore,
    @Inject(Database) private readonly database: Database,
    @Inject(ConsentFeed) private readonly feed: ConsentFeed,
    @Inject(TokenRegistry) private readonly tokens: TokenRegistry,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  /**
   * Remembers what a new grant points at, before anything is issued on it; the same again changes nothing. Answers by
   * what it has ended, nothing where it lives. Of software that is gone it begins as ended with `invalid_token`, so
   * that bank-core is told as of every end that began here (RKN-D6).
   */
  begin(grant: ConsentGrant): Promise<EndCode | undefined> {
    return this.store.insert(grant);
  }

  /** By what a grant has ended, its own term included; nothing where it lives or never was. */
  endOf(grantId: string): Promise<EndCode | undefined> {
    return this.store.endOf(grantId);
  }

  /** Ends a grant with its codes and tokens, here by the time that it answers. True where it was alive. */
  async end(grantId: string, code: EndCode): Promise<boolean> {
    const wasAlive = await this.database.transaction((tx) => this.store.end(tx, grantId, code));
    this.tokens.forget(grantId);
    return wasAlive;
  }

  /** Ends every grant that points at a consent which bank-core has just ended, without waiting for the feed. */
  endByConsent(consentId: string, code: EndCode): Promise<void> {
    return this.database.transaction((tx) => this.store.endByConsents(tx, [consentId], code));
  }

  readCursor(): Promise<string | undefined> {
    return this.store.readCursor(FEED);
  }

  async consentsChanged(changes: readonly ConsentChange[]): Promise<void> {
    const ends = new Map<EndCode, string[]>();
    for (const { consentId, state, reason } of changes) {
      const code = endCodeOf(state, reason);
      if (code) ends.set(code, [...(ends.get(code) ?? []), consentId]);
    }
    const cursor = changes.at(-1)?.cursor;
    await this.database.transaction(async (tx) => {
      for (const [code, consentIds] of ends) await this.store.endByConsents(tx, consentIds, code);
      if (cursor !== undefined) await this.store.writeCursor(tx, FEED, cursor);
    });
  }
}
