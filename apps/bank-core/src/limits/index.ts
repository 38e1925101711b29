export { DisclosureCaps, type DisclosureAsked } from './disclosure-caps.service.js';
export type { DailyLimit, LimitStanding } from './domain/daily-limit.js';
export { DISCLOSURE_CAPS, type DisclosureQuestion } from './domain/disclosure-cap.js';
export { disclosureSentences, type DisclosureRefusal } from './domain/disclosure.refusals.js';
export { limitSentences, type LimitRefusal } from './domain/limit.refusals.js';
export { LimitsModule } from './limits.module.js';
export { LimitsService, type JudgedLimit } from './limits.service.js';
