import { Inject, Injectable } from '@nestjs/common';
import { smParameters } from '#libs/contracts';
import {
  accepted,
  assert,
  CivilDate,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { EDI_TEXT, PAYEE_NAME, zenginText } from '../clearing/index.js';
import { ConsentsService } from '../consents/index.js';
import { InstitutionsService, ZenginDirectory } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { checkContent, contentHashOf, type ContentFacts } from './domain/check-content.js';
import type { PrepareTransfer, Transfer, TransferContent } from './domain/transfer.js';
import type { TransferRefusal } from './domain/transfer.refusals.js';
import * as store from './storage/transfer.store.pg.js';

/** How long a draft waits for its page: longer than any authorization request lives. House rule. */
const DRAFT_LIFE_MS = 30 * 60_000;
const { creditTypes } = smParameters;

export interface Prepared {
  readonly transfer: Transfer;
  readonly isNew: boolean;
  readonly at: Instant;
}

type Answer<Value> = Promise<Result<Value, Refusal<TransferRefusal>>>;

/** Receives a pushed request: access, content, then the instruction id (T-21 in that order). */
@Injectable()
export class PrepareTransferAtPush {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ZenginDirectory) private readonly directory: ZenginDirectory,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  async prepare(command: PrepareTransfer): Answer<Prepared> {
    const at = await this.clock.now();
    return this.database.inInstitution(command.institutionId, async (tx) => {
      const passes = await this.consents.checkTraffic(tx, {
        ...command,
        fn: 'transfer_initiation',
        at,
      });
      if (!passes.ok) {
        await this.note(tx, command, at, 'transfer_push_refused', passes.refusal);
        return passes;
      }
      const earlier = await this.earlier(tx, command);
      const content = await this.content(command, earlier?.receivedAt ?? at);
      if (!content.ok) return content;
      const contentHash = contentHashOf(content.value, command);
      if (earlier) return sameOrRefused(earlier, contentHash, at);
      return this.insert(tx, command, content.value, contentHash, at);
    });
  }

  private earlier(tx: Transaction, { institutionId, clientId, instructionId }: PrepareTransfer) {
    return store.byInstructionId(tx, institutionId, clientId, instructionId);
  }

  /** A repeated push is read by the day on which the first one came, so that midnight changes nothing. */
  private async content(command: PrepareTransfer, receivedAt: Instant): Answer<TransferContent> {
    const today = CivilDate.inTokyo(receivedAt);
    const { creditor, debitAccount, institutionId } = command;
    const read = await this.institutions.read(institutionId, { creditTypes }, today);
    if (!read.ok) return read;
    const { bankCode } = await this.institutions.byId(institutionId);
    const branchExists = (bank: string, branch: string) =>
      this.directory.branch(bank, branch) !== undefined;
    const facts: ContentFacts = {
      today,
      creditorBankExists: this.directory.bank(creditor.bankCode) !== undefined,
      creditorBranchExists: branchExists(creditor.bankCode, creditor.branchCode),
      debitBranchExists: !debitAccount || branchExists(bankCode, debitAccount.branchCode),
      creditTypes: read.value.creditTypes,
      payeeName: zenginText(creditor.nameKana, PAYEE_NAME),
      ediText: command.ediText === undefined ? undefined : zenginText(command.ediText, EDI_TEXT),
    };
    return checkContent(command, facts);
  }

  private async insert(
    tx: Transaction,
    command: PrepareTransfer,
    content: TransferContent,
    contentHash: string,
    at: Instant,
  ): Answer<Prepared> {
    const { institutionId, clientId, epspId, chainPartnerId, instructionId } = command;
    const transferId = newId('trf', at);
    const isNew = await store.insertDraft(tx, {
      ...content,
      institutionId,
      clientId,
      epspId,
      chainPartnerId,
      instructionId,
      transferId,
      contentHash,
      receivedAt: at,
      expiresAt: at + DRAFT_LIFE_MS,
    });
    const standing = await this.earlier(tx, command);
    assert(standing, `Instruction ${instructionId} was neither inserted nor there before.`);
    // Another push of the same id committed between the look-up and the insert: it decides.
    if (!isNew) return sameOrRefused(standing, contentHash, at);
    await this.note(tx, command, at, 'transfer_received', { contentHash, ...content }, transferId);
    return accepted({ transfer: standing, isNew: true, at });
  }

  private note(
    tx: Transaction,
    command: PrepareTransfer,
    happenedAt: Instant,
    kind: string,
    content: object,
    transferId?: string,
  ): Promise<void> {
    const { institutionId, epspId, chainPartnerId, clientId, interactionId } = command;
    return this.records.append(tx, {
      institutionId,
      happenedAt,
      kind,
      epspId,
      chainPartnerId,
      clientId,
      interactionId,
      transferId,
      content: { instructionId: command.instructionId, ...content },
    });
  }
}

function sameOrRefused(
  earlier: Transfer,
  contentHash: string,
  at: Instant,
): Result<Prepared, Refusal<TransferRefusal>> {
  return earlier.contentHash === contentHash
    ? accepted({ transfer: earlier, isNew: false, at })
    : refused('instruction_id_reused', { clause: 'SM-5.2' });
}
