import type { RefusalSentences } from '#libs/kernel';

export type AgreementRefusal =
  | 'institution_not_covered'
  | 'chain_partner_unknown'
  | 'chain_partner_stopped'
  | 'chain_partner_scope';

export const agreementSentences: RefusalSentences<AgreementRefusal> = {
  institution_not_covered: {
    ja: 'この金融機関は契約の対象に含まれていません。',
    en: 'The agreement does not cover this institution.',
    clause: 'RKN-0.2',
  },
  chain_partner_unknown: {
    ja: 'この連鎖接続先との契約が確認できません。',
    en: 'No chain connection contract is in force with this partner.',
    clause: 'RKN-C1a',
  },
  chain_partner_stopped: {
    ja: 'この連鎖接続先との連鎖接続は停止されています。',
    en: 'The chain connection with this partner has been stopped.',
    clause: 'RKN-C2b',
  },
  chain_partner_scope: {
    ja: 'この連鎖接続先との契約に含まれない機能です。',
    en: 'The contract with this chain partner does not include this function.',
    clause: 'RKN-C1a',
  },
};
