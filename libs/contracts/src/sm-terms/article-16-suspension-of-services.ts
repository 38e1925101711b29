import { article, enforce } from '../clause.js';
import { smParameters as P } from './parameters.js';

/** SM-16: suspension of services for maintenance, safety or other need. */
export const article16 = article('SM-16', { ja: 'サービスの休止', en: 'Suspension of services' }, [
  enforce('SM-16a', {
    key: 'システムの維持、安全性の維持…休止',
    ja: '維持や安全などの必要があれば、サービスの一部または全部を期間を定めて休止できる。',
    en: 'One service or all may be suspended for maintenance, safety or other need.',
    kind: 'power',
    bearer: 'institution',
    refers: ['SM-5.4-1'],
    readings: ['INT-13'],
    cites: [P.reservationMissed],
    needs: ['maintenanceWindow', 'service', 'now'],
    rule: ({ maintenanceWindow: window, service, now }) => {
      const isMeant = window.service === 'all' || window.service === service;
      const isInside = isMeant && window.from <= now && now < window.until;
      return { isSuspended: isInside, until: isInside ? window.until : undefined };
    },
  }),
  enforce('SM-16b', {
    key: '電子メール、当組合ホームページ…通知',
    ja: '休止の時期と内容は先に知らせる。緊急のときは始まるまでに知らせる。',
    en: 'Time and content are announced before it begins; if urgent, at its start.',
    kind: 'obligation',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-6a'],
    needs: ['maintenanceWindow'],
    rule: ({ maintenanceWindow: { announcedAt, from, urgent } }) => {
      if (announcedAt === undefined)
        return urgent ? ('announce_at_start' as const) : ('notice_missing' as const);
      const isInTime = urgent ? announcedAt <= from : announcedAt < from;
      return isInTime ? ('announced' as const) : ('notice_missing' as const);
    },
  }),
]);
