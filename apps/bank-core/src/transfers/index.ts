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
export { RISK_GRADES, RISK_KINDS, type ReceivedRiskSignal } from './domain/risk-signal.js';
export { RiskSignals } from './risk-signals.service.js';
export { RiskSignalsModule } from './risk-signals.module.js';
export type { OpenRequests } from './storage/open-requests.store.pg.js';
