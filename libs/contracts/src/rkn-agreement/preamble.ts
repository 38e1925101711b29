import { article, enforce, inform } from '../clause.js';

/** RKN-0: what is published of the contract, and whom it binds. */
export const preamble = article('RKN-0', { ja: '前文と適用範囲', en: 'Preamble and scope' }, [
  inform('RKN-0.1', {
    key: '契約内容の一部を公表',
    ja: '契約のうち、損害の分担・利用者情報の扱い・連鎖接続に関する定めを公表する。',
    en: 'Loss sharing, handling of user information and chain connection are made public.',
    kind: 'obligation',
    bearer: 'epsp',
    shownAt: ['public page of the contract', 'public register of participants'],
  }),
  enforce('RKN-0.2', {
    key: '労働金庫連合会及び下表の対象労働金庫',
    ja: '契約は連合会と13の労働金庫に及び、呼出しごとに対象かを確かめる。',
    en: 'The contract binds the federation and 13 labour banks; each call is checked against them.',
    kind: 'rule',
    bearer: 'both',
    figures: { labourBanks: 13 },
    needs: ['coveredInstitutions', 'institutionCode'],
    rule: ({ coveredInstitutions, institutionCode }, { labourBanks }) => {
      const isContract = new Set(coveredInstitutions).size <= labourBanks + 1;
      return isContract && coveredInstitutions.includes(institutionCode)
        ? ('covered' as const)
        : ('institution_not_covered' as const);
    },
  }),
] as const);
