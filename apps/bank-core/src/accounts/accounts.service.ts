import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate, Refusal, Result, Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { type Institution, InstitutionsService, ZenginDirectory } from '../institutions/index.js';
import type {
  AccountBalance,
  AccountStanding,
  AccountNumber,
  DepositAccount,
  ServiceAccount,
  StatementEntry,
  SystemRole,
} from './domain/account.js';
import type { LedgerRefusal } from './domain/account.refusals.js';
import type { Debited } from './domain/debited.js';
import type { PostingGroup, StatementQuery } from './domain/posting.js';
import { ineligibilityOf } from './domain/service-account.js';
import * as store from './storage/account.store.pg.js';
import { debitedUnder } from './storage/debited.store.pg.js';
import * as statements from './storage/statement.store.pg.js';
import { postGroup } from './storage/posting.store.pg.js';
import type { LedgerAnswer, LedgerOrder } from './domain/ledger-order.js';
import type { ScheduledPosting, ScheduleOutcome } from './domain/scheduled-posting.js';
import * as schedules from './storage/scheduled-posting.store.pg.js';
import { LedgerWriter } from './ledger-writer.js';

/** Accounts and the ledger. Every call runs in the caller's transaction, inside one institution. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ZenginDirectory) private readonly directory: ZenginDirectory,
    @Inject(LedgerWriter) private readonly writer: LedgerWriter,
  ) {}

  /** The accounts of the holder's internet-banking contract, the main account first, closed ones included. */
  async serviceAccountsOf(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    bank?: Pick<Institution, 'bankCode'>,
  ): Promise<ServiceAccount[]> {
    const [rows, { bankCode }] = await Promise.all([
      store.serviceAccountsOf(tx, institutionId, holderId),
      bank ?? this.institutions.byId(institutionId, tx),
    ]);
    return rows.map((row) => {
      const branch = this.directory.branch(bankCode, row.branchCode);
      const ineligible = ineligibilityOf(row);
      return {
        ...row,
        branchName: branch?.name ?? row.branchCode,
        ...(ineligible ? { ineligibleReason: ineligible } : {}),
      };
    });
  }

  /** One of them, or undefined: a foreign account and an unknown one look alike. */
  async serviceAccount(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    accountId: string,
  ): Promise<ServiceAccount | undefined> {
    const accounts = await this.serviceAccountsOf(tx, institutionId, holderId);
    return accounts.find((account) => account.accountId === accountId);
  }

  /** How several accounts stand with their holders' contracts, in the order given; nothing for an unknown one. */
  standingsOf(
    tx: Transaction,
    institutionId: number,
    accounts: readonly { readonly accountId: string; readonly holderId: string }[],
  ): Promise<(AccountStanding | undefined)[]> {
    return store.standingsOf(tx, institutionId, accounts);
  }

  /** Any deposit account of the institution by branch, type and number: for the payee's side. */
  byNumber(
    tx: Transaction,
    institutionId: number,
    number: AccountNumber,
  ): Promise<DepositAccount | undefined> {
    return store.byNumber(tx, institutionId, number);
  }

  systemAccount(tx: Transaction, institutionId: number, role: SystemRole): Promise<bigint> {
    return store.systemAccount(tx, institutionId, role);
  }

  balance(tx: Transaction, institutionId: number, ledgerId: bigint): Promise<AccountBalance> {
    return store.balance(tx, institutionId, ledgerId);
  }

  /** The balances at the ends of these days, in their order, computed from the postings; 0 before the first one. */
  balancesAtEndOf(
    tx: Transaction,
    institutionId: number,
    ledgerId: bigint,
    dates: readonly CivilDate[],
  ): Promise<Yen[]> {
    return statements.balancesAtEndOf(tx, institutionId, ledgerId, dates);
  }

  /** A page of legs, ascending by sequence: stable, since a leg's sequence never changes. */
  statement(
    tx: Transaction,
    institutionId: number,
    ledgerId: bigint,
    query: StatementQuery,
  ): Promise<StatementEntry[]> {
    return statements.statement(tx, institutionId, ledgerId, query);
  }

  /** A page of 振込入金明細: the credits that others sent, ascending by sequence as in a statement. */
  incomingTransfers(
    tx: Transaction,
    institutionId: number,
    ledgerId: bigint,
    query: StatementQuery,
  ): Promise<StatementEntry[]> {
    return statements.incomingTransfers(tx, institutionId, ledgerId, query);
  }

  /**
   * What left accounts of this holder under each of these keys: a transfer's id, or what else named the order. A key
   * under which nothing was posted, and one of somebody else's accounts, are both absent.
   */
  debited(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    keys: readonly string[],
  ): Promise<Debited[]> {
    return debitedUnder(tx, institutionId, holderId, keys);
  }

  /** Posts a group, all or nothing. A duplicate key is a bug of the caller and throws. */
  post(tx: Transaction, group: PostingGroup): Promise<Result<void, Refusal<LedgerRefusal>>> {
    return postGroup(tx, group);
  }

  /** Places one order through the group-commit writer, in a commit of its own; see `LedgerWriter.place`. */
  place(
    institutionId: number,
    order: LedgerOrder,
  ): Promise<Result<LedgerAnswer, Refusal<'ledger_busy'>>> {
    return this.writer.place(institutionId, order);
  }

  /** Fixes a posting of a later day in the caller's transaction; the ledger decides it when it is due (SM-5.2). */
  schedule(tx: Transaction, institutionId: number, scheduled: ScheduledPosting): Promise<void> {
    return schedules.insertScheduled(tx, institutionId, scheduled);
  }

  /** Takes it back; false when it has been decided already. */
  cancelScheduled(
    tx: Transaction,
    institutionId: number,
    scheduled: Pick<ScheduledPosting, 'id' | 'occurrence'>,
  ): Promise<boolean> {
    return schedules.cancelScheduled(tx, institutionId, scheduled);
  }

  /** What became of it so far; undefined where there is none of that name and day. */
  scheduleOutcome(
    tx: Transaction,
    institutionId: number,
    scheduled: Pick<ScheduledPosting, 'id' | 'occurrence'>,
  ): Promise<ScheduleOutcome | undefined> {
    return schedules.outcomeOf(tx, institutionId, scheduled);
  }
}
