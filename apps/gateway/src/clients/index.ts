export { ClientsModule } from './clients.module.js';
export { ClientsService, type EndingKey } from './clients.service.js';
export type { ChangeRefusal } from './domain/change-refusal.js';
export type { SoftwareRefusal } from './domain/software-refusal.js';
export { ChangeDesk, type PendingChange } from './storage/change-desk.pg.js';
export { BLOCK_DAYS, SoftwareDesk, type SoftwareDecision } from './storage/software-desk.pg.js';
export {
  CONSENTS_SCOPE,
  DETAIL_TYPES,
  IDENTITY_SCOPE,
  metadataOf,
  EVENTS_SCOPE,
  OWN_SCOPES,
  PARTICIPANTS_SCOPE,
  STATUS_SCOPE,
  USER_SCOPES,
  type ClientChoices,
  type RegisteredClient,
} from './client.js';
export { marksOfCertificate, registeredKeys, thumbprintOf } from './registered-key.js';
export type { SoftwareEntry } from './domain/software-entry.js';
export { RegisteredSoftware } from './registered-software.js';
