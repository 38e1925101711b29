export type { Grounds } from '../conditions/grounds-are-recorded.js';
export { earliestEffect, noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
export { endOfPeriod, periodIsOver } from '../conditions/period-is-over.js';
export type { TwoPeople } from '../conditions/two-people-agreed.js';
export * from '../facts/linkage.js';
export {
  authorityOfChain,
  beginChain,
  chainMachine,
  mayCallForPartner,
  stepChain,
  type ChainCode,
  type ChainEvent,
  type ChainFacts,
  type ChainGround,
  type ChainName,
  type ChainState,
  type StopRequest,
} from './chain-stop.js';
export * from './consent.js';
export * from './impact-preview.js';
export * from './internet-banking-contract.js';
export * from './link.js';
export * from './machines.refusals.js';
export {
  beginMailPassword,
  mailPasswordMachine,
  stepMailPassword,
  type MailPasswordCode,
  type MailPasswordEvent,
  type MailPasswordFacts,
  type MailPasswordName,
  type MailPasswordState,
} from './mail-password.js';
export { leadIsOverAt, type AnnouncedMeasure, type MeasureKind } from './measure.js';
export * from './one-time-password-token.js';
export * from './protective-hold.js';
export * from './security-review.js';
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
