import { CivilDate, instantToWire, yenToWire, type Instant } from '#libs/kernel';
import type { TransferView } from '../domain/transfer.js';
import type { TransferDto } from './transfer.dto.js';

const instantOrNull = (at: Instant | null): string | null =>
  at === null ? null : instantToWire(at);

/** A transfer as the gateway reads it; nothing of the holder is in it (T-29, RKN-S1). */
export function transferToWire(view: TransferView): TransferDto {
  const date = view.designatedOn ?? view.requestedOn ?? CivilDate.inTokyo(view.receivedAt);
  return {
    transferId: view.transferId,
    instructionId: view.instructionId,
    bankCode: view.bankCode,
    status: view.status,
    statusReason: view.statusReason,
    aftercare: view.aftercare,
    kind: view.kind,
    debitAccount: view.debitAccount,
    creditor: { ...view.creditor },
    amountYen: yenToWire(view.amountYen),
    feeYen: view.feeYen === null ? null : yenToWire(view.feeYen),
    requestedDate: date.toString(),
    ediText: view.ediText,
    receivedAt: instantToWire(view.receivedAt),
    expiresAt: instantToWire(view.expiresAt),
    confirmedAt: instantOrNull(view.confirmedAt),
    formedAt: instantOrNull(view.formedAt),
    chainPartnerId: view.chainPartnerId,
    asOf: instantToWire(view.asOf),
  };
}
