import { Inject, Injectable } from '@nestjs/common';
import { classifyTransfer, destinationClass, smParameters, transferFee } from '#libs/contracts';
import {
  accepted,
  bankingCalendar,
  CivilDate,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService } from '../accounts/index.js';
import { isSameName, PAYEE_NAME, zenginText } from '../clearing/index.js';
import { ConsentsService } from '../consents/index.js';
import { InstitutionsService, ZenginDirectory } from '../institutions/index.js';
import { DisclosureCaps } from '../limits/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { checkContent } from './domain/check-content.js';
import { expectedCreditAt } from './domain/expected-credit.js';
import type { PayeeNameVerdict, QuoteTransfer, TransferQuote } from './domain/quote.js';
import type { QuoteRefusal } from './domain/quote.refusals.js';
import type { TransferContent } from './domain/transfer.js';
import { dayOf, TRANSFER_TABLE } from './transfer-planner.js';

type Answer<Value> = Promise<Result<Value, Refusal<QuoteRefusal>>>;

/** A name that every account could have: it stands in where none was asked about. */
const NO_NAME = 'A';
const TABLE = { ...TRANSFER_TABLE, creditTypes: smParameters.creditTypes };

/**
 * Fee, kind, day and arrival of a transfer by the rules of a confirmation made now, and whether the payee's
 * name is the account's. The fee is that of a member, as the page shows it. Source: SM-5.1-1, SM-5.1-2-1,
 * SM-5.1-2-2, T-15.
 */
@Injectable()
export class QuoteTransferBeforehand {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ZenginDirectory) private readonly directory: ZenginDirectory,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(DisclosureCaps) private readonly caps: DisclosureCaps,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  async quote(command: QuoteTransfer): Answer<TransferQuote> {
    const at = await this.clock.now();
    const result = await this.database.inInstitution(command.institutionId, async (tx) => {
      const traffic = { ...command, fn: 'transfer_initiation', at } as const;
      const passes = await this.consents.checkTraffic(tx, traffic);
      return passes.ok ? this.answer(tx, command, at) : passes;
    });
    this.note(command, at, result);
    return result;
  }

  private async answer(
    tx: Transaction,
    command: QuoteTransfer,
    at: Instant,
  ): Answer<TransferQuote> {
    const { institutionId, debitBranchCode } = command;
    const today = CivilDate.inTokyo(at);
    const read = await this.institutions.read(institutionId, TABLE, today);
    if (!read.ok) return read;
    const { bankCode } = await this.institutions.byId(institutionId);
    const content = this.content(command, bankCode, today, read.value.creditTypes);
    if (!content.ok) return content;
    const { creditor, amountYen } = content.value;
    const places = [
      { institution: bankCode, branch: debitBranchCode },
      { institution: creditor.bankCode, branch: creditor.branchCode },
    ] as const;
    const destination = destinationClass(...places);
    const day = dayOf(content.value, destination, at, read.value);
    if (!day.ok) return day;
    const payeeName = await this.payeeName(tx, command, content.value, bankCode, at);
    if (!payeeName.ok) return payeeName;
    return accepted({
      bankCode,
      kind: classifyTransfer(...places),
      creditor,
      amountYen,
      feeYen: transferFee(read.value.feeTable, destination, 'member', amountYen),
      designatedOn: day.value,
      expectedCreditAt: expectedCreditAt(
        at,
        destination,
        read.value.transferCutoff,
        bankingCalendar,
      ),
      payeeName: payeeName.value,
      asOf: at,
    });
  }

  /** The same checks in the same order as at the push; a quote has no instruction id and no EDI text. */
  private content(
    command: QuoteTransfer,
    bankCode: string,
    today: CivilDate,
    creditTypes: readonly string[],
  ): Result<TransferContent, Refusal<QuoteRefusal>> {
    const { creditor, debitBranchCode } = command;
    const branchExists = (bank: string, branch: string) =>
      this.directory.branch(bank, branch) !== undefined;
    const nameKana = creditor.nameKana ?? NO_NAME;
    return checkContent(
      { ...command, instructionId: '', creditor: { ...creditor, nameKana } },
      {
        today,
        creditorBankExists: this.directory.bank(creditor.bankCode) !== undefined,
        creditorBranchExists: branchExists(creditor.bankCode, creditor.branchCode),
        debitBranchExists: branchExists(bankCode, debitBranchCode),
        creditTypes,
        payeeName: zenginText(nameKana, PAYEE_NAME),
        ediText: undefined,
      },
    );
  }

  private async payeeName(
    tx: Transaction,
    { institutionId, epspId, creditor: asked }: QuoteTransfer,
    { creditor }: TransferContent,
    bankCode: string,
    at: Instant,
  ): Answer<PayeeNameVerdict> {
    if (asked.nameKana === undefined || creditor.bankCode !== bankCode)
      return accepted('not_checked');
    const question = { institutionId, question: 'payee_name', epspId, at } as const;
    const isHit = await this.caps.ask(tx, question, async () => {
      const account = await this.accounts.byNumber(tx, institutionId, creditor);
      return account !== undefined && isSameName(account.nameKana, creditor.nameKana);
    });
    return isHit.ok ? accepted(isHit.value ? 'match' : 'no_match') : isHit;
  }

  /** The account asked about and the verdict, never the name: the record must not become the list (T-30). */
  private note(
    command: QuoteTransfer,
    happenedAt: Instant,
    result: Result<TransferQuote, Refusal>,
  ): void {
    const { institutionId, epspId, chainPartnerId, clientId, interactionId } = command;
    const { creditor, customer } = command;
    const { bankCode, branchCode, accountType, accountNumber } = creditor;
    this.records.noteRead({
      institutionId,
      epspId,
      chainPartnerId,
      clientId,
      interactionId,
      happenedAt,
      kind: result.ok ? 'transfer_quoted' : 'transfer_quote_refused',
      customerClaim: customer,
      content: {
        creditor: { bankCode, branchCode, accountType, accountNumber },
        ...(result.ok ? { payeeName: result.value.payeeName } : { refusal: result.refusal.code }),
      },
    });
  }
}
