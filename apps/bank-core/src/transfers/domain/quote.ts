import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { AccountType } from '../../accounts/index.js';
import type { Requester, TransferKind } from './transfer.js';

/** A transfer that somebody thinks of: nothing is stored, held or promised by asking. */
export interface QuoteTransfer extends Requester {
  readonly institutionId: number;
  readonly interactionId: string;
  /** What the intermediary claims of its customer, for the record. */
  readonly customer: object;
  readonly debitBranchCode: string;
  readonly creditor: {
    readonly bankCode: string;
    readonly branchCode: string;
    readonly accountType: string;
    readonly accountNumber: string;
    /** Only where the payee's name is to be compared. */
    readonly nameKana?: string | undefined;
  };
  readonly amountYen: string;
  readonly requestedDate?: string | undefined;
}

/**
 * `match` and `no_match` are all that is ever said of a name; an account that does not exist is a
 * `no_match` as well (T-15). `not_checked`: no name was given, or the account is not ours to look at.
 */
export type PayeeNameVerdict = 'match' | 'no_match' | 'not_checked';

/** 手数料事前照会: what the transfer would cost and when it would arrive, were it confirmed now. */
export interface TransferQuote {
  readonly bankCode: string;
  readonly kind: TransferKind;
  readonly creditor: {
    readonly bankCode: string;
    readonly branchCode: string;
    readonly accountType: AccountType;
    readonly accountNumber: string;
  };
  readonly amountYen: Yen;
  readonly feeYen: Yen;
  readonly designatedOn: CivilDate;
  readonly expectedCreditAt: Instant;
  readonly payeeName: PayeeNameVerdict;
  readonly asOf: Instant;
}
