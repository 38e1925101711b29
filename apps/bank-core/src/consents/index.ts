export { ConsentsModule } from './consents.module.js';
export { ConsentsService, type GrantConsent, type RevokeConsent } from './consents.service.js';
export {
  consentSentences,
  trafficSentences,
  type ConsentRefusal,
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
