import { Inject, Injectable } from '@nestjs/common';
import {
  classifyTransfer,
  destinationClass,
  processingDay,
  smParameters,
  transferFee,
  type DestinationClass,
  type ParameterValues,
} from '#libs/contracts';
import {
  accepted,
  bankingCalendar,
  CivilDate,
  refused,
  type Instant,
  type Refusal,
  type Result,
  type Yen,
} from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import {
  AccountsService,
  type AccountBalance,
  type DepositAccount,
  type ServiceAccount,
} from '../accounts/index.js';
import { isSameName } from '../clearing/index.js';
import { ConsentsService } from '../consents/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService, type InstitutionRefusal } from '../institutions/index.js';
import { LimitsService, type JudgedLimit } from '../limits/index.js';
import type { ConfirmationFacts, DayRefusal } from './domain/decide-confirmation.js';
import type { Transfer, TransferKind } from './domain/transfer.js';

const {
  transferFee: feeTable,
  confirmTimeout,
  transferHours,
  transferCutoff,
  reservationHorizon,
  reservationHolidayRule,
  overdraftUsable,
} = smParameters;
/** What a transfer needs to know of its institution before it can be planned or quoted. */
export const TRANSFER_TABLE = {
  feeTable,
  confirmTimeout,
  transferHours,
  transferCutoff,
  reservationHorizon,
  reservationHolidayRule,
  overdraftUsable,
};

export type TransferParameters = ParameterValues<typeof TRANSFER_TABLE>;

/** A draft with everything that its page shows and its 確定 needs; nothing is decided here. */
export interface TransferPlan {
  readonly bankCode: string;
  readonly at: Instant;
  readonly requestedOn: CivilDate;
  readonly designatedOn: CivilDate;
  readonly parameters: TransferParameters;
  readonly debit: (ServiceAccount & { readonly funds: AccountBalance }) | undefined;
  /** The payee's account where it is ours and exists. */
  readonly payee: DepositAccount | undefined;
  readonly isPayeeOurs: boolean;
  readonly isPayeeVerified: boolean;
  readonly destination: DestinationClass;
  readonly kind: TransferKind;
  readonly feeYen: Yen;
  readonly payerName: string;
  readonly limit: JudgedLimit | undefined;
  readonly facts: ConfirmationFacts;
}

export interface PlanRequest {
  readonly holderId: string;
  readonly debitAccountId: string;
  readonly otpActive: boolean;
  readonly at: Instant;
}

/** Reads, for one draft and one debit account, what the decision and the page rest on. */
@Injectable()
export class TransferPlanner {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(LimitsService) private readonly limits: LimitsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  /** Refuses with `parameter_unset` only; everything else is a fact of the plan. */
  async plan(
    tx: Transaction,
    transfer: Transfer,
    request: PlanRequest,
  ): Promise<Result<TransferPlan, Refusal<InstitutionRefusal>>> {
    const { institutionId } = transfer;
    const { holderId, at } = request;
    const today = CivilDate.inTokyo(at);
    const read = await this.institutions.read(institutionId, TRANSFER_TABLE, today);
    if (!read.ok) return read;
    const { bankCode } = await this.institutions.byId(institutionId);
    const holder = await this.holders.byId(tx, institutionId, holderId);
    const debit = await this.debitAccount(tx, transfer, request);
    const payee = await this.payee(tx, transfer, bankCode);
    const places = placesOf(transfer, bankCode, debit);
    const destination = destinationClass(...places);
    const feeYen = transferFee(read.value.feeTable, destination, 'member', transfer.amountYen);
    const designatedOn = transfer.requestedOn ?? today;
    const limit = await this.limits.judge(tx, {
      institutionId,
      holderId,
      debitAccountId: request.debitAccountId,
      otpActive: request.otpActive,
      requestedOn: today,
      designatedOn,
      amountYen: transfer.amountYen,
      feeYen,
    });
    if (!limit.ok) return limit;
    const kind = classifyTransfer(...places);
    const facts: ConfirmationFacts = {
      status: transfer.status,
      isExpired: at >= transfer.expiresAt,
      access: await this.consents.checkTraffic(tx, {
        ...transfer,
        fn: 'transfer_initiation',
        at,
      }),
      day: dayOf(transfer, destination, at, read.value),
      holderIsActive: holder?.serviceState === 'active',
      debit: debit && debitFacts(debit, transfer, kind, feeYen, read.value),
      limit: limit.value.verdict,
      payee: payee.standing(debit),
    };
    return accepted({
      bankCode,
      at,
      requestedOn: today,
      designatedOn,
      parameters: read.value,
      debit,
      payee: payee.account,
      isPayeeOurs: payee.isOurs,
      isPayeeVerified:
        payee.account !== undefined &&
        isSameName(payee.account.nameKana, transfer.creditor.nameKana),
      destination,
      kind,
      feeYen,
      payerName: debit?.nameKana ?? '',
      limit: limit.value,
      facts,
    });
  }

