export { AgreementsModule } from './agreements.module.js';
export { AgreementsService } from './agreements.service.js';
export { agreementSentences, type AgreementRefusal } from './domain/agreement.refusals.js';
export { NO_PARTNER } from './domain/decide-partner.js';
export type { ChainPartner, Coverage, Intermediary } from './domain/intermediary.js';
