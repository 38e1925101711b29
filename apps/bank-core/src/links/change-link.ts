import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ProjectedState } from './domain/project-link.js';
import { lockExclusively, publishVersion, putState } from './storage/link.store.pg.js';

/** What a change does under the exclusive lock. */
export interface LinkWriter {
  readonly tx: Transaction;
  put(state: ProjectedState): Promise<void>;
}

/**
 * Changes states of the institution that the transaction has entered: exclusive lock, states, version + 1, the full
 * states as an event. When the transaction has committed, no 確定 through a stopped link commits any more. Which
 * states those are is said by `LinkMatter` alone. Source: RKN-S4c, design.md section 3.
 */
export async function changeLink<Value>(
  tx: Transaction,
  institutionId: number,
  at: Instant,
  work: (writer: LinkWriter) => Promise<Value>,
): Promise<{ value: Value; version: bigint }> {
  await lockExclusively(tx, institutionId);
  const value = await work({ tx, put: (state) => putState(tx, institutionId, state) });
  return { value, version: await publishVersion(tx, institutionId, at) };
}
