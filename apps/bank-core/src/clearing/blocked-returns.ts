import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, problemOf, type Problem, type Transaction } from '#libs/platform';
import { AccountsService, type LedgerRefusal } from '../accounts/index.js';
import { RecordsService } from '../records/index.js';
import {
  ProposalDesk,
  refusedOutcome,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import type { BlockedReturn, ReturnRetry } from './domain/blocked-return.js';
import {
  blockedReturnSentences,
  type BlockedReturnRefusal,
} from './domain/blocked-return.refusals.js';
import type { InterbankMessage, ReturnReason } from './domain/interbank.ports.js';
import { GiveBack } from './give-back.js';
import { blockedReturnStatuses } from './http/blocked-return.problems.js';
import { blockedReturns, keepBlockedBy, lockSent } from './storage/blocked-return.store.pg.js';
import { debitedAccountOf, type DebitedAccount } from './storage/debited-account.store.pg.js';

/** A blocked return, locked, and where its money is to go. */
interface Judged {
  readonly message: InterbankMessage;
  readonly reason: ReturnReason;
  readonly debited: DebitedAccount;
  readonly creditAccount: bigint;
}

/**
 * Returns that no account took, as a queue for officers (SM-5.4-2 c). When the account has been freed, or another one
 * of the same holder is named because it is closed, two people have the money given back; it is the same posting
 * under the same key as ever, so it happens once, whoever else tries.
 */
@Injectable()
export class BlockedReturns implements ProposalKind<ReturnRetry> {
  readonly kind = 'blocked_return';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'SM-5.4-2';

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(GiveBack) private readonly giveBack: GiveBack,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  list(
    institutionId: number,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<BlockedReturn[]> {
    return this.database.inInstitution(institutionId, (tx) =>
      blockedReturns(tx, institutionId, page),
    );
  }

  propose(by: StaffMember, retry: ReturnRetry): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, retry, [retry.institutionId]);
  }

  check(retry: ReturnRetry): Promise<Result<void, Refusal<BlockedReturnRefusal>>> {
    return this.database.inInstitution(retry.institutionId, async (tx) => {
      const judged = await this.judge(tx, retry);
      return judged.ok ? accepted(undefined) : judged;
    });
  }

  /** Tries again; what the ledger says against it is the outcome, and the return stays in the queue. */
  async carryOut(tx: Transaction, step: ProposalStep<ReturnRetry>): Promise<object> {
    const { content, at } = step;
    const judged = await this.judge(tx, content);
    if (!judged.ok) return refusedOutcome(judged.refusal);
    const { message, reason, creditAccount, debited } = judged.value;
    // The record of the attempt stands whatever becomes of it, so it comes before what may be taken back.
    const back = { message, reason, at, creditAccount };
    await this.note(tx, step, debited);
    const refusal = await this.giveBack.attempt(tx, back);
    if (!refusal) return { transferId: message.transferId, returnedYen: `${message.amountYen}` };
    await keepBlockedBy(tx, message, refusal.code);
    await this.note(tx, step, debited, refusal.code);
    return refusedOutcome({ ...refusal, clause: 'SM-5.4-2' });
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(
      refusal as Refusal<BlockedReturnRefusal>,
      blockedReturnStatuses,
      blockedReturnSentences,
    );
  }

  private async judge(
    tx: Transaction,
    { institutionId, transferId, accountId }: ReturnRetry,
  ): Promise<Result<Judged, Refusal<BlockedReturnRefusal>>> {
    const sent = await lockSent(tx, institutionId, transferId);
    if (!sent) return refused('return_unknown');
    if (sent.state !== 'return_blocked')
      return refused('return_not_blocked', { clause: 'SM-5.4-2' });
    const { message, reason } = sent;
    assert(reason, `Transfer ${transferId} came back for no reason.`);
    const debited = await debitedAccountOf(tx, institutionId, transferId);
    const found = { message, reason, debited };
    if (accountId === null || accountId === debited.accountId)
      return accepted({ ...found, creditAccount: debited.ledgerId });
    if (!debited.closed) return refused('return_goes_to_debit_account', { clause: 'SM-5.4-2' });
    const { holderId } = debited;
    const other = holderId
      ? await this.accounts.serviceAccount(tx, institutionId, holderId, accountId)
      : undefined;
    if (!other) return refused('return_account_unknown', { clause: 'SM-5.4-2' });
    return accepted({ ...found, creditAccount: other.ledgerId });
  }

  private note(
    tx: Transaction,
    { content, proposal, approvedBy, at }: ProposalStep<ReturnRetry>,
    { holderId }: DebitedAccount,
    refusal?: LedgerRefusal,
  ): Promise<void> {
    const { institutionId, transferId, accountId, grounds } = content;
    return this.records.append(tx, {
      institutionId,
      transferId,
      holderId: holderId ?? undefined,
      happenedAt: at,
      kind: refusal ? 'return_refused' : 'return_retried',
      content: {
        clause: 'SM-5.4-2',
        proposal: proposal.id,
        proposedBy: proposal.proposedBy.mailAddress,
        approvedBy: approvedBy.mailAddress,
        accountId,
        grounds,
        refusal,
      },
    });
  }
}
