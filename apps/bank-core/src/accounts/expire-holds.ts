import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { nameOfKey } from './domain/ledger-key.js';
import type { EndHoldOrder } from './domain/ledger-order.js';
import { LedgerWriter } from './ledger-writer.js';
import { dueHolds, type DueHold } from './storage/due-hold.store.pg.js';

const EVERY_MS = 15_000;
const PAGE = 1_000;

/**
 * Frees what holds kept beyond their time, through the ledger like every other order: a capture or a release that
 * comes first wins, and the same hold expires once however often it is asked. A capture never waits for this.
 */
@Injectable()
export class ExpireHolds {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(LedgerWriter) private readonly writer: LedgerWriter,
  ) {
    jobs.every(EVERY_MS, {
      name: 'expire-holds',
      run: () => inTurn(this.institutions, (id) => this.sweep(id)),
    });
  }

  /**
   * Ends every due hold of one institution; returns how many expired. One that fails holds up no other: it is due
   * again at the next run, and the first failure is thrown when all have had their turn.
   */
  async sweep(institutionId: number): Promise<number> {
    const at = await this.clock.now();
    const failures: unknown[] = [];
    let expired = 0;
    let after: DueHold | undefined;
    for (;;) {
      const from = after;
      const due = await this.database.inInstitution(institutionId, (tx) =>
        dueHolds(tx, institutionId, at, from, PAGE),
      );
      const answers = await Promise.allSettled(
        due.map((hold) => this.writer.place(institutionId, expiryOf(hold, at))),
      );
      for (const answer of answers) {
        if (answer.status === 'rejected') failures.push(answer.reason);
        else if (answer.value.ok) {
          const { status } = answer.value.value;
          if (status === 'posted') expired += 1;
          // Captured or released since it was read.
          else if (status !== 'hold_ended') failures.push(new Error(`A due hold met ${status}.`));
        }
      }
      after = due.at(-1);
      if (due.length < PAGE) break;
    }
    if (failures.length > 0) throw failures[0];
    return expired;
  }
}

function expiryOf({ key, account }: DueHold, at: Instant): EndHoldOrder {
  const hold = nameOfKey(key);
  return {
    act: 'expiry',
    key: `${hold}/expiry`,
    hold,
    account,
    bookedOn: CivilDate.inTokyo(at),
    mayUseOverdraft: false,
    text: '留保期限到来',
  };
}
