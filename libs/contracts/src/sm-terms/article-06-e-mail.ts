import { article, enforce } from '../clause.js';
import { arrivalOf } from '../conditions/deemed-arrival.js';
import { smParameters as P } from './parameters.js';

/** SM-6: mail as a means of notice. */
export const article06 = article('SM-6', { ja: '電子メール', en: 'E-mail' }, [
  enforce('SM-6a', {
    key: '通知・確認手段として…同意',
    ja: '登録されたアドレスへの電子メールを通知の手段とし、使ったアドレスを記録する。',
    en: 'Mail to the address registered at the time is a means of notice, and is recorded with it.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    needs: ['addressHistory', 'sentAt'],
    rule: ({ addressHistory, sentAt }) => {
      const held = addressHistory.filter(({ since }) => since <= sentAt);
      return { sentTo: held.sort((a, b) => a.since - b.since).at(-1)?.address };
    },
  }),
  enforce('SM-6b', {
    key: '延着または到着しなかった…みなします',
    ja: 'アドレスの誤りや契約者側の不備などで届かないときは、通常届くはずの時に届いたとみなす。',
    en: 'What a wrong address, the environment or a line kept away is deemed to arrive when due.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-8.1'],
    parameters: { mailMinutes: P.mailNormalDelay },
    needs: ['notice'],
    rule: ({ notice }, _figures, { mailMinutes }) =>
      arrivalOf(notice, { mailMinutes, postDays: 0 }, [
        'address_registered_wrongly',
        'address_change_not_notified',
        'holder_environment',
        'line_failure',
      ]),
  }),
]);
