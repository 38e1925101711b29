import type { Instant } from '#libs/kernel';
import { fact } from './fact.js';

/** The contract of an intermediary with one chain partner. Source: RKN-C1a. */
export interface PartnerContract {
  readonly partner: string;
  readonly from: Instant;
  readonly until?: Instant;
  readonly scopes: readonly string[];
}

/** What a call says of the chain: a partner, or that there is none. Source: RKN-D1a, RKN-D1b. */
export type ChainDeclaration = 'none' | `cp_${string}`;

/** What a firm is by law. Only the first two are chain partners. Source: RKN-D2. */
export type PartnerLegalBasis =
  'banking_act_resubcontractor' | 'equivalent_under_another_act' | 'technical_subcontractor';

export const chainPartnerFacts = {
  partnerContract: fact<PartnerContract | undefined>(
    'thing',
    '連鎖接続先との契約',
    'contract with the partner',
  ),
  partnerScopeAsked: fact<string>('text', '求められた範囲', 'scope asked for'),
  chainDeclaration: fact<ChainDeclaration | undefined>(
    'choice',
    '連鎖接続の申告',
    'what the call says of the chain',
  ),
  partnerLegalBasis: fact<PartnerLegalBasis>('choice', '法令上の地位', 'legal basis'),
  standsBeforeEpsp: fact<boolean>(
    'flag',
    '利用者と代行業者の間に立つ',
    'stands between the user and the intermediary',
  ),
  partnerReport: fact<string>('text', '連鎖接続先の報告', 'report of the partner'),
  guidanceFinding: fact<string>('text', '指導の対象', 'finding of the guidance'),
  guidanceInstruction: fact<string>('text', '指導の内容', 'instruction given'),
  guidanceDue: fact<Instant>('instant', '指導の期限', 'when the outcome is due'),
  guidanceOutcome: fact<string>('text', '指導の結果', 'outcome of the guidance'),
  reportedToInstitutionAt: fact<Instant>(
    'instant',
    '金融機関への報告の時刻',
    'when it was reported to the institution',
  ),
  chainGround: fact<'partner_default' | 'guidance_failure'>(
    'choice',
    '停止を求める事由',
    'ground of the stop request',
  ),
  stopRequestDue: fact<Instant>('instant', '停止の期限', 'when the stop is due'),
  partnerStoppedAt: fact<Instant | undefined>(
    'instant',
    '連鎖接続を停止した時刻',
    'when the partner was stopped',
  ),
  explanation: fact<string | undefined>('text', '理由の説明', 'explanation given'),
  withheldBecause: fact<string | undefined>(
    'text',
    '理由を説明できない訳',
    'why the reason is withheld',
  ),
} as const;
