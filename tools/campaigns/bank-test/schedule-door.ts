import { CivilDate, type Instant } from '#libs/kernel';
import type { Database, Transaction } from '#libs/platform';
import { orderOf } from '../../../apps/bank-core/src/accounts/domain/scheduled-posting.js';
import type {
  LedgerAnswer,
  LedgerOrder,
  PostOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { ScheduledPosting } from '../../../apps/bank-core/src/accounts/domain/scheduled-posting.js';
import { decideClaimed } from '../../../apps/bank-core/src/accounts/post-scheduled.js';
import {
  claimDue,
  insertScheduled,
} from '../../../apps/bank-core/src/accounts/storage/scheduled-posting.store.pg.js';
import { sqlStateOf } from '../../../apps/bank-core/src/accounts/storage/sql-state.js';
import { pause } from '../../machine-clock.js';
import { Unknown, type Door } from './door.js';

const CLAIMED_MAX = 20;
const LOOKS_MAX = 50;
const KNOWN_KEY = '23505';

/**
 * 予約: the order is written as a schedule that is due at once, and whoever looks runs what is due. Several look at
 * the same time; claim, posting and outcome are one transaction.
 */
export class ScheduleDoor implements Door {
  readonly name = 'schedule';

  constructor(
    private readonly database: Database,
    private readonly now: () => Instant,
  ) {}

  /** Only of orders made by {@link asScheduled}. */
  async place(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer> {
    try {
      const now = Math.floor(this.now());
      const scheduled = scheduledOf(order as PostOrder, now);
      await this.#write(institutionId, scheduled);
      for (let looks = 1; looks <= LOOKS_MAX; looks += 1) {
        await this.#run(institutionId, now);
        const outcome = await this.#outcome(institutionId, scheduled);
        if (outcome) return outcome;
        // Another has claimed it, and has not committed.
        await pause(10);
      }
    } catch (error) {
      throw new Unknown(error instanceof Error ? error.message : String(error));
    }
    throw new Unknown('nobody decides what is due');
  }

  async #write(institutionId: number, scheduled: ScheduledPosting): Promise<void> {
    await this.database
      .inInstitution(institutionId, (tx) => insertScheduled(tx, institutionId, scheduled))
      .catch((error: unknown) => {
        if (sqlStateOf(error) !== KNOWN_KEY) throw error;
      });
  }

  #run(institutionId: number, at: number): Promise<void> {
    return this.database.inInstitution(institutionId, async (tx) => {
      const claimed = await claimDue(tx, institutionId, at, undefined, CLAIMED_MAX);
      await decideClaimed(tx, institutionId, claimed, at);
    });
  }

  #outcome(institutionId: number, scheduled: ScheduledPosting): Promise<LedgerAnswer | undefined> {
    return this.database.inInstitution(institutionId, async (tx: Transaction) => {
      const [row] = await tx.query<LedgerAnswer>(
        `select outcome::text as status, detail from scheduled_posting
         where institution_id = $1 and id = $2 and occurrence = $3 and state <> 'due'`,
        [institutionId, scheduled.id, scheduled.occurrence.toString()],
      );
      return row;
    });
  }
}

/** The same payment as one that was fixed for this day; undefined for what cannot be scheduled. */
export function asScheduled(order: LedgerOrder): PostOrder | undefined {
  if (order.act !== 'post' || order.captures || order.corrects) return undefined;
  const [line] = order.lines;
  const scheduled = { ...line!, id: order.key, occurrence: order.bookedOn, dueAt: 0, ediText: '' };
  return orderOf({ ...scheduled, mayUseOverdraft: order.mayUseOverdraft }, order.bookedOn);
}

/** What stands in the schedule for such an order; its key is the schedule's and the day's. */
function scheduledOf(order: PostOrder, dueAt: number): ScheduledPosting {
  const at = order.key.lastIndexOf('/');
  const [line] = order.lines;
  return {
    ...line!,
    ediText: line!.ediText ?? '',
    id: order.key.slice(0, at),
    occurrence: CivilDate.from(order.key.slice(at + 1)),
    dueAt,
    mayUseOverdraft: order.mayUseOverdraft,
  };
}
