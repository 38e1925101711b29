import { Inject, Injectable } from '@nestjs/common';
import { article04, smParameters, type ParameterValues } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  refused,
  type Instant,
  type Refusal,
  type Result,
  type Yen,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import {
  AccountsService,
  type AccountBalance,
  type ServiceAccount,
  type StatementEntry,
} from '../accounts/index.js';
import { ConsentsService, type Permission } from '../consents/index.js';
import { CredentialsService } from '../credentials/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { DisclosureCaps, LimitsService, type JudgedLimit } from '../limits/index.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { RecordsService } from '../records/index.js';
import type { InquiryRefusal } from './domain/inquiry.refusals.js';
import { mayInquire } from './domain/may-inquire.js';
import { statementPeriod, type StatementPeriod } from './domain/statement-period.js';
import { visibleAccounts } from './domain/visible-accounts.js';

const { inquiryHours, inquiryMatrix, inquiryPeriod, inquiryAfterClose } = smParameters;
const openingHours = article04.clause('SM-4.1-2');
const TABLE = { inquiryHours, inquiryMatrix, inquiryPeriod, inquiryAfterClose };

type Parameters = ParameterValues<typeof TABLE>;
type Refused = { readonly ok: false; readonly refusal: Refusal<InquiryRefusal> };

export interface Inquiry extends Omit<InternalCaller, 'consentId'> {
  readonly institutionId: number;
  readonly bankCode: string;
  readonly consentId: string;
  /** Bank time of the question; the answer is as of then. */
  readonly at: Instant;
}

export interface Answer<Value> {
  readonly data: Value;
  readonly asOf: Instant;
}

export interface Balances {
  readonly accountId: string;
  readonly balance: AccountBalance;
  readonly previousDayYen: Yen;
  readonly previousMonthEndYen: Yen;
}

export interface StatementPage {
  readonly accountId: string;
  /** What was read, with the ends that were not asked for: a further page names the same. */
  readonly period: StatementPeriod;
  readonly entries: readonly StatementEntry[];
  readonly nextAfter: bigint | null;
}

export interface StatementRequest {
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  readonly after?: bigint | undefined;
  readonly limit: number;
}

/** The daily limit of one account as it stands today, before any further request (SM-5.3-1a, SM-5.3-1b). */
export interface AccountLimits extends Pick<JudgedLimit, 'limit' | 'standing'> {
  readonly accountId: string;
}

export interface FundsConfirmation {
  readonly accountId: string;
  readonly amountYen: Yen;
  readonly isAvailable: boolean;
}

interface Ground {
  readonly tx: Transaction;
  readonly at: Instant;
  readonly today: CivilDate;
  readonly parameters: Parameters;
  readonly holderId: string;
  readonly accounts: readonly ServiceAccount[];
}

