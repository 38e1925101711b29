import { Injectable } from '@nestjs/common';
import type {
  ChainCode,
  ChainEvent,
  ChainFacts,
  ChainName,
  ChainState,
  StepResult,
} from '#libs/contracts';
import { assert, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** Which partner's connection, at which institution. */
export interface ChainOf {
  readonly institutionId: number;
  readonly epspId: string;
  readonly partnerId: string;
}

export interface KeptConnection extends Omit<ChainOf, 'institutionId'> {
  readonly state: ChainState;
}

/** Where the matter of a partner's connection is kept: in the room `measures`, above this one (RKN-C1, RKN-C2). */
export interface ChainBook {
  /** In a transaction that has entered the institution; a refusal is the machine's and changes nothing. */
  tell(
    tx: Transaction,
    of: ChainOf,
    event: ChainEvent,
    at: Instant,
  ): Promise<StepResult<ChainName, ChainFacts, ChainCode>>;
  state(tx: Transaction, of: ChainOf, at: Instant): Promise<ChainState>;
  /** Every connection that has a matter at the institution that the transaction has entered. */
  all(tx: Transaction): Promise<readonly KeptConnection[]>;
}

/** The plug into which the room above puts its book at start. */
@Injectable()
export class ChainPort {
  private plugged: ChainBook | undefined;

  plug(book: ChainBook): void {
    assert(!this.plugged, 'The connections have one book.');
    this.plugged = book;
  }

  get book(): ChainBook {
    assert(this.plugged, 'Nobody keeps the connections of chain partners.');
    return this.plugged;
  }
}
