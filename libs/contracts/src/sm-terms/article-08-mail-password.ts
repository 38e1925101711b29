import { article, enforce } from '../clause.js';
import type { Factor } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

/** SM-8: the mail password. */
export const article08 = article('SM-8', { ja: 'メール通知パスワード', en: 'Mail password' }, [
  enforce('SM-8.1', {
    key: 'お取引を選択された時点…Eメール',
    ja: '開始後、定めた取引を選んだ時に、契約者のアドレスへ一回ごとの値を送る。',
    en: 'Once started, choosing a designated operation sends a password to the address held.',
    kind: 'procedure',
    bearer: 'institution',
    counterparty: 'holder',
    parameters: { operations: P.mailPasswordOperations, resendLimit: P.mailPasswordResendLimit },
    cites: [P.mailPasswordLength],
    needs: ['operation', 'meansStarted', 'mailPasswordsSent'],
    rule: ({ operation, meansStarted, mailPasswordsSent }, _figures, p) => {
      const isDesignated = (p.operations as readonly string[]).includes(operation);
      if (!meansStarted.mailPassword || !isDesignated) return 'no_mail' as const;
      return mailPasswordsSent > p.resendLimit ? ('resend_limit' as const) : ('send' as const);
    },
  }),
  enforce('SM-8.2', {
    key: '確認用パスワードに加え…一致した場合',
    ja: '定めた取引では確認用パスワードに加えてこの値を求め、両方の一致で依頼とみなす。',
    en: 'Designated operations need it besides the confirmation password; both must match.',
    kind: 'rule',
    bearer: 'holder',
    refers: ['SM-R2.7', 'SM-9.2'],
    readings: ['INT-30'],
    parameters: { operations: P.mailPasswordOperations },
    cites: [P.mailPasswordAttempts],
    needs: ['operation', 'meansStarted'],
    rule: ({ operation, meansStarted }, _figures, { operations }): readonly Factor[] =>
      meansStarted.mailPassword && (operations as readonly string[]).includes(operation)
        ? ['confirmation_password', 'mail_password']
        : [],
  }),
  enforce('SM-8.3a', {
    key: 'ログアウト、または…再度発行されるまで有効',
    ja: 'その場のログアウトか再発行まで有効であり、他の場や他の依頼には使えない。',
    en: 'It lives until its session ends or it is re-issued, and serves no other session or draft.',
    kind: 'rule',
    bearer: 'institution',
    parameters: { maxAgeMinutes: P.mailPasswordMaxAge, singleUse: P.mailPasswordSingleUse },
    needs: ['mailPassword', 'session', 'draft', 'sessionEndedAt', 'mailPasswordUses', 'now'],
    rule: (facts, _figures, { maxAgeMinutes, singleUse }) => {
      const { mailPassword: issued, now } = facts;
      if (issued.diedAt !== undefined) return 'superseded' as const;
      if (facts.sessionEndedAt !== undefined || facts.session !== issued.session) {
        return 'other_or_ended_session' as const;
      }
      if (issued.draft !== undefined && issued.draft !== facts.draft) return 'other_draft' as const;
      if (singleUse && facts.mailPasswordUses > 0) return 'already_used' as const;
      const isTooOld = maxAgeMinutes > 0 && now >= issued.issuedAt + maxAgeMinutes * 60_000;
      return isTooOld ? ('too_old' as const) : ('valid' as const);
    },
  }),
  enforce('SM-8.3b', {
    key: 'メールアドレス変更時…新しいメール通知パスワード',
    ja: 'アドレスを変えると新しい値を新しいアドレスへ送り、前の値は使えなくなる。',
    en: 'A change of address sends a new password to the new address and ends the old one.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-10.3a'],
    parameters: { tellOldAddress: P.mailChangeNotice },
    needs: ['oldAddress', 'newAddress'],
    rule: ({ oldAddress, newAddress }, _figures, { tellOldAddress }) => ({
      oldPasswordDies: true,
      newPasswordTo: newAddress,
      noticeOfChangeTo: tellOldAddress ? [oldAddress, newAddress] : [newAddress],
    }),
  }),
]);
