import { machineRefusals } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

export type CredentialRefusal =
  | 'login_failed'
  | 'login_slowed'
  | 'first_use_required'
  | 'temporary_password_expired'
  | 'factors_not_available'
  | 'factors_not_matched';

/**
 * `login_failed` is the one answer to unknown, wrong and locked: it says how a lock is lifted without
 * saying that there is one (T-16).
 */
export const credentialSentences: RefusalSentences<CredentialRefusal> = {
  login_failed: {
    ja: 'ログインできませんでした。IDとパスワードをお確かめください。続けて誤ると中止され、再開は窓口での手続きになります。',
    en: 'You are not logged in. Check ID and password. Repeated errors stop the service until a branch lifts it.',
    clause: 'SM-9.2',
  },
  login_slowed: {
    ja: 'この接続元からの誤りが続いたため、しばらく受け付けていません。少し待ってからもう一度お試しください。',
    en: 'There were several errors from your connection. Please wait a little and try again.',
  },
  // Told only to who has typed the temporary password: the letter reached somebody.
  first_use_required: {
    ja: '仮パスワードでは初回登録のほかは利用できません。インターネットバンキングで初回登録をしてください。',
    en: 'A temporary password serves first use only. Please register in internet banking first.',
    clause: 'SM-13.4',
  },
  temporary_password_expired: {
    ...machineRefusals.temporary_password_expired,
    clause: 'SM-13.4',
  },
  factors_not_available: {
    ja: 'この取引に必要な確認手段の利用が始まっていません。インターネットバンキングで利用開始の手続きをしてください。',
    en: 'The second factor that this needs has not been started. Please start it in internet banking first.',
    clause: 'SM-R2.7',
  },
  factors_not_matched: {
    ja: '入力された確認用パスワード等が一致しません。続けて誤ると中止され、再開は窓口での手続きになります。',
    en: 'What you entered does not match. Repeated errors stop the service until a branch lifts it.',
    clause: 'SM-7.3c',
  },
};
