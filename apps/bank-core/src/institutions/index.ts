export { BANK_FUNCTIONS, type BankFunction, type Institution } from './domain/institution.js';
export { institutionSentences, type InstitutionRefusal } from './domain/institution.refusals.js';
export { inTurn, roundsInTurn, type JobGround } from './in-turn.js';
export { InstitutionsModule } from './institutions.module.js';
export { InstitutionsService } from './institutions.service.js';
export { ZenginDirectory, type NamedCode } from './storage/zengin-directory.js';
