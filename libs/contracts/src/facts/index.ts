import { agreementFacts } from './agreement.js';
import { chainPartnerFacts } from './chain-partner.js';
import { checklistFacts } from './checklist-submission.js';
import { credentialFacts } from './credential-use.js';
import type { ValueOf } from './fact.js';
import { holderFacts } from './holder.js';
import { demandFacts } from './improvement-demand.js';
import { linkageFacts } from './linkage.js';
import { lossFacts } from './loss.js';
import { noticeFacts } from './notice.js';
import { theftFacts } from './password-theft.js';
import { peopleFacts } from './people.js';
import { serviceAccountFacts } from './service-account.js';
import { serviceFacts } from './service.js';
import { transferFacts } from './transfer-request.js';

/** The tables of facts, by subject; a name stands in one table only (facts.spec.ts). */
export const factTables = {
  agreementFacts,
  chainPartnerFacts,
  checklistFacts,
  credentialFacts,
  demandFacts,
  holderFacts,
  linkageFacts,
  lossFacts,
  noticeFacts,
  peopleFacts,
  serviceAccountFacts,
  serviceFacts,
  theftFacts,
  transferFacts,
} as const;

/** Every fact that a clause may ask about, by name. A new fact is a line in its subject's table. */
export const facts = {
  ...agreementFacts,
  ...chainPartnerFacts,
  ...checklistFacts,
  ...credentialFacts,
  ...demandFacts,
  ...holderFacts,
  ...linkageFacts,
  ...lossFacts,
  ...noticeFacts,
  ...peopleFacts,
  ...serviceAccountFacts,
  ...serviceFacts,
  ...theftFacts,
  ...transferFacts,
} as const;

export type FactName = keyof typeof facts;
export type Facts = { readonly [Name in FactName]: ValueOf<(typeof facts)[Name]> };

export * from './fact.js';
export type * from './agreement.js';
export type * from './chain-partner.js';
export type * from './checklist-submission.js';
export type * from './credential-use.js';
export type * from './holder.js';
export type * from './loss.js';
export type * from './notice.js';
export type * from './password-theft.js';
export type * from './service-account.js';
export type * from './service.js';
export type * from './transfer-request.js';
