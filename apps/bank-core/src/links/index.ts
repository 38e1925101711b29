export { changeLink, type LinkWriter } from './change-link.js';
export type { LinkMeasure, LinkScope, LinkState, LinkStop } from './domain/link-state.js';
export {
  holdSentences,
  linkStopSentences,
  type HoldRefusal,
  type LinkStopRefusal,
} from './domain/link.refusals.js';
export type { HoldPeople } from './domain/decide-hold.js';
export { HoldAdoption } from './hold-adoption.js';
export { HoldMatter } from './hold-matter.js';
export { LinksModule } from './links.module.js';
export { LinksService, type LinkParties, type Traffic } from './links.service.js';
export {
  contentOfHold,
  ProtectiveHoldsService,
  type Agreed,
  type HoldDone,
  type HoldOrder,
} from './protective-holds.service.js';
