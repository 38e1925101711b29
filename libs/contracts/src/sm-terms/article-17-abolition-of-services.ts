import { article, enforce, inform } from '../clause.js';

/** SM-17: abolition of services. */
export const article17 = article('SM-17', { ja: 'サービスの廃止', en: 'Abolition of services' }, [
  enforce('SM-17.1', {
    key: '事前に通知することなく廃止',
    ja: 'サービスは予告なく廃止されることがある。未処理の依頼は一覧にして人が決める。',
    en: 'A service may be abolished without notice; pending requests of it are put before people.',
    kind: 'power',
    bearer: 'institution',
    needs: ['retiredAt', 'now', 'fixedRequests'],
    rule: ({ retiredAt, now, fixedRequests }) => {
      const isRetired = retiredAt !== undefined && now >= retiredAt;
      const pending = fixedRequests.filter(
        ({ state }) => state === 'reserved' || state === 'fixed',
      );
      return { isRetired, forDecision: isRetired ? pending.map(({ id }) => id) : [] };
    },
  }),
  inform('SM-17.2', {
    key: '廃止するときには、本利用規定を変更',
    ja: 'サービスの廃止に合わせて規定を改めることがある。',
    en: 'The terms may be amended when a service is abolished.',
    kind: 'notice_only',
    bearer: 'institution',
    refers: ['SM-20'],
    shownAt: ['terms page, linked from the version of the terms to the service'],
  }),
]);
