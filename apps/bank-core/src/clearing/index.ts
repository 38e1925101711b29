export { ClearingModule } from './clearing.module.js';
export {
  ClearingService,
  type ComingBack,
  type LapsedPart,
  type LapsePlug,
  type SettlementPlug,
} from './clearing.service.js';
export type { Settlement } from './domain/interbank.ports.js';
export { EDI_TEXT, isSameName, PAYEE_NAME, PAYER_NAME, zenginText } from './domain/zengin-text.js';
