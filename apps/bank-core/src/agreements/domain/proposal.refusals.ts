import type { RefusalSentences } from '#libs/kernel';
import type { ProposalRefusal } from './propose-partner.js';

export const proposalSentences: RefusalSentences<ProposalRefusal> = {
  contract_period_wrong: {
    clause: 'RKN-C1a',
    ja: '連鎖接続先との契約の期間が正しくないか、すでに終わっています。',
    en: 'The contract with the partner ends before it begins, or has ended.',
  },
  functions_and_directions_differ: {
    clause: 'RKN-C1a',
    ja: '連鎖接続の方向（INFO_OUT・INSTRUCTION_IN）と機能が一致していません。',
    en: 'The directions of the connection and its functions do not agree.',
  },
  not_a_chain_partner: {
    clause: 'RKN-D2',
    ja: '利用者と代行業者の間に立つ法令上の再委託者ではないため、連鎖接続先にはあたりません。',
    en: 'By law this firm is no chain partner: it does not stand between user and intermediary.',
  },
  partner_scope_too_wide: {
    clause: 'RKN-C1a',
    ja: '連鎖接続先の範囲が、代行業者自身のサービスの範囲を超えています。',
    en: "The partner's scope goes beyond what the intermediary's own services do.",
  },
  too_many_proposals: {
    ja: '審査を待つ届出が多すぎます。不要なものを取り下げてください。',
    en: 'Too many proposals are waiting. Withdraw those that are not needed.',
  },
};

export const changeSentences: RefusalSentences<'proposal_closed'> = {
  proposal_closed: {
    clause: 'RKN-C1a',
    ja: '変更できるのは審査を待つ届出だけです。契約済みの連鎖接続先は、新しい届出か連合会の手続で変わります。',
    en: 'Only a waiting proposal can be changed; what is contracted, by a new one or the federation.',
  },
};

export type DeskRefusal = 'version_conflict';

export const deskSentences: RefusalSentences<DeskRefusal> = {
  version_conflict: {
    ja: '読み取った後に変更されています。もう一度読み取ってください。',
    en: 'It has changed since it was read. Read it again.',
  },
};
