export type { DailyLimit, LimitStanding } from './domain/daily-limit.js';
export { limitSentences, type LimitRefusal } from './domain/limit.refusals.js';
export { LimitsModule } from './limits.module.js';
export { LimitsService, type JudgedLimit } from './limits.service.js';
