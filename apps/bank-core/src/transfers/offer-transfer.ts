import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  assert,
  bankingCalendar,
  refused,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { CredentialsService } from '../credentials/index.js';
import { ZenginDirectory } from '../institutions/index.js';
import { RecordsService } from '../records/index.js';
import { decideConfirmation } from './domain/decide-confirmation.js';
import { expectedCreditAt } from './domain/expected-credit.js';
import { contentOfOffer, withHash } from './domain/offer-of.js';
import type { OfferTransfer, Transfer, TransferOffer } from './domain/transfer.js';
import type { TransferRefusal } from './domain/transfer.refusals.js';
import * as store from './storage/transfer.store.pg.js';
import { TransferPlanner, type TransferPlan } from './transfer-planner.js';

/** What the confirmation page shows; opening it starts the time to confirm (SM-R3.2). */
@Injectable()
export class OfferTransferOnPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransferPlanner) private readonly planner: TransferPlanner,
    @Inject(CredentialsService) private readonly credentials: CredentialsService,
    @Inject(ZenginDirectory) private readonly directory: ZenginDirectory,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** The first holder who opens the page is the one who may confirm; to any other it is unknown. */
  async offer(command: OfferTransfer): Promise<Result<TransferOffer, Refusal<TransferRefusal>>> {
    const { institutionId, transferId, holderId } = command;
    const factors = await this.credentials.requiredFactors(institutionId, holderId);
    const otpActive = factors.ok && factors.value.includes('one_time_password');
    return this.database.inInstitution(institutionId, async (tx) => {
      const transfer = await store.byId(tx, institutionId, transferId);
      if (!transfer || (transfer.holderId ?? holderId) !== holderId) return refused('not_found');
      const planned = await this.planner.plan(tx, transfer, { ...command, otpActive });
      if (!planned.ok) return planned;
      const plan = planned.value;
      const decision = decideConfirmation(plan.facts);
      if (!decision.ok) return decision;
      const expiresAt = await this.open(tx, transfer, command, plan);
      if (expiresAt === undefined) return refused('not_found');
      const offer = offerOf(transfer, plan, expiresAt, this.directory);
      await this.records.append(tx, {
        ...aboutTransfer(transfer),
        holderId,
        happenedAt: command.at,
        kind: 'transfer_shown',
        content: { shown: contentOfOffer(offer), hash: offer.contentHash },
      });
      return accepted(offer);
    });
  }

  /** Until when it can be confirmed; `undefined` where another holder opened it at the same moment. */
  private async open(
    tx: Transaction,
    transfer: Transfer,
    { institutionId, transferId, holderId, at }: OfferTransfer,
    plan: TransferPlan,
  ): Promise<number | undefined> {
    if (transfer.status !== 'RCVD') return transfer.expiresAt;
    const expiresAt = at + plan.parameters.confirmTimeout * 60_000;
    if (await store.markOffered(tx, institutionId, transferId, holderId, at, expiresAt))
      return expiresAt;
    // Another opening came first, between the look at the draft and now: what it wrote holds.
    const opened = await store.byId(tx, institutionId, transferId);
    return opened?.status === 'ACTC' && opened.holderId === holderId ? opened.expiresAt : undefined;
  }
}

export const aboutTransfer = (transfer: Transfer) => ({
  institutionId: transfer.institutionId,
  epspId: transfer.epspId,
  chainPartnerId: transfer.chainPartnerId,
  clientId: transfer.clientId,
  transferId: transfer.transferId,
});

/** The page's content from a plan whose debit account is known. */
export function offerOf(
  transfer: Transfer,
  plan: TransferPlan,
  expiresAt: number,
  directory: ZenginDirectory,
): TransferOffer {
  const { debit, limit } = plan;
  assert(debit && limit, 'An offer needs its debit account.');
  const { creditor } = transfer;
  const bank = directory.bank(creditor.bankCode);
  const branch = directory.branch(creditor.bankCode, creditor.branchCode);
  return withHash({
    transferId: transfer.transferId,
    requester: {
      clientId: transfer.clientId,
      epspId: transfer.epspId,
      chainPartnerId: transfer.chainPartnerId,
    },
    payer: {
      accountId: debit.accountId,
      branchCode: debit.branchCode,
      branchName: debit.branchName,
      accountType: debit.accountType,
      accountNumber: debit.accountNumber,
      nameKana: debit.nameKana,
      withdrawableYen: debit.funds.withdrawableYen,
    },
    payee: {
      ...creditor,
      bankName: bank?.name ?? creditor.bankCode,
      branchName: branch?.name ?? creditor.branchCode,
      verified: plan.isPayeeVerified,
    },
    amountYen: transfer.amountYen,
    feeYen: plan.feeYen,
    kind: plan.kind,
    clauses: [
      plan.kind === 'furikae' ? 'SM-5.1-2-2' : 'SM-5.1-2-1',
      'SM-5.2',
      'SM-5.3-1b',
      'SM-5.5-1',
    ],
    designatedOn: plan.designatedOn,
    expectedCreditAt: expectedCreditAt(
      plan.at,
      plan.destination,
      plan.parameters.transferCutoff,
      bankingCalendar,
    ),
    ediText: transfer.ediText,
    limitYen: limit.limit.limitYen,
    limits: limit.standing,
    expiresAt,
  });
}
