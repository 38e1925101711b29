import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ConsentsService } from '../consents/index.js';
import { TransfersService, type TransferView } from '../transfers/index.js';
import type { Approval, Outcome } from './domain/approval.js';
import { outcomeOfTransfer } from './domain/outcome-of-transfer.js';
import { hashOfSecret, resultHandle } from './one-time-secrets.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

/** How a request leaves bank-core: every way out has an outcome, a record and one address at the gateway. */
@Injectable()
export class Endings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BANK_CONFIG) private readonly config: Pick<BankConfig, 'keyEncryptionKey'>,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  /** Where the browser goes when the request has ended: the gateway, with nothing but the handle. */
  returnAddress(approval: Approval): string {
    const url = new URL(approval.returnUrl);
    url.searchParams.set('handle', resultHandle(this.config.keyEncryptionKey, approval));
    return url.href;
  }

  /** Writes the end into the caller's transaction, with its record. False when it had ended before. */
  async write(
    tx: Transaction,
    approval: Approval,
    ending: { outcome: Outcome; reason?: string; consentId?: string; at: Instant },
  ): Promise<boolean> {
    const resultHash = hashOfSecret(resultHandle(this.config.keyEncryptionKey, approval));
    const { outcome, reason, consentId, at } = ending;
    const ended = await this.store.end(tx, approval, {
      outcome,
      reason,
      consentId,
      resultHash,
      at,
    });
    if (ended) await this.rejectConsent(tx, approval, ending);
    if (ended && approval.institutionId !== undefined)
      await this.records.append(tx, {
        institutionId: approval.institutionId,
        happenedAt: at,
        kind: 'approval_ended',
        holderId: approval.holderId,
        epspId: approval.epspId,
        chainPartnerId: approval.chainPartnerId,
        clientId: approval.clientId,
        consentId,
        transferId:
          approval.asked.kind === 'transfer_initiation' ? approval.asked.transferId : undefined,
        interactionId: approval.interactionId,
        content: { approvalId: approval.id, outcome, ...(reason ? { reason } : {}) },
      });
    return ended;
  }

  /** Nobody agreed to what was asked for: its consent says so, for the intermediary to read. */
  private async rejectConsent(
    tx: Transaction,
    { asked, institutionId, askedConsentId: consentId }: Approval,
    { outcome, reason = outcome, at }: { outcome: Outcome; reason?: string; at: Instant },
  ): Promise<void> {
    const isAsked = asked.kind === 'account_information' && outcome !== 'approved';
    if (!isAsked || institutionId === undefined || consentId === undefined) return;
    const actor = reason === 'user_cancelled' ? 'holder' : 'institution';
    await this.consents.reject(tx, { institutionId, consentId, reason, actor, at });
  }

  /**
   * Ends a request without consent. A transfer is abandoned first and then asked what became of it: one
   * that was confirmed in the meantime is approved, whatever was wanted here.
   */
  async end(
    approval: Approval,
    outcome: Exclude<Outcome, 'approved'>,
    reason: string,
  ): Promise<void> {
    const at = await this.clock.now();
    if (approval.asked.kind === 'transfer_initiation') {
      await this.abandon(approval, outcome, reason, at);
      const truth = outcomeOfTransfer(await this.transferOf(approval));
      if (truth === 'approved') return this.close(approval, { outcome: truth, at });
    }
    return this.close(approval, { outcome, reason, at });
  }

  /** Ends the request of a transfer by what became of the transfer; false while it is undecided. */
  async endByTransfer(approval: Approval): Promise<boolean> {
    const outcome = outcomeOfTransfer(await this.transferOf(approval));
    if (!outcome) return false;
    const at = await this.clock.now();
    await this.close(approval, {
      outcome,
      at,
      ...(outcome === 'approved' ? {} : { reason: outcome }),
    });
    return true;
  }

  transferOf(approval: Approval): Promise<TransferView | undefined> {
    const { asked, institutionId, clientId } = approval;
    if (asked.kind !== 'transfer_initiation' || institutionId === undefined)
      return Promise.resolve(undefined);
    return this.transfers.byId(institutionId, clientId, asked.transferId);
  }

  private async close(
    approval: Approval,
    ending: { outcome: Outcome; reason?: string; at: Instant },
  ): Promise<void> {
    const work = async (tx: Transaction) => void (await this.write(tx, approval, ending));
    if (approval.institutionId === undefined) await this.database.transaction(work);
    else await this.database.inInstitution(approval.institutionId, work);
  }

  /**
   * A request whose time is over leaves the transfer to another request that still asks for it, as after
   * a second push of the same content; the draft's own time ends it where that one comes to nothing.
   */
  private async abandon(
    approval: Approval,
    outcome: keyof typeof ABANDONED,
    because: string,
    at: Instant,
  ): Promise<void> {
    const { asked, institutionId, holderId } = approval;
    if (asked.kind !== 'transfer_initiation' || institutionId === undefined) return;
    const { transferId } = asked;
    if (outcome === 'expired' && (await this.store.isStillAsked(institutionId, transferId, at)))
      return;
    const request = { institutionId, transferId, holderId };
    // Only the holder cancels; who is refused for another reason is told that reason.
    if (outcome === 'refused' && because !== 'user_cancelled')
      await this.transfers.abandon({ ...request, reason: 'refused', because });
    else await this.transfers.abandon({ ...request, reason: ABANDONED[outcome] });
  }
}

/** Why a transfer is abandoned when its request ends otherwise than approved. */
const ABANDONED = {
  refused: 'user_cancelled',
  expired: 'expired',
  stopped: 'linkage_suspended',
} as const;
