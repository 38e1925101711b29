import type { CivilDate, Instant, Tri } from '#libs/kernel';
import { fact } from './fact.js';

/** The three items that the published part of a contract must show. Source: RKN-0.1. */
export type PublishedHeading = 'loss_sharing' | 'user_information' | 'chain_connection';

/** One dated version of the published part. Source: RKN-0.1. */
export interface PublishedVersion {
  readonly id: string;
  readonly effectiveFrom: CivilDate;
  readonly sections: readonly { readonly heading: PublishedHeading; readonly text: string }[];
}

/** What an intermediary's service does: convey instructions (1号) or fetch account information (2号). */
export type ServiceAct = 'conveys_instructions' | 'fetches_account_information' | 'neither';

/** Where the intermediary has a piece of information from. Source: RKN-D7. */
export type Provenance = 'institution_through_function' | 'user_directly' | 'elsewhere';

/** What a consent covers, as the institution keeps it. Source: RKN-S1. */
export interface ConsentScope {
  readonly permissions: readonly string[];
  readonly accounts: readonly string[];
  readonly endedAt?: Instant;
}

/** One call, as the institution sees it. Source: RKN-S1. */
export interface CallMade {
  readonly permission: string;
  readonly account: string;
  readonly boundToCaller: boolean;
}

export const agreementFacts = {
  publishedVersion: fact<PublishedVersion>('thing', '公表する契約内容', 'version to publish'),
  coveredInstitutions: fact<readonly string[]>(
    'list',
    '契約が適用される金融機関',
    'institutions covered',
  ),
  institutionCode: fact<string>('text', '金融機関コード', 'institution code'),
  consentScope: fact<ConsentScope>('thing', '同意の範囲', 'scope of the consent'),
  callMade: fact<CallMade>('thing', '呼出しの内容', 'the call made'),
  serviceActs: fact<readonly ServiceAct[]>('list', 'サービスの内容', 'what the service does'),
  functionAsked: fact<string>('text', '求められた機能', 'function asked for'),
  functionCatalogue: fact<readonly string[]>('list', '提供する機能の一覧', 'functions offered'),
  consentedToService: fact<Tri>('finding', '本サービスへの同意', 'consented to the service'),
  consentedToFunction: fact<Tri>(
    'finding',
    '本労働金庫機能への同意',
    'consented to the Rokin function',
  ),
  admittedByEpsp: fact<Tri>('finding', '代行業者が認めた', 'admitted by the intermediary'),
  admittedByInstitution: fact<Tri>('finding', '金融機関が認めた', 'admitted by the institution'),
  provenance: fact<Provenance>('choice', '情報の取得元', 'where the information is from'),
  onUsersInstruction: fact<boolean>('flag', '利用者の指図による', "on the user's instruction"),
} as const;