/** 照会: what an intermediary may read with a consent. Every answer says as of when it is (SM-4.1-3). */
@Injectable()
export class InquiryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(AccountsService) private readonly ledger: AccountsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(CredentialsService) private readonly credentials: CredentialsService,
    @Inject(LimitsService) private readonly dailyLimits: LimitsService,
    @Inject(DisclosureCaps) private readonly caps: DisclosureCaps,
  ) {}

  /** The consent's accounts, the main one first. */
  accounts(
    inquiry: Inquiry,
  ): Promise<Result<Answer<readonly ServiceAccount[]>, Refused['refusal']>> {
    return this.ask(inquiry, 'accounts_read', undefined, async ({ accounts }) =>
      accepted(accounts),
    );
  }

  account(
    inquiry: Inquiry,
    accountId: string,
  ): Promise<Result<Answer<ServiceAccount>, Refused['refusal']>> {
    return this.ask(inquiry, 'accounts_read', accountId, async ({ accounts: [account] }) =>
      account ? accepted(account) : refused('not_found'),
    );
  }

  /** Current and withdrawable from the account row; the earlier two from the postings. */
  balances(
    inquiry: Inquiry,
    accountId: string,
  ): Promise<Result<Answer<Balances>, Refused['refusal']>> {
    return this.ask(inquiry, 'balances_read', accountId, async (ground) => {
      const { tx, today, accounts } = ground;
      const [account] = accounts;
      if (!account) return refused('not_found');
      const { accountType } = account;
      const asked = { accountType, inquiry: 'balance', from: today, today } as const;
      const allowed = mayInquire(asked, ground.parameters);
      if (!allowed.ok) return allowed;
      const { institutionId, ledgerId } = account;
      const ends = [today.minusDays(1), today.minusDays(today.day)];
      const [balance, [previousDayYen = 0n, previousMonthEndYen = 0n]] = await Promise.all([
        this.ledger.balance(tx, institutionId, ledgerId),
        this.ledger.balancesAtEndOf(tx, institutionId, ledgerId, ends),
      ]);
      return accepted({ accountId, balance, previousDayYen, previousMonthEndYen });
    });
  }

  /**
   * A page of the statement, ascending by leg sequence: stable while new legs arrive. Each page is judged at its own
   * time: a period that no longer may be asked for is refused, never cut short (SM-4.1-1).
   */
  transactions(
    inquiry: Inquiry,
    accountId: string,
    request: StatementRequest,
  ): Promise<Result<Answer<StatementPage>, Refused['refusal']>> {
    return this.page(inquiry, accountId, request, (...asked) => this.ledger.statement(...asked));
  }

  /** 振込入金明細: the credits of a statement that others sent, with name and EDI text as they came. */
  incomingTransfers(
    inquiry: Inquiry,
    accountId: string,
    request: StatementRequest,
  ): Promise<Result<Answer<StatementPage>, Refused['refusal']>> {
    return this.page(inquiry, accountId, request, (...asked) =>
      this.ledger.incomingTransfers(...asked),
    );
  }

  private page(
    inquiry: Inquiry,
    accountId: string,
    request: StatementRequest,
    read: AccountsService['statement'],
  ): Promise<Result<Answer<StatementPage>, Refused['refusal']>> {
    return this.ask(inquiry, 'transactions_read', accountId, async (ground) => {
      const { tx, today, parameters, accounts } = ground;
      const [account] = accounts;
      if (!account) return refused('not_found');
      const period = statementPeriod(request, today, parameters.inquiryPeriod);
      const { institutionId, ledgerId, accountType } = account;
      const asked = { accountType, inquiry: 'transactions', from: period.from, today } as const;
      const allowed = mayInquire(asked, parameters);
      if (!allowed.ok) return allowed;
      // One more than asked for tells whether there is a next page.
      const found = await read(tx, institutionId, ledgerId, {
        ...period,
        after: request.after,
        limit: request.limit + 1,
      });
      const entries = found.slice(0, request.limit);
      const last = entries.at(-1);
      const nextAfter = found.length > entries.length && last ? last.sequence : null;
      return accepted({ accountId, period, entries, nextAfter });
    });
  }

  /**
   * Whether `amountYen` could be withdrawn now: yes or no, never the balance, and only as often a day as T-15
   * lets it. Refuses with `quota_exceeded` after everything else.
   */
  confirmFunds(
    inquiry: Inquiry,
    accountId: string,
    amountYen: Yen,
  ): Promise<Result<Answer<FundsConfirmation>, Refused['refusal']>> {
    const decide = async (
      ground: Ground,
    ): Promise<Result<FundsConfirmation, Refused['refusal']>> => {
      const { tx, at, today, accounts } = ground;
      const [account] = accounts;
      if (!account || account.closed) return refused('not_found');
      const { institutionId, ledgerId, accountType } = account;
      const asked = { accountType, inquiry: 'balance', from: today, today } as const;
      const allowed = mayInquire(asked, ground.parameters);
      if (!allowed.ok) return allowed;
      const { epspId, consentId } = inquiry;
      const question = { institutionId, question: 'funds', epspId, consentId, at } as const;
      const isAvailable = await this.caps.ask(tx, question, async () => {
        const { withdrawableYen } = await this.ledger.balance(tx, institutionId, ledgerId);
        return amountYen <= withdrawableYen;
      });
      return isAvailable.ok
        ? accepted({ accountId, amountYen, isAvailable: isAvailable.value })
        : isAvailable;
    };
    // The question is counted where it is answered: a transaction.
    return this.ask(inquiry, 'balances_read', accountId, decide, 'inInstitution');
  }

  /** What may still be sent from the account today, on both bases (SM-5.3-1b). */
  async limits(
    inquiry: Inquiry,
    accountId: string,
  ): Promise<Result<Answer<AccountLimits>, Refused['refusal']>> {
    const may = await this.ask(inquiry, 'balances_read', accountId, async (ground) => {
      const [account] = ground.accounts;
      if (!account?.mayDebit || account.closed) return refused('not_found');
      return accepted(ground.holderId);
    });
    if (!may.ok) return may;
    const { data: holderId, asOf } = may.value;
    const { institutionId } = inquiry;
    const today = CivilDate.inTokyo(asOf);
    // The cap depends on whether a one-time password is active, which the credentials' own transaction reads.
    const factors = await this.credentials.requiredFactors(institutionId, holderId);
    const judged = await this.database.inInstitution(institutionId, (tx) =>
      this.dailyLimits.judge(tx, {
        institutionId,
        holderId,
        debitAccountId: accountId,
        otpActive: factors.ok && factors.value.includes('one_time_password'),
        requestedOn: today,
        designatedOn: today,
        amountYen: 0n,
        feeYen: 0n,
      }),
    );
    if (!judged.ok) return judged;
    const { limit, standing } = judged.value;
    return accepted({ data: { accountId, limit, standing }, asOf });
  }

  /** Consent, hours, then the accounts that this call may see: all of the consent's, or the one named. */
  private async ask<Value>(
    inquiry: Inquiry,
    fn: Permission,
    accountId: string | undefined,
    answer: (ground: Ground) => Promise<Result<Value, Refused['refusal']>>,
    within: 'readInInstitution' | 'inInstitution' = 'readInInstitution',
  ): Promise<Result<Answer<Value>, Refused['refusal']>> {
    const { institutionId, at } = inquiry;
    const today = CivilDate.inTokyo(at);
    const result = await this.database[within](institutionId, async (tx) => {
      const [consent, read] = await Promise.all([
        this.consents.check(tx, { ...inquiry, fn, accountId }),
        this.institutions.read(institutionId, TABLE, today, tx),
      ]);
      if (!consent.ok) return consent;
      if (!read.ok) return read;
      const open = withinHours(read.value, at);
      if (!open.ok) return open;
      const { holderId, accountIds } = consent.value;
      const all = await this.ledger.serviceAccountsOf(tx, institutionId, holderId, inquiry);
      const accounts = visibleAccounts(all, today, read.value.inquiryAfterClose).filter(
        (one) =>
          accountIds.includes(one.accountId) &&
          (accountId === undefined || one.accountId === accountId),
      );
      const value = await answer({
        tx,
        at,
        today,
        parameters: read.value,
        holderId,
        accounts,
      });
      return value.ok ? accepted({ data: value.value, asOf: at, holderId }) : value;
    });
    this.note(inquiry, fn, accountId, at, result);
    return result.ok ? accepted({ data: result.value.data, asOf: at }) : result;
  }

  private note(
    inquiry: Inquiry,
    fn: Permission,
    accountId: string | undefined,
    at: Instant,
    result: Result<{ readonly holderId: string }, Refusal>,
  ): void {
    const { institutionId, epspId, chainPartnerId, clientId, consentId, interactionId, customer } =
      inquiry;
    this.records.noteRead({
      institutionId,
      epspId,
      chainPartnerId,
      clientId,
      consentId,
      interactionId,
      holderId: result.ok ? result.value.holderId : undefined,
      happenedAt: at,
      kind: result.ok ? 'inquiry_answered' : 'inquiry_refused',
      customerClaim: customer,
      content: result.ok ? { fn, accountId } : { fn, accountId, refusal: result.refusal.code },
    });
  }
}

function withinHours(parameters: Parameters, now: Instant): Result<void, Refused['refusal']> {
  const hours = openingHours.apply({ now }, { hours: parameters.inquiryHours });
  if (hours.isOpen) return accepted(undefined);
  const seconds = hours.nextOpening === undefined ? 86_400 : (hours.nextOpening - now) / 1000;
  return refused('outside_service_hours', {
    clause: openingHours.id,
    facts: { retryAfterSeconds: Math.ceil(seconds) },
  });
}
