import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { LinkScope, LinkState, LinkStop } from './domain/link-state.js';
import { lockExclusively, publishVersion, putState, stopFor } from './storage/link.store.pg.js';

export interface Traffic {
  readonly institutionId: number;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: string;
  readonly at: Instant;
}

/** What a change does under the exclusive lock. */
export interface LinkWriter {
  readonly tx: Transaction;
  put(state: LinkState & { basis: string; measureId: string }): Promise<void>;
}

/** The link of RKN-D5: whether traffic may pass, and the one way to change that. */
@Injectable()
export class LinksService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The stop in the way of this traffic, or nothing. Inside a 確定 take `lock_link_shared` first, in a
   * statement before this one, so that this reads what a stop has committed (reliability.md 3.1).
   */
  stopFor(tx: Transaction, traffic: Traffic): Promise<LinkStop | undefined> {
    const scope: LinkScope = {
      epspId: traffic.epspId,
      chainPartnerId: traffic.chainPartnerId,
      function: traffic.fn,
    };
    return stopFor(tx, traffic.institutionId, scope, traffic.at);
  }

  /**
   * Changes states of one institution in a transaction of its own: exclusive lock, states, version + 1,
   * the full states as an event. When this returns, no 確定 through a stopped link commits any more.
   * `work` answers with `undefined` to change nothing. Source: RKN-S4c, design.md section 3.
   */
  async change<Value>(
    institutionId: number,
    at: Instant,
    work: (writer: LinkWriter) => Promise<Value | undefined>,
  ): Promise<{ value: Value; version: bigint } | undefined> {
    return this.database.inInstitution(institutionId, async (tx) => {
      await lockExclusively(tx, institutionId);
      const value = await work({ tx, put: (state) => putState(tx, institutionId, state) });
      if (value === undefined) return undefined;
      return { value, version: await publishVersion(tx, institutionId, at) };
    });
  }
}
