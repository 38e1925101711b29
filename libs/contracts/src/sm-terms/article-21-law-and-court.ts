import { article, inform } from '../clause.js';

/** SM-21: governing law and court. */
export const article21 = article('SM-21', { ja: '準拠法・合意管轄', en: 'Law and court' }, [
  inform('SM-21', {
    key: '日本国法…本店の所在地を管轄する裁判所',
    ja: '日本の法律により、組合の本店の地の裁判所を管轄とする。',
    en: 'Japanese law governs, and the court at the seat of the head office has jurisdiction.',
    kind: 'definition',
    bearer: 'both',
    shownAt: ['terms page'],
  }),
]);
