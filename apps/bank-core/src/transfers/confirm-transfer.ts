import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { ZenginDirectory } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { decideConfirmation } from './domain/decide-confirmation.js';
import { endsTheDraft } from './domain/ends-the-draft.js';
import { contentOfOffer } from './domain/offer-of.js';
import { refusalAgain } from './domain/refusal-again.js';
import type { ConfirmTransfer, Transfer, TransferOffer } from './domain/transfer.js';
import type { TransferRefusal } from './domain/transfer.refusals.js';
import { aboutTransfer, offerOf } from './offer-transfer.js';
import type { FixPlan } from './storage/fix-transfers.store.pg.js';
import * as store from './storage/transfer.store.pg.js';
import { TransferPlanner, type TransferPlan } from './transfer-planner.js';
import { TransferWriter } from './transfer-writer.js';

type Outcome = Result<'fixed' | 'already_fixed', Refusal<TransferRefusal>>;
type Judged = Result<FixPlan | 'already_fixed', Refusal<TransferRefusal>>;
type Refused = { readonly ok: false; readonly refusal: Refusal<TransferRefusal> };

/**
 * 確定: what the holder confirmed is fixed and debited in one transaction, or refused and stored so. What is read here
 * before may be old by then: link, state, holder, limit and funds are decided again where they race.
 */
@Injectable()
export class ConfirmTransferByHolder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TransferPlanner) private readonly planner: TransferPlanner,
    @Inject(ZenginDirectory) private readonly directory: ZenginDirectory,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TransferWriter) private readonly writer: TransferWriter,
  ) {}

  async confirm(command: ConfirmTransfer): Promise<Outcome> {
    // The receipt instant, fixed once: the day of the limit is its day in Tokyo (SM-5.3-3).
    const at = await this.clock.now();
    const { institutionId } = command;
    const judged = await this.database.inInstitution(institutionId, (tx) =>
      this.judge(tx, command, at),
    );
    if (!judged.ok) return judged;
    if (judged.value === 'already_fixed') return accepted('already_fixed');
    const fixed = await this.writer.fix(institutionId, judged.value);
    return fixed.ok ? fixed.value : fixed;
  }

  /** What can be said before the locks: a plan to fix, an answer given before, or a refusal. */
  private async judge(tx: Transaction, command: ConfirmTransfer, at: number): Promise<Judged> {
    const { institutionId, transferId, holderId } = command;
    const transfer = await store.byId(tx, institutionId, transferId);
    if (!transfer || transfer.holderId !== holderId) return refused('not_found');
    const planned = await this.planner.plan(tx, transfer, {
      holderId,
      debitAccountId: command.debitAccountId,
      otpActive: command.factors.includes('otp'),
      at,
    });
    if (!planned.ok) return planned;
    const plan = planned.value;
    // Access comes before a replayed answer (T-21).
    if (!plan.facts.access.ok) return this.refuse(tx, transfer, command, at, plan.facts.access);
    if (transfer.formedAt !== null) return replay(transfer, command);
    const earlier = await this.refusedBefore(tx, transfer, command);
    if (earlier) return earlier;
    if (!plan.debit) return refused('debit_not_registered', { clause: 'SM-5.1-1' });
    const offer = offerOf(transfer, plan, transfer.expiresAt, this.directory);
    if (offer.contentHash !== command.contentHash) {
      return refused('content_changed', { clause: 'SM-R3.2' });
    }
    const decision = decideConfirmation(plan.facts);
    if (!decision.ok) return this.refuse(tx, transfer, command, at, decision);
    return accepted(fixPlanOf(transfer, plan, offer, command));
  }

  /**
   * The answer that a confirmation of the same content got before, if it was refused: asked again it gets the same one,
   * whatever has changed since (ledger.md 3.1). The record keeps it with what was confirmed (SM-3.5).
   */
  private async refusedBefore(
    tx: Transaction,
    transfer: Transfer,
    { contentHash }: ConfirmTransfer,
  ): Promise<Refused | undefined> {
    if (transfer.status !== 'RJCT') return undefined;
    const { institutionId, transferId } = transfer;
    return refusalAgain(await this.records.ofTransfer(tx, institutionId, transferId), contentHash);
  }

  /** Stores a refusal that ends the draft: RJCT with its reason, and the record of both. */
  private async refuse(
    tx: Transaction,
    transfer: Transfer,
    command: ConfirmTransfer,
    at: number,
    refusal: Refused,
  ): Promise<Refused> {
    const { code, clause, facts } = refusal.refusal;
    if (!endsTheDraft(code)) return refusal;
    const { institutionId, transferId } = transfer;
    const ended = await store.endDraft(tx, institutionId, transferId, 'RJCT', code, at);
    if (ended) {
      await this.records.append(tx, {
        ...aboutTransfer(transfer),
        holderId: command.holderId,
        interactionId: command.interactionId,
        happenedAt: at,
        kind: 'transfer_refused',
        content: {
          hash: command.contentHash,
          factors: command.factors,
          refusal: code,
          clause,
          facts,
        },
      });
    }
    return refusal;
  }
}

/** A second confirmation of the same content gets the first one's answer; of other content, none. */
function replay(transfer: Transfer, { contentHash }: ConfirmTransfer): Judged {
  return transfer.confirmedHash === contentHash
    ? accepted('already_fixed')
    : refused('state_conflict', { clause: 'SM-R3.2', facts: { status: transfer.status } });
}

function fixPlanOf(
  transfer: Transfer,
  plan: TransferPlan,
  offer: TransferOffer,
  command: ConfirmTransfer,
): FixPlan {
  const { debit, limit } = plan;
  assert(debit && limit, 'A plan that was decided has its debit account and its limit.');
  return {
    institutionId: transfer.institutionId,
    transferId: transfer.transferId,
    holderId: command.holderId,
    debitAccount: debit.ledgerId,
    creditAccount: plan.isPayeeOurs ? (plan.payee?.ledgerId ?? 0n) : null,
    receivedAt: plan.at,
    requestedOn: plan.requestedOn,
    designatedOn: plan.designatedOn,
    kind: plan.kind,
    feeYen: plan.feeYen,
    limitSubject: limit.limit.subject,
    limitYen: limit.limit.limitYen,
    chargeYen: limit.chargeYen,
    contentHash: command.contentHash,
    shown: contentOfOffer(offer),
    factors: command.factors,
    interactionId: command.interactionId,
    debitText: transfer.creditor.nameKana,
    creditText: plan.payerName,
    payerName: plan.payerName,
    overdraftUsable: plan.parameters.overdraftUsable.usable,
  };
}
