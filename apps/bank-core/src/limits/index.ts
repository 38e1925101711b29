export type { DailyLimit, LimitBasis, LimitStanding, LimitUse } from './domain/daily-limit.js';
export { chargeOf, judgeDailyLimit, standingOf } from './domain/judge-daily-limit.js';
export { limitSentences, type LimitRefusal } from './domain/limit.refusals.js';
export { LimitsModule } from './limits.module.js';
export { LimitsService } from './limits.service.js';
