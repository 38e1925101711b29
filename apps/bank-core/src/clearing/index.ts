export { ClearingModule } from './clearing.module.js';
export { ClearingService } from './clearing.service.js';
export type { ComingBack, LapsedPart, LapsePlug, SettlementPlug } from './settlements.js';
export type { Settlement } from './domain/interbank.ports.js';
export { EDI_TEXT, isSameName, PAYEE_NAME, PAYER_NAME, zenginText } from './domain/zengin-text.js';
