export { ConsentJobsModule } from './consent-jobs.module.js';
export { ConsentsModule } from './consents.module.js';
export { ConsentsService } from './consents.service.js';
export type { AmendConsent, ExtendConsent, RevokeConsent } from './change-consents.js';
export type { AskConsent, GrantConsent, RejectConsent, Wording } from './make-consents.js';
export {
  consentSentences,
  extensionSentences,
  trafficSentences,
  type ConsentEnd,
  type ConsentRefusal,
  type ExtensionRefusal,
  type TrafficRefusal,
} from './consent.refusals.js';
export {
  PURPOSES,
  type Consent,
  type ConsentedCall,
  type ConsentParties,
  type Permission,
  type Purpose,
} from './domain/consent.js';
export { cursorOf, positionsOf, type FeedPosition } from './domain/feed-cursor.js';
export type { IntermediaryTraffic } from './traffic-check.js';
export type { ReachedFunctions } from './domain/reached-functions.js';
