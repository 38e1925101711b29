export { AgreementsModule } from './agreements.module.js';
export { AgreementsService } from './agreements.service.js';
export { ChainPort, type ChainBook, type ChainOf } from './chain-port.js';
export { agreementSentences, type AgreementRefusal } from './domain/agreement.refusals.js';
export { NO_PARTNER } from './domain/decide-partner.js';
export type { ChainPartner, Coverage, Intermediary } from './domain/intermediary.js';
export type { OpenItem } from './domain/open-item.js';
export { PartnerActsService, type ConnectionAt, type PartnerFile } from './partner-acts.service.js';
