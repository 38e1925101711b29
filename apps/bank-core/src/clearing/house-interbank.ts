import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService, type AccountType } from '../accounts/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { RecordsService } from '../records/index.js';
import type { Interbank, InterbankAnswer, InterbankMessage } from './domain/interbank.ports.js';
import { earlierAnswer, keepAnswer } from './storage/inbox.store.pg.js';

/** A message that has come to one of our institutions. */
interface Received {
  readonly institutionId: number;
  readonly sourceBank: string;
  readonly message: InterbankMessage;
  readonly at: Instant;
}

/**
 * The embedded interbank side, first form: an institution of this house receives into its own inbox, in a
 * transaction of its own; for any other the network takes the message at once, as it does round the clock.
 */
@Injectable()
export class HouseInterbank implements Interbank {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  async deliver(message: InterbankMessage, at: Instant): Promise<InterbankAnswer> {
    const destination = await this.institutions.byBankCode(message.creditorBank);
    if (!destination) return { outcome: 'accepted' };
    const source = await this.institutions.byId(message.institutionId);
    return this.database.inInstitution(destination.id, async (tx) => {
      const earlier = await earlierAnswer(tx, destination.id, source.bankCode, message.transferId);
      if (earlier) return earlier;
      const received = { institutionId: destination.id, sourceBank: source.bankCode, message, at };
      return this.receive(tx, received);
    });
  }

  /**
   * Inbox and record first, as if the payee's account took the money, and the posting last: the locks of the hot
   * clearing account are held for nothing but the commit. Where the ledger refuses, both are taken back with it.
   */
  private async receive(tx: Transaction, received: Received): Promise<InterbankAnswer> {
    const { institutionId, message } = received;
    const payee = await this.accounts.byNumber(tx, institutionId, {
      branchCode: message.creditorBranch,
      accountType: message.creditorType as AccountType,
      accountNumber: message.creditorNumber,
    });
    if (!payee) return this.keep(tx, received, { outcome: 'returned', reason: 'no_such_account' });
    const clearing = await this.accounts.systemAccount(tx, institutionId, 'clearing');
    await tx.query('savepoint before_credit');
    const answer = await this.keep(tx, received, { outcome: 'accepted' });
    if (await this.credit(tx, received, clearing, payee.ledgerId)) return answer;
    await tx.query('rollback to savepoint before_credit');
    return this.keep(tx, received, { outcome: 'returned', reason: 'deposit_refused' });
  }

  private async keep(
    tx: Transaction,
    { institutionId, sourceBank, message, at }: Received,
    answer: InterbankAnswer,
  ): Promise<InterbankAnswer> {
    await keepAnswer(tx, institutionId, sourceBank, message, answer, at);
    await this.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'interbank_received',
      transferId: message.transferId,
      content: { source: sourceBank, amountYen: message.amountYen, ...answer },
    });
    return answer;
  }

  /** Clearing account → payee, under a key that names the sender: a second delivery cannot post again. */
  private async credit(
    tx: Transaction,
    { institutionId, sourceBank, message, at }: Received,
    debitAccount: bigint,
    creditAccount: bigint,
  ): Promise<boolean> {
    const posted = await this.accounts.post(tx, {
      institutionId,
      key: `in/${sourceBank}/${message.transferId}`,
      bookedOn: CivilDate.inTokyo(at),
      postedAt: at,
      lines: [
        {
          operation: 'transfer',
          debitAccount,
          creditAccount,
          amountYen: message.amountYen,
          valueOn: CivilDate.inTokyo(at),
          debitText: message.transferId,
          creditText: message.payerName,
          ediText: message.ediText ?? undefined,
        },
      ],
    });
    return posted.ok;
  }
}