  /** The chosen service account; undefined too where the request names another one (T-02). */
  private async debitAccount(tx: Transaction, transfer: Transfer, request: PlanRequest) {
    const { institutionId, debitAccount: asked } = transfer;
    const account = await this.accounts.serviceAccount(
      tx,
      institutionId,
      request.holderId,
      request.debitAccountId,
    );
    if (!account) return undefined;
    const isTheOne =
      !asked ||
      (asked.branchCode === account.branchCode &&
        asked.accountType === account.accountType &&
        asked.accountNumber === account.accountNumber);
    if (!isTheOne) return undefined;
    const funds = await this.accounts.balance(tx, institutionId, account.ledgerId);
    return { ...account, funds };
  }

  private async payee(tx: Transaction, { institutionId, creditor }: Transfer, bankCode: string) {
    const isOurs = creditor.bankCode === bankCode;
    const account = isOurs ? await this.accounts.byNumber(tx, institutionId, creditor) : undefined;
    const standing = (debit: ServiceAccount | undefined): ConfirmationFacts['payee'] => {
      if (!isOurs) return 'elsewhere';
      if (!account) return 'unknown';
      if (account.accountId === debit?.accountId) return 'same_account';
      return account.closed || account.creditStopped ? 'closed' : 'open';
    };
    return { isOurs, account, standing };
  }
}

function placesOf({ creditor }: Transfer, bankCode: string, debit: ServiceAccount | undefined) {
  return [
    { institution: bankCode, branch: debit?.branchCode ?? '' },
    { institution: creditor.bankCode, branch: creditor.branchCode },
  ] as const;
}

/** Same day only, for now: what rolls to the next business day or further is a reservation to come. */
export function dayOf(
  { requestedOn }: Pick<Transfer, 'requestedOn'>,
  destination: DestinationClass,
  at: Instant,
  parameters: TransferParameters,
): Result<CivilDate, Refusal<DayRefusal>> {
  const request = {
    receivedAt: at,
    destination,
    ...(requestedOn ? { designatedDate: requestedOn } : {}),
  };
  const day = processingDay(request, bankingCalendar, parameters);
  if (day.ok && day.value.kind === 'same_day') return accepted(day.value.date);
  return !day.ok && day.refusal.code === 'outside_service_hours'
    ? refused('outside_service_hours', { clause: 'SM-R3.1' })
    : refused('date_not_allowed', { clause: 'SM-R3.1' });
}

function debitFacts(
  debit: NonNullable<TransferPlan['debit']>,
  { amountYen }: Transfer,
  transferKind: TransferKind,
  feeYen: Yen,
  parameters: TransferParameters,
): ConfirmationFacts['debit'] {
  const { funds } = debit;
  return {
    mayDebit: debit.mayDebit,
    overdraft: parameters.overdraftUsable,
    processing: {
      transferKind,
      transferAmount: amountYen,
      feeYen,
      debitClosed: debit.closed,
      paymentStops: debit.debitStopped ? [{ kind: 'payment_stop' }] : [],
      serviceStopped: false,
      funds: {
        balance: funds.balanceYen,
        holds: funds.heldYen,
        overdraftLimit: funds.overdraftYen,
      },
    },
  };
}
