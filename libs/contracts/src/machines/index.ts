export type { Grounds } from '../conditions/grounds-are-recorded.js';
export { earliestEffect, noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
export { endOfPeriod, periodIsOver } from '../conditions/period-is-over.js';
export type { TwoPeople } from '../conditions/two-people-agreed.js';
export * from '../facts/linkage.js';
export * from './consent.js';
export * from './link.js';
export * from './machines.refusals.js';
export * from './protective-hold.js';
export {
  dutiesOf,
  step,
  type Deadline,
  type DeadlineReached,
  type DutyHolder,
  type Machine,
  type MachineDuty,
  type MachineEvent,
  type MachineState,
  type NoticeToSend,
  type StepCode,
  type Stepped,
  type StepResult,
} from './step.js';
export * from './transfer.js';
