import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Instant, type Refusal, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { AccountsService, returnKeyOf, type LedgerRefusal } from '../accounts/index.js';
import type { InterbankMessage, ReturnReason } from './domain/interbank.ports.js';
import { Settlements } from './settlements.js';
import { debitedAccountOf, isGivenBack } from './storage/debited-account.store.pg.js';
import { settle } from './storage/outbox.store.pg.js';

/** A message whose money came back, on its way to the account that takes it. */
export interface Return {
  readonly message: InterbankMessage;
  readonly reason: ReturnReason;
  readonly at: Instant;
  /** Where it goes; undefined: to the account that was debited. */
  readonly creditAccount?: bigint | undefined;
}

/** Brings back what another institution has returned: the amount alone, once; the fee stays (SM-5.4-2). */
@Injectable()
export class GiveBack {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(Settlements) private readonly settlements: Settlements,
  ) {}

  /**
   * Everything that a return is, the posting last, so that the locks of the hot clearing account are the last ones
   * before the commit. Where the ledger refuses, all of it is taken back, the refused row as well: nobody was told
   * that the money is back, and the one key of a return stays free for the attempt that succeeds.
   */
  async attempt(tx: Transaction, back: Return): Promise<Refusal<LedgerRefusal> | undefined> {
    const { message, reason, at } = back;
    const { institutionId, transferId, amountYen } = message;
    const isKnown = await isGivenBack(tx, institutionId, returnKeyOf(transferId));
    await tx.query('savepoint before_return');
    await this.settlements.tell(tx, { institutionId, transferId, at, outcome: 'returned', reason });
    await settle(tx, message, { state: 'returned', reason, at });
    if (isKnown) return undefined;
    const lapsed = await this.settlements.lapsedOf(tx, {
      institutionId,
      transferId,
      amountYen,
      at,
    });
    const lines = await this.lines(tx, back, lapsed?.ownYen ?? 0n);
    await lapsed?.enter();
    const posted = await this.accounts.post(tx, {
      institutionId,
      key: returnKeyOf(transferId),
      bookedOn: CivilDate.inTokyo(at),
      postedAt: at,
      lines,
    });
    if (posted.ok) return undefined;
    await tx.query('rollback to savepoint before_return');
    return posted.refusal;
  }

  /** To the holder, and to the institution itself what it has compensated before (SM-14.6). */
  private async lines(tx: Transaction, { message, at, creditAccount }: Return, ownYen: Yen) {
    const { institutionId, transferId, amountYen, creditorName } = message;
    const clearing = await this.accounts.systemAccount(tx, institutionId, 'clearing');
    const line = (account: bigint, yen: Yen, creditText: string) => ({
      operation: 'return' as const,
      debitAccount: clearing,
      creditAccount: account,
      amountYen: yen,
      valueOn: CivilDate.inTokyo(at),
      debitText: transferId,
      creditText,
    });
    const lines = [];
    if (amountYen > ownYen) {
      const debited = await debitedAccountOf(tx, institutionId, transferId);
      const account = creditAccount ?? debited.ledgerId;
      lines.push(line(account, amountYen - ownYen, `振込資金返却 ${creditorName}`));
    }
    if (ownYen > 0n) {
      const own = await this.accounts.systemAccount(tx, institutionId, 'compensation');
      lines.push(line(own, ownYen, transferId));
    }
    return lines;
  }
}
