import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Clock, type Instant, type Yen } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService, returnKeyOf } from '../accounts/index.js';
import { CLOCK } from '../platform/platform.module.js';
import type { InterbankMessage, Settlement } from './domain/interbank.ports.js';
import { HouseInterbank } from './house-interbank.js';
import { nextDue, postpone, settle } from './storage/outbox.store.pg.js';
import { debitAccountOf } from './storage/debited-account.store.pg.js';

/** For the room above: what became of its transfer, told in the transaction that settles it. */
export type SettlementPlug = (tx: Transaction, settlement: Settlement) => Promise<void>;

/** Money of a transfer on its way back to the account that it was debited from. */
export interface ComingBack {
  readonly institutionId: number;
  readonly transferId: string;
  readonly amountYen: Yen;
  readonly at: Instant;
}

/** The part of a return to which the holder's right has lapsed, and how the room above enters it once it is posted. */
export interface LapsedPart {
  readonly ownYen: Yen;
  enter(): Promise<void>;
}

/** For the room above: how much of a return is the institution's own (SM-14.6); undefined where nothing lapsed. */
export type LapsePlug = (tx: Transaction, back: ComingBack) => Promise<LapsedPart | undefined>;

/** A run ends after so many messages; the next one comes with the next wake-up. */
const ROUNDS_MAX = 1_000;

/** Delivers what fix_transfers put into the outbox, and brings back what was returned (SM-5.4-2). */
@Injectable()
export class ClearingService {
  private readonly plugs: SettlementPlug[] = [];
  private lapse: LapsePlug = () => Promise.resolve(undefined);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(HouseInterbank) private readonly interbank: HouseInterbank,
  ) {}

  onSettled(plug: SettlementPlug): void {
    this.plugs.push(plug);
  }

  /** Who knows which money is no longer the holder's; one room at most. */
  onReturn(plug: LapsePlug): void {
    this.lapse = plug;
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
        const reason = answer.outcome === 'returned' ? answer.reason : null;
        for (const plug of this.plugs) {
          const { transferId } = message;
          await plug(tx, { institutionId, transferId, outcome: answer.outcome, reason, at });
        }
        const wasReturned = answer.outcome === 'returned';
        const isBlocked = wasReturned && !(await this.giveBack(tx, message, at));
        await settle(tx, message, isBlocked ? 'return_blocked' : answer.outcome, reason, at);
        return 'settled';
      });
    } catch (error) {
      const { message } = taken;
      if (message) await this.database.inInstitution(institutionId, (tx) => postpone(tx, message));
      throw error;
    }
  }

  /**
   * The amount alone goes back to the debited account; the fee stays (SM-5.4-2). What the institution has compensated
   * comes to it instead (SM-14.6). False when an account takes nothing any more: the text is silent, so the row waits
   * for a person as `return_blocked`.
   */
  private async giveBack(
    tx: Transaction,
    message: InterbankMessage,
    at: Instant,
  ): Promise<boolean> {
    const { institutionId, transferId, amountYen } = message;
    const lapsed = await this.lapse(tx, { institutionId, transferId, amountYen, at });
    const ownYen = lapsed?.ownYen ?? 0n;
    const clearing = await this.accounts.systemAccount(tx, institutionId, 'clearing');
    const line = (creditAccount: bigint, yen: Yen, creditText: string) => ({
      operation: 'return' as const,
      debitAccount: clearing,
      creditAccount,
      amountYen: yen,
      valueOn: CivilDate.inTokyo(at),
      debitText: transferId,
      creditText,
    });
    const lines = [];
    if (amountYen > ownYen) {
      const holder = await debitAccountOf(tx, institutionId, transferId);
      const text = `振込資金返却 ${message.creditorName}`;
      lines.push(line(holder, amountYen - ownYen, text));
    }
    if (ownYen > 0n) {
      const own = await this.accounts.systemAccount(tx, institutionId, 'compensation');
      lines.push(line(own, ownYen, transferId));
    }
    const key = returnKeyOf(transferId);
    const bookedOn = CivilDate.inTokyo(at);
    const posted = await this.accounts.post(tx, {
      institutionId,
      key,
      bookedOn,
      postedAt: at,
      lines,
    });
    if (posted.ok) await lapsed?.enter();
    return posted.ok;
  }
}
