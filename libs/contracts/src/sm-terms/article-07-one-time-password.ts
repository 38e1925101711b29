import { CivilDate, days, endOf, months, periodAfter } from '#libs/kernel';
import { article, enforce } from '../clause.js';
import type { Factor } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

const NONE: readonly Factor[] = [];

/** What the mail that offers a token says; the start password is never in it. Source: SM-7.1. */
export const TOKEN_MAIL_FIELDS = ['application_url', 'service_id', 'user_id'] as const;

const issueAndStart = [
  enforce('SM-7.1', {
    key: 'トークン発行の依頼…利用開始パスワード',
    ja: '依頼を受けてトークンの案内を送り、期間内に正しい利用開始パスワードで取得させる。',
    en: 'On request the token is offered by mail; the right start password obtains it in time.',
    kind: 'procedure',
    bearer: 'holder',
    parameters: { issueExpiry: P.otpIssueExpiry, attempts: P.otpAttempts },
    cites: [P.otpStartPasswordPolicy],
    needs: [
      'tokenIssuedAt',
      'now',
      'tokenGeneration',
      'newestGeneration',
      'startPasswordMatches',
      'startPasswordFailures',
    ],
    rule: (facts, _figures, { issueExpiry, attempts }) => {
      const { lastDay } = periodAfter(CivilDate.inTokyo(facts.tokenIssuedAt), days(issueExpiry));
      if (facts.tokenGeneration !== facts.newestGeneration) return 'superseded' as const;
      if (facts.now >= endOf(lastDay)) return 'issue_expired' as const;
      if (facts.startPasswordFailures >= attempts) return 'too_many_attempts' as const;
      return facts.startPasswordMatches ? ('obtained' as const) : ('start_password_wrong' as const);
    },
  }),
  enforce('SM-7.2', {
    key: '一致した場合には…提供を開始',
    ja: 'トークンに表示された値が保有する値と一致すれば開始し、同じ値は二度使えない。',
    en: 'If the value on the token matches the one held it starts; no value serves twice.',
    kind: 'procedure',
    bearer: 'holder',
    parameters: { window: P.otpWindow },
    cites: [P.otpStep, P.otpDigits, P.otpAttempts],
    needs: ['otpStep', 'currentStep', 'lastUsedStep'],
    rule: ({ otpStep, currentStep, lastUsedStep }, _figures, { window }) => {
      if (Math.abs(otpStep - currentStep) > window) return 'outside_window' as const;
      if (lastUsedStep !== undefined && otpStep <= lastUsedStep) return 'already_used' as const;
      return 'matches' as const;
    },
  }),
] as const;

const identityCheck = [
  enforce('SM-7.3a', {
    key: 'パソコン…「確認用パスワード」に加えて',
    ja: '開始後、パソコンでの資金移動と変更には確認用パスワードとこの値の両方を求める。',
    en: 'Once started, movements and changes on a PC need the code and the confirmation password.',
    kind: 'rule',
    bearer: 'holder',
    refers: ['SM-R2.7'],
    readings: ['INT-30'],
    cites: [P.factorsMatrix],
    needs: ['terminalClass', 'operation', 'meansStarted'],
    rule: ({ terminalClass, operation, meansStarted }): readonly Factor[] =>
      meansStarted.oneTimePassword &&
      (terminalClass === 'pc' || terminalClass === 'uncertain') &&
      (operation === 'transfer' || operation === 'change')
        ? ['confirmation_password', 'one_time_password']
        : NONE,
  }),
  enforce('SM-7.3b', {
    key: 'スマートフォン等…ログインする際…に加えて',
    ja: '開始後、スマートフォン等ではログインのときにIDとパスワードに加えてこの値を求める。',
    en: 'Once started, a login on a smartphone needs the code besides id and password.',
    kind: 'rule',
    bearer: 'holder',
    refers: ['SM-R2.7'],
    cites: [P.factorsMatrix],
    needs: ['terminalClass', 'operation', 'meansStarted'],
    rule: ({ terminalClass, operation, meansStarted }): readonly Factor[] =>
      meansStarted.oneTimePassword &&
      (terminalClass === 'smartphone' || terminalClass === 'uncertain') &&
      operation === 'login'
        ? ['login_id', 'login_password', 'one_time_password']
        : NONE,
  }),
  enforce('SM-7.3c', {
    key: '一致した場合には…取引の依頼とみなします',
    ja: '求めた要素がすべて一致したときに限り、契約者の依頼とみなす。',
    en: 'Only if all factors required have matched is the request taken as that of the holder.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-3.5'],
    needs: ['factorsRequired', 'factorsMatched'],
    rule: ({ factorsRequired, factorsMatched }) => ({
      isRequestOfHolder:
        factorsRequired.length > 0 &&
        factorsRequired.every((factor) => factorsMatched.includes(factor)),
      recorded: factorsRequired.filter((factor) => factorsMatched.includes(factor)),
    }),
  }),
] as const;

const endAndTerm = [
  enforce('SM-7.4a', {
    key: 'ワンタイムパスワード利用解除…入力が不要',
    ja: '利用解除の手続が済めばこの値を求めない。解除には定めた要素の一致を要する。',
    en: 'After deactivation no code is asked; deactivating needs the factors laid down.',
    kind: 'procedure',
    bearer: 'holder',
    parameters: { deactivateFactors: P.otpDeactivateFactors },
    needs: ['factorsMatched'],
    rule: ({ factorsMatched }, _figures, { deactivateFactors }) =>
      deactivateFactors.every((factor) => factorsMatched.includes(factor))
        ? ('deactivate' as const)
        : ('branch_required' as const),
  }),
  enforce('SM-7.4b', {
    key: '再度…希望する場合は…手続',
    ja: '再び使うには発行と開始をやり直し、前のトークンの値は一致しない。',
    en: 'To use it again, issue and start anew; codes of an earlier token never match.',
    kind: 'procedure',
    bearer: 'holder',
    refers: ['SM-7.1', 'SM-7.2'],
    needs: ['tokenGeneration', 'newestGeneration'],
    rule: ({ tokenGeneration, newestGeneration }) => ({
      codesCanMatch: tokenGeneration === newestGeneration,
    }),
  }),
  enforce('SM-7.5', {
    key: '有効期限が近づいた場合…通知…延長',
    ja: '期限が近づけば一度知らせ、期限までに延長できる。過ぎれば発行からやり直す。',
    en: 'Near expiry notice is given once and the holder extends; after it, a new token is issued.',
    kind: 'procedure',
    bearer: 'both',
    refers: ['SM-7.1'],
    parameters: { noticeBefore: P.otpNoticeBefore, extension: P.otpExtension },
    cites: [P.otpValidity],
    needs: ['tokenExpiresOn', 'now', 'expiryNoticeSent'],
    rule: ({ tokenExpiresOn, now, expiryNoticeSent }, _figures, { noticeBefore, extension }) => {
      const isLive = now < endOf(tokenExpiresOn);
      const isNear = now >= tokenExpiresOn.minusDays(noticeBefore).startsAt();
      return {
        isLive,
        noticeDue: isLive && isNear && !expiryNoticeSent,
        mayExtendTo: isLive ? periodAfter(tokenExpiresOn, months(extension)).lastDay : undefined,
      };
    },
  }),
] as const;

/** SM-7: the one-time password. Its state machine is machines/one-time-password-token.ts. */
export const article07 = article('SM-7', { ja: 'ワンタイムパスワード', en: 'One-time password' }, [
  ...issueAndStart,
  ...identityCheck,
  ...endAndTerm,
]);
