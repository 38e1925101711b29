import { article, enforce } from '../clause.js';

/** SM-20: change of the terms. */
export const article20 = article('SM-20', { ja: '規定の変更', en: 'Change of terms' }, [
  enforce('SM-20', {
    key: '任意に変更…変更日以降は変更後の内容',
    ja: '規定は予告なく変わることがあり、変更日からは新しい版による。依頼は確定の時の版に従う。',
    en: 'The terms may change; from its day the new version applies, to a request as it was fixed.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'holder',
    readings: ['INT-16', 'INT-23'],
    needs: ['termsVersions', 'eventDate'],
    rule: ({ termsVersions, eventDate }) => {
      const sorted = [...termsVersions].sort((a, b) => a.effectiveFrom.compare(b.effectiveFrom));
      const inForce = sorted.findLast(({ effectiveFrom }) => !effectiveFrom.isAfter(eventDate));
      const next = sorted.find(({ effectiveFrom }) => effectiveFrom.isAfter(eventDate));
      return { version: inForce?.id, nextVersion: next?.id };
    },
  }),
]);
