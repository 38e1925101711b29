export type {
  AbandonTransfer,
  ConfirmTransfer,
  OfferTransfer,
  PreparedTransfer,
  PrepareTransfer,
  TransferKind,
  TransferOffer,
  TransferStatus,
  TransferView,
} from './domain/transfer.js';
export type { TransferRefusal } from './domain/transfer.refusals.js';
export { transferSentences } from './transfer-sentences.js';
export { TransfersModule } from './transfers.module.js';
export { TransfersService } from './transfers.service.js';
