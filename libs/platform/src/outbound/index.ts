export { Outbound, readTarget } from './outbound.js';
export type { OutboundAnswer, OutboundCall, OutboundOptions, OutboundResult } from './outbound.js';
export { outboundSentences, type OutboundRefusal } from './outbound.refusals.js';
export { isPublicAddress, isReachable, readOpenedNetworks } from './reachable-address.js';
export type { OpenedNetwork } from './reachable-address.js';
export type { Resolve } from './guarded-connector.js';
