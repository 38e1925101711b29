import { article, enforce, inform } from '../clause.js';

/** SM-15: services added later. */
export const article15 = article('SM-15', { ja: 'サービスの追加', en: 'Added services' }, [
  enforce('SM-15.1', {
    key: '新たな申込みなしに…この限りではありません',
    ja: '追加されたサービスは申込みなしに使えるが、指定されたものは申込みを要する。',
    en: 'An added service needs no application, except those designated.',
    kind: 'rule',
    bearer: 'holder',
    needs: ['requiresApplication', 'appliedForService'],
    rule: ({ requiresApplication, appliedForService }) => !requiresApplication || appliedForService,
  }),
  inform('SM-15.2', {
    key: '追加時には、本利用規定を追加・変更',
    ja: 'サービスの追加に合わせて規定を改めることがある。',
    en: 'The terms may be amended when a service is added.',
    kind: 'notice_only',
    bearer: 'institution',
    refers: ['SM-20'],
    shownAt: ['terms page, linked from the version of the terms to the service'],
  }),
]);
