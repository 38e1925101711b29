import { Injectable } from '@nestjs/common';
import type { Instant, Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Settlement } from './domain/interbank.ports.js';

/** For the room above: what became of its transfer, told in the transaction that settles it. */
export type SettlementPlug = (tx: Transaction, settlement: Settlement) => Promise<void>;

/** Money of a transfer on its way back to the account that it was debited from. */
export interface ComingBack {
  readonly institutionId: number;
  readonly transferId: string;
  readonly amountYen: Yen;
  readonly at: Instant;
}

/**
 * The part of a return to which the holder's right has lapsed, and how the room above enters it. It is entered before
 * the posting; where that is refused, nothing of it stands.
 */
export interface LapsedPart {
  readonly ownYen: Yen;
  enter(): Promise<void>;
}

/** For the room above: how much of a return is the institution's own (SM-14.6); undefined where nothing lapsed. */
export type LapsePlug = (tx: Transaction, back: ComingBack) => Promise<LapsedPart | undefined>;

/** Who wants to know what became of a transfer, and who knows which money is no longer the holder's. */
@Injectable()
export class Settlements {
  private readonly plugs: SettlementPlug[] = [];
  private lapse: LapsePlug = () => Promise.resolve(undefined);

  onSettled(plug: SettlementPlug): void {
    this.plugs.push(plug);
  }

  /** One room at most. */
  onReturn(plug: LapsePlug): void {
    this.lapse = plug;
  }

  async tell(tx: Transaction, settlement: Settlement): Promise<void> {
    for (const plug of this.plugs) await plug(tx, settlement);
  }

  lapsedOf(tx: Transaction, back: ComingBack): Promise<LapsedPart | undefined> {
    return this.lapse(tx, back);
  }
}
