import { days, endOf, periodAfter, triAnd, triNot, triOf } from '#libs/kernel';
import { article, enforce, inform, record } from '../clause.js';
import { unmatchedFactors } from '../conditions/factors-match.js';
import { smParameters as P } from './parameters.js';

/**
 * SM-13: exclusions of liability. They feed an assessment by people and refuse nothing by themselves;
 * towards consumers a total exclusion may be limited by law, which is a warning, not a rule (INT-18).
 */
export const article13 = article('SM-13', { ja: '免責事項', en: 'Exclusions of liability' }, [
  enforce('SM-13.1a', {
    key: '相当の注意をもって…本人確認手続',
    ja: '相当の注意で本人確認をした処理の損害は負わない。求めた要素が欠ければそうは言えない。',
    en: 'No liability where identity was checked with due care; a lacking factor rules that out.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-R2.7', 'SM-13.1b'],
    readings: ['INT-18'],
    needs: ['factorsRequired', 'factorsMatched', 'evidence'],
    rule: ({ factorsRequired, factorsMatched, evidence }) => {
      const lacking = unmatchedFactors(factorsRequired, factorsMatched);
      const isPackComplete = factorsRequired.length > 0 && evidence.length > 0;
      return { lacking, dueCareMayBeFound: isPackComplete && lacking.length === 0 };
    },
  }),
  enforce('SM-13.1b', {
    key: 'ただし…個人の契約者…補てんの請求',
    ja: '個人の契約者は、盗まれたパスワード等で預金が不正に減れば補てんを申し出られる。',
    en: 'An individual whose stolen credentials wrongly reduced the deposit may claim.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-14.1*', 'SM-13.3', 'SM-13.4'],
    readings: ['INT-18'],
    cites: [P.customerKinds],
    needs: ['holderIsIndividual', 'credentialsStolen', 'depositReduced'],
    rule: ({ holderIsIndividual, credentialsStolen, depositReduced }) =>
      triAnd(holderIsIndividual, credentialsStolen, depositReduced),
  }),
  enforce('SM-13.2-1', {
    key: '相当の安全措置…当組合に責がある場合を除き',
    ja: '安全措置を講じても避けられない障害の損害は負わない。ただし組合に責めがあれば負う。',
    en: 'No liability for failures despite safeguards, unless the institution is responsible.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    needs: ['safeguardsTaken', 'institutionResponsible'],
    rule: ({ safeguardsTaken, institutionResponsible }) => ({
      exclusionSelectable: triAnd(triOf(safeguardsTaken), triNot(institutionResponsible)) === 'yes',
    }),
  }),
  enforce('SM-13.2-2', {
    key: '通信経路において障害…受付中の場合も含め',
    ja: '通信経路の障害の損害は負わない。途切れても依頼は確定か未確定のどちらかである。',
    en: 'No liability for failures of lines; a request cut off is either fixed or not, and says so.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-R3.2'],
    readings: ['INT-18'],
    needs: ['fixedAt'],
    rule: ({ fixedAt }) => (fixedAt === undefined ? ('not_fixed' as const) : ('fixed' as const)),
  }),
  inform('SM-13.3', {
    key: '盗聴・不正アクセス等…漏洩',
    ja: '通信経路での盗聴などによる漏えいの損害は負わない。個人には補てんの道がある。',
    en: 'No liability for leaks on the line; an individual may still claim compensation.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-13.1b'],
    readings: ['INT-18'],
    shownAt: ['terms page', 'loss assessment'],
  }),
  enforce('SM-13.4', {
    key: '仮パスワードを…郵便で通知',
    ja: '郵送の仮パスワードは期限内の初回登録だけに使え、登録まで何もできない。',
    en: 'A mailed temporary password serves first use only, in time; nothing else before it.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-R2', 'SM-13.1b'],
    readings: ['INT-18'],
    parameters: { expiryDays: P.temporaryPasswordExpiry },
    cites: [P.firstUseDeadline],
    needs: ['temporaryPasswordMailedOn', 'now', 'firstUseDone', 'operation'],
    rule: ({ temporaryPasswordMailedOn, now, firstUseDone, operation }, _figures, p) => {
      if (firstUseDone) return 'allowed' as const;
      const { lastDay } = periodAfter(temporaryPasswordMailedOn, days(p.expiryDays));
      if (now >= endOf(lastDay)) return 'temporary_password_expired' as const;
      return operation === 'login' ? ('first_use_only' as const) : ('first_use_required' as const);
    },
  }),
  enforce('SM-13.5', {
    key: '印影を…相当の注意をもって照合',
    ja: '書面の手続には、誰がいつ印鑑を照合したかの記録を必ず要する。',
    en: 'Every operation on paper needs a record of who checked the seal.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-10.3d', 'SM-11.1', 'SM-12.2a'],
    readings: ['INT-18'],
    needs: ['sealCheckedBy'],
    rule: ({ sealCheckedBy }) =>
      (sealCheckedBy ?? '').trim() === '' ? ('seal_check_missing' as const) : ('checked' as const),
  }),
  record('SM-13.6a', {
    key: '災害・事変、法令等…やむを得ない事由',
    ja: '災害や法令、公的機関の措置による障害の損害は負わない。原因は人が証拠で認定する。',
    en: 'No liability for disaster, law or authority; a person finds the cause on evidence.',
    kind: 'disclaimer',
    bearer: 'holder',
    counterparty: 'institution',
    readings: ['INT-18'],
    asks: ['incidentCause', 'evidence', 'enteredBy'],
  }),
  inform('SM-13.6b', {
    key: '端末…正常に稼働する環境',
    ja: '端末と通信の環境は契約者が整え、組合はその稼働を保証しない。',
    en: 'The holder provides a working terminal and line; the institution does not warrant them.',
    kind: 'disclaimer',
    bearer: 'holder',
    readings: ['INT-18'],
    shownAt: ['terms page', 'supported environments'],
  }),
]);
