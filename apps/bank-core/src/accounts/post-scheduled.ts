import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { orderOf } from './domain/scheduled-posting.js';
import { postMany } from './storage/order.store.pg.js';
import { statementsOf } from './storage/posting.store.pg.js';
import {
  claimDue,
  writeOutcomes,
  type ClaimedPosting,
} from './storage/scheduled-posting.store.pg.js';

const EVERY_MS = 5_000;
/** No more than one batch holds: the claimed rows stay locked while it is decided. */
const PAGE = 500;

/**
 * Posts what is due. The claim, the posting under the key of schedule and occurrence, and the outcome are one
 * transaction: exactly once without a coordinator, however many processes run this and wherever one dies.
 */
@Injectable()
export class PostScheduled {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {
    jobs.every(EVERY_MS, {
      name: 'post-scheduled',
      run: () => inTurn(this.institutions, (id) => this.run(id)),
    });
  }

  /**
   * Decides everything due at one institution; returns how many. After a page that failed the run goes on row by row,
   * so that the row that broke it stays due alone; the first failure is thrown when all have had their turn.
   */
  async run(institutionId: number): Promise<number> {
    const at = await this.clock.now();
    const failures: unknown[] = [];
    let decided = 0;
    let max = PAGE;
    let after: ClaimedPosting | undefined;
    for (;;) {
      const { claimed, failure } = await this.decidePage(institutionId, at, after, max);
      if (failure !== undefined && claimed.length === 0) throw failure;
      if (failure !== undefined && claimed.length > 1) {
        max = 1;
        continue;
      }
      if (failure === undefined) decided += claimed.length;
      else failures.push(failure);
      after = claimed.at(-1);
      if (claimed.length < max) break;
    }
    if (failures.length > 0) throw failures[0];
    return decided;
  }

  private async decidePage(
    institutionId: number,
    at: Instant,
    after: ClaimedPosting | undefined,
    max: number,
  ): Promise<{ readonly claimed: readonly ClaimedPosting[]; readonly failure?: unknown }> {
    const taken: { claimed: readonly ClaimedPosting[] } = { claimed: [] };
    try {
      await this.database.inInstitution(institutionId, async (tx) => {
        taken.claimed = await claimDue(tx, institutionId, at, after, max);
        await decideClaimed(tx, institutionId, taken.claimed, at);
      });
      return taken;
    } catch (failure) {
      return { ...taken, failure };
    }
  }
}

/** Posts what was claimed in the claim's own transaction, and writes each outcome beside its row. */
export async function decideClaimed(
  tx: Transaction,
  institutionId: number,
  claimed: readonly ClaimedPosting[],
  at: Instant,
): Promise<void> {
  if (claimed.length === 0) return;
  const bookedOn = CivilDate.inTokyo(at);
  const orders = claimed.map((scheduled) => orderOf(scheduled, bookedOn));
  const answers = await postMany(statementsOf(tx), { institutionId, orders, mayBeKnown: true });
  await writeOutcomes(tx, institutionId, claimed, answers);
}
