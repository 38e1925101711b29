import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  accepted,
  assert,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { ClearingService, type Settlement } from '../clearing/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ConfirmTransferByHolder } from './confirm-transfer.js';
import { asOfNow } from './domain/current-status.js';
import type {
  AbandonTransfer,
  ConfirmTransfer,
  OfferTransfer,
  PreparedTransfer,
  PrepareTransfer,
  Transfer,
  TransferOffer,
  TransferView,
} from './domain/transfer.js';
import type { TransferRefusal } from './domain/transfer.refusals.js';
import { visibleReason } from './domain/visible-reason.js';
import { aboutTransfer, OfferTransferOnPage } from './offer-transfer.js';
import { PrepareTransferAtPush } from './prepare-transfer.js';
import { countFormed, openRequests, type OpenRequests } from './storage/open-requests.store.pg.js';
import * as store from './storage/transfer.store.pg.js';

type Answer<Value> = Promise<Result<Value, Refusal<TransferRefusal>>>;

const ENDS = {
  user_cancelled: ['CANC', 'user_cancelled'],
  expired: ['EXPD', 'not_confirmed_in_time'],
  linkage_suspended: ['RJCT', 'linkage_suspended'],
  refused: ['RJCT', 'refused'],
} as const;

/** What a transfer becomes by what the other side answered; only what stands on an account again is `returned`. */
const SETTLED = {
  accepted: { kind: 'transfer_sent', clause: 'SM-5.4-1', aftercare: null },
  returned: { kind: 'transfer_returned', clause: 'SM-5.4-2', aftercare: 'returned' },
  return_blocked: {
    kind: 'transfer_return_pending',
    clause: 'SM-5.4-2',
    aftercare: 'return_pending',
  },
} as const;

/** Transfers from the push to their end: the door of the room; each act is a file of its own. */
@Injectable()
export class TransfersService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(ClearingService) private readonly clearing: ClearingService,
    @Inject(PrepareTransferAtPush) private readonly push: PrepareTransferAtPush,
    @Inject(OfferTransferOnPage) private readonly page: OfferTransferOnPage,
    @Inject(ConfirmTransferByHolder) private readonly confirmation: ConfirmTransferByHolder,
  ) {}

  onModuleInit(): void {
    this.clearing.onSettled((tx, settlement) => this.settled(tx, settlement));
  }

  /** What is on its way through one intermediary, by state: for whoever is about to stop it. */
  openThrough(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    reaches: { direct: boolean; chained: boolean; partners: readonly string[] },
  ): Promise<OpenRequests[]> {
    return openRequests(tx, institutionId, epspId, reaches);
  }

  /** How many transfers were formed (成立) since then, by the intermediary through which they came. */
  countFormed(
    tx: Transaction,
    institutionId: number,
    since: Instant,
  ): Promise<ReadonlyMap<string, number>> {
    return countFormed(tx, institutionId, since);
  }

  /** At the push. Access is judged before the instruction id, content after it (T-21). */
  async prepare(command: PrepareTransfer): Answer<PreparedTransfer> {
    const prepared = await this.push.prepare(command);
    if (!prepared.ok) return prepared;
    const { transfer, isNew, at } = prepared.value;
    return accepted({ ...(await this.view(transfer, at)), isNew });
  }

  /** By the client's own instruction id, from the moment of the push; another client's is unknown. */
  byInstructionId(
    institutionId: number,
    clientId: string,
    instructionId: string,
  ): Promise<TransferView | undefined> {
    return this.read(institutionId, (tx) =>
      store.byInstructionId(tx, institutionId, clientId, instructionId),
    );
  }

  byId(
    institutionId: number,
    clientId: string,
    transferId: string,
  ): Promise<TransferView | undefined> {
    return this.read(institutionId, async (tx) => {
      const transfer = await store.byId(tx, institutionId, transferId);
      return transfer?.clientId === clientId ? transfer : undefined;
    });
  }

  /** For the page of a request that bank-core itself holds: no client is asked. */
  byIdForPage(institutionId: number, transferId: string): Promise<TransferView | undefined> {
    return this.read(institutionId, (tx) => store.byId(tx, institutionId, transferId));
  }

  /** What the page shows for the chosen account, or why it cannot be debited; the draft stays a draft. */
  offer(command: OfferTransfer): Answer<TransferOffer> {
    return this.page.offer(command);
  }

  /** 確定. Called twice with the same content it answers the same; the debit happens once. */
  async confirm(command: ConfirmTransfer): Answer<TransferView> {
    const outcome = await this.confirmation.confirm(command);
    if (!outcome.ok) return outcome;
    const view = await this.byIdForPage(command.institutionId, command.transferId);
    assert(view, `Transfer ${command.transferId} was fixed and is gone.`);
    return accepted(view);
  }

  /** Ends a draft without a debit; one that has ended or is formed stays as it is. */
  async abandon(command: AbandonTransfer): Promise<void> {
    const at = await this.clock.now();
    const { institutionId, transferId, holderId, reason, because } = command;
    const [status, statusReason] = [ENDS[reason][0], because ?? ENDS[reason][1]];
    await this.database.inInstitution(institutionId, async (tx) => {
      const transfer = await store.byId(tx, institutionId, transferId);
      if (!transfer) return;
      const args = [institutionId, transferId, status, statusReason, at] as const;
      if (await store.endDraft(tx, ...args))
        await this.noteEnd(tx, transfer, statusReason, at, holderId);
    });
  }

  /** Ends the drafts of one institution whose time has passed; returns how many. */
  async expireOverdue(institutionId: number): Promise<number> {
    const at = await this.clock.now();
    const [status, reason] = ENDS.expired;
    return this.database.inInstitution(institutionId, async (tx) => {
      const overdue = await store.overdueDrafts(tx, institutionId, at, 500);
      for (const transfer of overdue) {
        await store.endDraft(tx, institutionId, transfer.transferId, status, reason, at);
        await this.noteEnd(tx, transfer, reason, at);
      }
      return overdue.length;
    });
  }

  private async settled(tx: Transaction, settlement: Settlement): Promise<void> {
    const { institutionId, transferId, outcome, at } = settlement;
    const { kind, clause, aftercare } = SETTLED[outcome];
    const reason = outcome === 'accepted' ? null : settlement.reason;
    const blocked = outcome === 'return_blocked' ? { blockedBy: settlement.blockedBy } : {};
    await store.markSettled(tx, institutionId, transferId, { reason, aftercare }, at);
    const content = { clause, reason, ...blocked };
    await this.records.append(tx, { institutionId, transferId, happenedAt: at, kind, content });
  }

  private noteEnd(
    tx: Transaction,
    transfer: Transfer,
    reason: string,
    at: Instant,
    holderId: string | undefined = transfer.holderId ?? undefined,
  ): Promise<void> {
    return this.records.append(tx, {
      ...aboutTransfer(transfer),
      holderId,
      happenedAt: at,
      kind: 'transfer_ended',
      content: { clause: 'SM-R3.2', reason },
    });
  }

  private async read(
    institutionId: number,
    find: (tx: Transaction) => Promise<Transfer | undefined>,
  ): Promise<TransferView | undefined> {
    const at = await this.clock.now();
    const transfer = await this.database.inInstitution(institutionId, find);
    return transfer && this.view(transfer, at);
  }

  private async view(transfer: Transfer, at: Instant): Promise<TransferView> {
    const { bankCode } = await this.institutions.byId(transfer.institutionId);
    const current = asOfNow(transfer, at);
    return { ...current, statusReason: visibleReason(current.statusReason), bankCode, asOf: at };
  }
}
