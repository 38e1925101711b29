import { hashOf } from '#libs/kernel';
import type { TransferOffer } from './transfer.js';

/**
 * What the holder confirms, as bytes: payer, payee as normalised, amount, fee, kind, date, who asks and
 * through whom. Balances and limits stand on the page too but change by themselves; they are not part.
 */
export function contentOfOffer(offer: Omit<TransferOffer, 'contentHash'>): object {
  const { payer, payee } = offer;
  return {
    transferId: offer.transferId,
    requester: offer.requester,
    payer: {
      accountId: payer.accountId,
      branchCode: payer.branchCode,
      accountType: payer.accountType,
      accountNumber: payer.accountNumber,
    },
    payee: {
      bankCode: payee.bankCode,
      branchCode: payee.branchCode,
      accountType: payee.accountType,
      accountNumber: payee.accountNumber,
      nameKana: payee.nameKana,
      verified: payee.verified,
    },
    amountYen: offer.amountYen,
    feeYen: offer.feeYen,
    kind: offer.kind,
    designatedOn: offer.designatedOn,
    ediText: offer.ediText,
  };
}

export const withHash = (offer: Omit<TransferOffer, 'contentHash'>): TransferOffer => ({
  ...offer,
  contentHash: hashOf(contentOfOffer(offer)),
});
