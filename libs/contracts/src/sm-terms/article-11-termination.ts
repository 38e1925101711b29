import { days, periodAfter } from '#libs/kernel';
import { article, enforce, record } from '../clause.js';
import { arrivalOf } from '../conditions/deemed-arrival.js';
import { smParameters as P } from './parameters.js';

const byNoticeOrClosure = [
  enforce('SM-11.1', {
    key: '一方の都合で…いつでも…所定の書面',
    ja: 'どちらからも通知でいつでも解約でき、契約者の通知は定めた書面による。',
    en: 'Either party may terminate by notice at any time; the holder does so in the written form.',
    kind: 'power',
    bearer: 'both',
    refers: ['SM-13.5'],
    needs: ['terminatedBy', 'channel', 'terminationForm'],
    rule: ({ terminatedBy, channel, terminationForm }) => {
      if (terminatedBy === 'institution') return 'allowed' as const;
      if (channel !== 'branch') return 'written_form_required' as const;
      return terminationForm ? ('allowed' as const) : ('form_missing' as const);
    },
  }),
  enforce('SM-11.2', {
    key: '受領拒否等…通常到達すべきとき',
    ja: '届出の住所に発した解約の通知は、受領拒否などで届かなくても通常の時に届いたとみなす。',
    en: 'A termination notice that is refused or the like is deemed to arrive when normally due.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    readings: ['INT-27'],
    parameters: { postDays: P.postNormalDays },
    needs: ['notice'],
    rule: ({ notice }, _figures, { postDays }) =>
      arrivalOf(notice, { mailMinutes: 0, postDays }, [
        'refused_by_holder',
        'address_change_not_notified',
        'address_registered_wrongly',
      ]),
  }),
  enforce('SM-11.3a', {
    key: '(代表口座を除く)…解約…照会サービスのみ',
    ja: '代表口座以外の口座が解約されると、その口座の契約が終わり、定めた期間の照会だけが残る。',
    en: 'Closing another service account ends the contract for it; inquiry remains for a time.',
    kind: 'rule',
    bearer: 'both',
    refers: ['SM-3.4-1-1', 'SM-4.3'],
    parameters: { afterCloseDays: P.inquiryAfterClose },
    needs: ['closedOn', 'isMainAccount'],
    rule: ({ closedOn, isMainAccount }, _figures, { afterCloseDays }) => {
      const ends = closedOn !== undefined && !isMainAccount;
      if (!ends) return { ends: false, others: 'unaffected' as const };
      const inquiryUntil =
        afterCloseDays === 0 ? closedOn : periodAfter(closedOn, days(afterCloseDays)).lastDay;
      return { ends, others: 'unaffected' as const, inquiryUntil };
    },
  }),
  enforce('SM-11.3b', {
    key: '代表口座が解約…すべて解約',
    ja: '代表口座が解約されると契約全体が終わり、照会も予約も連携の同意も終わる。',
    en: 'Closing the main account ends the whole contract: inquiry, reservations and consents.',
    kind: 'rule',
    bearer: 'both',
    refers: ['SM-12.2b'],
    readings: ['INT-28'],
    needs: ['mainAccountCloses'],
    rule: ({ mainAccountCloses: all }) => ({
      contractEnds: all,
      sessionsEnd: all,
      tokensEnd: all,
      consentsRevoked: all,
      inquiryAfterwards: false,
    }),
  }),
] as const;

const forced = [
  record('SM-11.4-1', {
    key: '支払の停止または破産、民事再生…',
    ja: '支払停止または倒産手続の申立てがあれば、予告なく解約できる。',
    en: 'Suspension of payments or a petition for insolvency: termination without notice.',
    kind: 'power',
    bearer: 'institution',
    readings: ['INT-27'],
    asks: ['evidence', 'enteredBy', 'decidedAt'],
  }),
  record('SM-11.4-2', {
    key: '契約者の所在が不明',
    ja: '契約者の責めで所在が分からなくなれば、予告なく解約できる。',
    en: 'Whereabouts unknown for a reason on the side of the holder: termination without notice.',
    kind: 'power',
    bearer: 'institution',
    refers: ['SM-10.2'],
    readings: ['INT-27'],
    asks: ['evidence', 'enteredBy', 'decidedAt'],
  }),
  record('SM-11.4-3', {
    key: '所定の手数料の未払い',
    ja: 'サービスの手数料の未払いが生じれば、予告なく解約できる。後の支払は判断する人に示す。',
    en: 'Unpaid service fees: termination without notice; a later payment is shown to who decides.',
    kind: 'power',
    bearer: 'institution',
    refers: ['SM-R2'],
    readings: ['INT-27'],
    asks: ['arrears', 'evidence', 'enteredBy', 'decidedAt'],
  }),
  record('SM-11.4-4', {
    key: '相続の開始',
    ja: '相続が始まれば予告なく解約でき、サービスは直ちに止める。',
    en: 'Succession has opened: termination without notice, and the service stops at once.',
    kind: 'power',
    bearer: 'institution',
    refers: ['SM-3.4-1-4'],
    readings: ['INT-27'],
    asks: ['evidence', 'enteredBy', 'decidedAt'],
  }),
  record('SM-11.4-5', {
    key: '一定期間を超えて…利用がなかった',
    ja: '定めた期間を超えて利用がなければ解約できる。候補は計算し、決めるのは人である。',
    en: 'No use beyond the period laid down: candidates are computed, a person decides.',
    kind: 'power',
    bearer: 'institution',
    readings: ['INT-27'],
    cites: [P.dormancy],
    asks: ['lastUseDate', 'evidence', 'enteredBy', 'decidedAt'],
  }),
  record('SM-11.4-6', {
    key: 'その他…相当の事由',
    ja: 'その他の相当の事由による解約は、事由を文にし、他の一人が承認する。',
    en: 'Another adequate cause is written down and approved by a second person.',
    kind: 'power',
    bearer: 'institution',
    readings: ['INT-27'],
    asks: ['grounds', 'evidence', 'enteredBy', 'secondApprover', 'decidedAt'],
  }),
] as const;

/** SM-11: the ends of the contract. */
export const article11 = article('SM-11', { ja: '解約等', en: 'Termination' }, [
  ...byNoticeOrClosure,
  ...forced,
]);
