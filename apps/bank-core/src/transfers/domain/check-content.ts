import {
  accepted,
  AMOUNT_YEN_MAX,
  CivilDate,
  hashOf,
  refused,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { AccountNumber, AccountType } from '../../accounts/index.js';
import type { PrepareTransfer, Requester, TransferContent } from './transfer.js';
import type { ContentRefusal } from './transfer.refusals.js';

/** What the code master and the institution's parameters say; read before, passed in as facts. */
export interface ContentFacts {
  readonly today: CivilDate;
  readonly creditorBankExists: boolean;
  readonly creditorBranchExists: boolean;
  /** Whether the debit account's branch is one of the institution; true where no account is named. */
  readonly debitBranchExists: boolean;
  /** P.sm.transfer.creditTypes. */
  readonly creditTypes: readonly string[];
  /** The payee's name and the EDI text as the Zengin system would send them, or why it would not. */
  readonly payeeName: Result<string>;
  readonly ediText: Result<string> | undefined;
}

type Checked<Value> = Result<Value, Refusal<ContentRefusal>>;

const ACCOUNT_NUMBER = /^[0-9]{7}$/;
const AMOUNT = /^[1-9][0-9]{0,12}$/;
const about = ({ facts }: Refusal) => ({ clause: 'SM-5.1-1', ...(facts ? { facts } : {}) });
const isDebitType = (type: string): type is AccountType => /^[1249]$/.test(type);

/**
 * Reads what was pushed into the content that is stored, shown, executed and recorded (T-07). The first
 * refusal wins, in the order of `ContentRefusal`. Source: SM-5.1-1, SM-R3.1.
 */
export function checkContent(
  command: PrepareTransfer,
  facts: ContentFacts,
): Checked<TransferContent> {
  const { creditor, debitAccount } = command;
  if (!facts.creditorBankExists) return refused('unknown_bank', { clause: 'SM-5.1-1' });
  if (!facts.creditorBranchExists) {
    return refused('unknown_branch', { clause: 'SM-5.1-1', facts: { of: 'creditor' } });
  }
  if (!facts.debitBranchExists) {
    return refused('unknown_branch', { clause: 'SM-5.1-1', facts: { of: 'debitAccount' } });
  }
  if (!isDebitType(creditor.accountType) || !facts.creditTypes.includes(creditor.accountType)) {
    return refused('account_type_not_allowed', { clause: 'SM-5.1-1', facts: { of: 'creditor' } });
  }
  const number = checkNumbers(creditor.accountNumber, debitAccount);
  if (!number.ok) return number;
  const { payeeName: name, ediText: edi } = facts;
  if (!name.ok) return refused('payee_name_invalid', about(name.refusal));
  if (!AMOUNT.test(command.amountYen) || BigInt(command.amountYen) > AMOUNT_YEN_MAX) {
    return refused('amount_out_of_range', { clause: 'SM-5.1-1' });
  }
  const requestedOn = checkDate(command.requestedDate, facts.today);
  if (!requestedOn.ok) return requestedOn;
  if (edi && !edi.ok) return refused('edi_text_invalid', about(edi.refusal));
  return accepted({
    debitAccount: debitAccount
      ? {
          branchCode: debitAccount.branchCode,
          accountType: debitAccount.accountType,
          accountNumber: debitAccount.accountNumber,
        }
      : null,
    creditor: {
      bankCode: creditor.bankCode,
      branchCode: creditor.branchCode,
      accountType: creditor.accountType,
      accountNumber: creditor.accountNumber,
      nameKana: name.value,
    },
    amountYen: BigInt(command.amountYen),
    requestedOn: requestedOn.value,
    ediText: edi?.value ?? null,
  });
}

function checkNumbers(creditor: string, debit: AccountNumber | undefined): Checked<void> {
  const wrong = !ACCOUNT_NUMBER.test(creditor)
    ? 'creditor'
    : debit && !ACCOUNT_NUMBER.test(debit.accountNumber)
      ? 'debitAccount'
      : undefined;
  return wrong === undefined
    ? accepted(undefined)
    : refused('account_number_invalid', { clause: 'SM-5.1-1', facts: { of: wrong } });
}

/** Only today in Tokyo: a later date is a reservation, which is not offered yet (SM-R3.1). */
function checkDate(text: string | undefined, today: CivilDate): Checked<CivilDate | null> {
  if (text === undefined) return accepted(null);
  const date = CivilDate.parse(text);
  return date.ok && date.value.equals(today)
    ? accepted(date.value)
    : refused('date_not_allowed', { clause: 'SM-5.4-1', facts: { today: today.toString() } });
}

/**
 * Fingerprint of the normalised content and of who asked: two spellings of one name are the same
 * instruction, another chain partner is not (T-14).
 */
export const contentHashOf = (content: TransferContent, by: Requester): string =>
  hashOf({
    epspId: by.epspId,
    chainPartnerId: by.chainPartnerId,
    debitAccount: content.debitAccount,
    creditor: content.creditor,
    amountYen: content.amountYen,
    requestedOn: content.requestedOn,
    ediText: content.ediText,
  });
