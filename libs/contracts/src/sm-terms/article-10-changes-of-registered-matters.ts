import { CivilDate } from '#libs/kernel';
import { article, enforce, record } from '../clause.js';
import { arrivalOf } from '../conditions/deemed-arrival.js';
import type { RegisteredMatter } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

/** The five matters that the holder changes at the terminal without paper. Source: SM-10.3a. */
export const CHANGED_AT_TERMINAL: readonly RegisteredMatter[] = [
  'login_id',
  'password',
  'contact_phone',
  'mail_address',
  'transfer_limit',
];

/** SM-10: changes of what the holder registered. */
export const article10 = article('SM-10', { ja: '届出事項の変更', en: 'Registered matters' }, [
  enforce('SM-10.1', {
    key: '取引店に届け出…届出の前に生じた損害',
    ja: '届出事項の変更は定めた場所で届け出る。届出を受けた時刻を記録する。',
    en: 'Changes are notified where laid down; the time of receipt is recorded.',
    kind: 'obligation',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-10.3a', 'SM-10.3c'],
    parameters: { changeMatrix: P.changeMatrix },
    needs: ['registeredMatter', 'receivedAt'],
    rule: ({ registeredMatter, receivedAt }, _figures, { changeMatrix }) => {
      const isLaidDown = registeredMatter in changeMatrix;
      const place = isLaidDown
        ? changeMatrix[registeredMatter as keyof typeof changeMatrix]
        : CHANGED_AT_TERMINAL.includes(registeredMatter)
          ? 'terminal'
          : 'branch';
      return { place, noLiabilityForLossBefore: receivedAt };
    },
  }),
  enforce('SM-10.2', {
    key: '届出がないために…到達…通常到達すべきとき',
    ja: '変更の届出がなくて遅れたり届かない通知は、通常届くはずの時に届いたとみなす。',
    en: 'What an unnotified change delays or loses is deemed to arrive when normally due.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-6b', 'SM-11.4-2', 'SM-10.1'],
    parameters: { mailMinutes: P.mailNormalDelay, postDays: P.postNormalDays },
    needs: ['notice'],
    rule: ({ notice }, _figures, normal) => ({
      arrival: arrivalOf(notice, normal, ['address_change_not_notified']),
      mayMeanWhereaboutsUnknown:
        notice.channel === 'post' && notice.failure === 'address_change_not_notified',
    }),
  }),
  enforce('SM-10.3a', {
    key: '取引限度額(…届出金額以内)…端末より任意で変更',
    ja: 'IDなど五つの事項は端末で変更でき、限度額は申込書の金額と上限の範囲内に限る。',
    en: 'Five matters change at the terminal; the limit within the form amount and the cap.',
    kind: 'power',
    bearer: 'holder',
    refers: ['SM-5.3-5', 'SM-10.3d'],
    parameters: { cap: P.limitCap, raiseEffective: P.limitRaiseEffective },
    cites: [P.changeMatrix],
    needs: ['registeredMatter', 'limitChange'],
    rule: ({ registeredMatter, limitChange: change }, _figures, { cap, raiseEffective }) => {
      if (!CHANGED_AT_TERMINAL.includes(registeredMatter)) {
        return { answer: 'not_at_terminal' as const };
      }
      if (registeredMatter !== 'transfer_limit') return { answer: 'allowed' as const };
      if (change === undefined || change.to < 0n) return { answer: 'limit_malformed' as const };
      if (change.to > change.applicationAmount) return { answer: 'branch_required' as const };
      if (change.to > (change.otpActive ? cap.withOtp : cap.withoutOtp)) {
        return { answer: 'above_cap' as const };
      }
      const waits = change.to > change.from && raiseEffective === 'next_midnight';
      const tomorrow = CivilDate.inTokyo(change.receivedAt).plusDays(1);
      const effectiveAt = waits ? tomorrow.startsAt() : change.receivedAt;
      return { answer: 'allowed' as const, limit: change.to, effectiveAt };
    },
  }),
  enforce('SM-10.3b', {
    key: 'パスワードの一致を確認…正当な契約者から',
    ja: '求めた認証要素がすべて一致したときに限り、契約者の届出と認めて変更する。',
    en: 'A change is made only if every factor required matched.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-7.3a', 'SM-9.2', 'SM-R2.7'],
    cites: [P.factorsMatrix],
    needs: ['factorsRequired', 'factorsMatched'],
    rule: ({ factorsRequired, factorsMatched }) =>
      factorsRequired.length > 0 && factorsRequired.every((one) => factorsMatched.includes(one)),
  }),
  enforce('SM-10.3c', {
    key: '合言葉の変更…初期化の届出…後に…再登録',
    ja: '合言葉は取引店で初期化した後に限り、端末で登録し直す。初期化後は登録が先である。',
    en: 'The secret word is set anew at the terminal only after the branch has initialised it.',
    kind: 'procedure',
    bearer: 'holder',
    needs: ['secretWordState'],
    rule: ({ secretWordState }) =>
      secretWordState === 'set'
        ? { online: 'branch_required' as const, mustRegisterFirst: false }
        : { online: 'allowed' as const, mustRegisterFirst: true },
  }),
  record('SM-10.3d', {
    key: '増額する場合は…取引店に届出',
    ja: '申込書の金額を超える増額は、印鑑の照合と二人の確認を経て取引店で受ける。',
    en: 'A raise above the form amount is taken at the branch, with seal check and two people.',
    kind: 'procedure',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-13.5'],
    cites: [P.limitCap],
    asks: ['newLimit', 'formReference', 'sealCheckedBy', 'enteredBy', 'secondApprover'],
  }),
]);
