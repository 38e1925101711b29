export type {
  AbandonTransfer,
  ConfirmTransfer,
  OfferTransfer,
  PrepareTransfer,
  TransferKind,
  TransferOffer,
  TransferStatus,
  TransferView,
} from './domain/transfer.js';
export { transferSentences, type TransferRefusal } from './domain/transfer.refusals.js';
export { TransfersModule } from './transfers.module.js';
export { TransfersService } from './transfers.service.js';
