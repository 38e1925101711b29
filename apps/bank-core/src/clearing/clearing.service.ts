import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import type { InterbankMessage, ReturnReason } from './domain/interbank.ports.js';
import { GiveBack } from './give-back.js';
import { HouseInterbank } from './house-interbank.js';
import { Settlements, type LapsePlug, type SettlementPlug } from './settlements.js';
import { nextDue, postpone, settle } from './storage/outbox.store.pg.js';

/** A run ends after so many messages; the next one comes with the next wake-up. */
const ROUNDS_MAX = 1_000;

/** Delivers what fix_transfers put into the outbox, and brings back what was returned (SM-5.4-2). */
@Injectable()
export class ClearingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HouseInterbank) private readonly interbank: HouseInterbank,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(GiveBack) private readonly giveBack: GiveBack,
  ) {}

  onSettled(plug: SettlementPlug): void {
    this.settlements.onSettled(plug);
  }

  /** Who knows which money is no longer the holder's; one room at most. */
  onReturn(plug: LapsePlug): void {
    this.settlements.onReturn(plug);
  }

  /**
   * Delivers everything due at one institution; returns how many messages were settled. One that fails is
   * due again later and holds up no other; the first failure is thrown when all have had their turn.
   */
  async deliverDue(institutionId: number): Promise<number> {
    let settled = 0;
    const failures: unknown[] = [];
    const keep = (error: unknown) => {
      failures.push(error);
      return 'failed' as const;
    };
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
      const outcome = await this.deliverNext(institutionId).catch(keep);
      if (outcome === 'nothing_due') break;
      if (outcome === 'settled') settled += 1;
    }
    if (failures.length > 0) throw failures[0];
    return settled;
  }

  /**
   * One message. The row stays locked while the other side works in a transaction of its own; if this
   * process dies in between, the row is due again and the other side knows the key.
   */
  private async deliverNext(institutionId: number): Promise<'settled' | 'nothing_due'> {
    const taken: { message?: InterbankMessage } = {};
    try {
      return await this.database.inInstitution(institutionId, async (tx) => {
        const message = await nextDue(tx, institutionId);
        if (!message) return 'nothing_due';
        taken.message = message;
        const at = await this.clock.now();
        const answer = await this.interbank.deliver(message, at);
        if (answer.outcome === 'returned') await this.returned(tx, message, answer.reason, at);
        else await this.accepted(tx, message, at);
        return 'settled';
      });
    } catch (error) {
      const { message } = taken;
      if (message) await this.database.inInstitution(institutionId, (tx) => postpone(tx, message));
      throw error;
    }
  }

  private async accepted(tx: Transaction, message: InterbankMessage, at: Instant): Promise<void> {
    const { institutionId, transferId } = message;
    await this.settlements.tell(tx, { institutionId, transferId, at, outcome: 'accepted' });
    await settle(tx, message, { state: 'accepted', at });
  }

  /**
   * Back to the debited account; where no account takes it, it waits for a person and everybody is told that, since
   * the text is silent (SM-5.4-2 c): see `BlockedReturns`.
   */
  private async returned(
    tx: Transaction,
    message: InterbankMessage,
    reason: ReturnReason,
    at: Instant,
  ): Promise<void> {
    const refusal = await this.giveBack.attempt(tx, { message, reason, at });
    if (!refusal) return;
    const { institutionId, transferId } = message;
    const blocked = { reason, blockedBy: refusal.code, at };
    const outcome = 'return_blocked';
    await this.settlements.tell(tx, { institutionId, transferId, outcome, ...blocked });
    await settle(tx, message, { state: outcome, ...blocked });
  }
}
