import type { RefusalSentences } from '#libs/kernel';
import type { RiskSignalRefusal } from './risk-signal.js';

export const riskSignalSentences: RefusalSentences<Exclude<RiskSignalRefusal, 'not_found'>> = {
  observed_in_future: {
    ja: '観測時刻が現在より後になっています。',
    en: 'A signal was observed later than now.',
  },
  too_many_risk_signals: {
    ja: 'この依頼について受け付けられるリスク情報の件数を超えています。',
    en: 'No more risk signals are taken for this transfer.',
  },
};
