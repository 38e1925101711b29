import { Inject, Injectable } from '@nestjs/common';
import { assert, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { CredentialsService, type CredentialRefusal, type Factor } from '../credentials/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { TransfersService, type TransferOffer, type TransferRefusal } from '../transfers/index.js';
import type { Approval } from './domain/approval.js';
import { isChoosable } from './domain/choose-accounts.js';
import { Endings } from './endings.js';
import { InformationFlow } from './information-flow.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

export interface OfferShown {
  readonly offer: TransferOffer;
  readonly factors: readonly Factor[];
}

export type ConfirmRefusal = TransferRefusal | CredentialRefusal;

/** What the holder typed under the content with this hash. */
export interface Confirmation {
  readonly contentHash: string;
  readonly confirmationPassword: string;
  readonly otp: string | undefined;
}

/** The confirmation of one transfer: exactly the stored content, both factors, one 確定 (SM-R3.2). */
@Injectable()
export class TransferFlow {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(TransfersService) private readonly transfers: TransfersService,
    @Inject(CredentialsService) private readonly credentials: CredentialsService,
    @Inject(InformationFlow) private readonly information: InformationFlow,
    @Inject(Endings) private readonly endings: Endings,
  ) {}

  /**
   * After the log-in: where the request names the payer's account, it is taken if it is this holder's.
   * `undefined` leaves the choice to the holder; another's account refuses with `debit_not_registered`.
   */
  async payerNamed(
    approval: Approval,
  ): Promise<Result<Approval, Refusal<'debit_not_registered'>> | undefined> {
    const transfer = await this.endings.transferOf(approval);
    const named = transfer?.debitAccount;
    if (!named) return undefined;
    const accounts = await this.information.accounts(approval);
    const account = accounts.find(
      (one) =>
        one.branchCode === named.branchCode &&
        one.accountType === named.accountType &&
        one.accountNumber === named.accountNumber,
    );
    if (!account || !isChoosable(account, 'transfer_initiation'))
      return refused('debit_not_registered');
    const debitAccountId = account.accountId;
    const advanced = await this.store.advance(approval, { stage: 'transfer', debitAccountId });
    return { ok: true, value: advanced ?? approval };
  }

  /** What the page shows. Refuses as the transfer does, or with `factors_not_available`. */
  async offer(approval: Approval): Promise<Result<OfferShown, Refusal<ConfirmRefusal>>> {
    const { institutionId, transferId, holderId, debitAccountId } = idsOf(approval);
    const at = await this.clock.now();
    const offer = await this.transfers.offer({
      institutionId,
      transferId,
      holderId,
      debitAccountId,
      at,
    });
    if (!offer.ok) return offer;
    const factors = await this.credentials.requiredFactors(institutionId, holderId);
    if (!factors.ok) return factors;
    return { ok: true, value: { offer: offer.value, factors: factors.value } };
  }

  /**
   * Compares the factors, bound to the hash of what was shown, then fixes the transfer and ends the
   * request. Refuses as `offer` does, and with `factors_not_matched` or `content_changed`.
   */
  async confirm(
    approval: Approval,
    { contentHash, confirmationPassword, otp }: Confirmation,
  ): Promise<Result<void, Refusal<ConfirmRefusal>>> {
    const ids = idsOf(approval);
    const shown = await this.offer(approval);
    if (!shown.ok) return shown;
    // What is not what was shown is never confirmed, and costs the holder no attempt.
    if (shown.value.offer.contentHash !== contentHash) return refused('content_changed');
    const { interactionId } = approval;
    const entry = { ...ids, confirmationPassword, otp, contentHash, interactionId };
    const matched = await this.credentials.checkConfirmation(entry);
    if (!matched.ok) return matched;
    const { factors } = matched.value;
    const fixed = await this.transfers.confirm({ ...ids, contentHash, factors, interactionId });
    if (!fixed.ok) return fixed;
    await this.endings.endByTransfer(approval);
    return { ok: true, value: undefined };
  }
}

function idsOf({ asked, institutionId, holderId, debitAccountId }: Approval) {
  assert(
    asked.kind === 'transfer_initiation' &&
      institutionId !== undefined &&
      holderId !== undefined &&
      debitAccountId !== undefined,
    'A transfer is confirmed by a holder who has chosen an account.',
  );
  return { institutionId, transferId: asked.transferId, holderId, debitAccountId };
}
