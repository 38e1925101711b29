import { machineRefusals } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';
import { liabilityRefusals } from '#libs/liability';

/** Of the libraries; the words are theirs. */
type OfLibraries = 'event_ahead_of_clock' | 'facts_contradict' | 'chain_partner_missing';

/** Refusals that are no library's: they concern who tells or reads what, not what a clause allows. */
export type HouseRefusal =
  | 'institution_not_covered'
  | 'incident_unknown'
  | 'incident_reported_before'
  | 'incident_reports_exhausted'
  | 'entry_unknown'
  | 'incident_unread'
  | 'incident_unresolved'
  | 'incident_closed';

export type IncidentRefusal = OfLibraries | HouseRefusal;

const { event_ahead_of_clock } = machineRefusals;
const { facts_contradict, chain_partner_missing } = liabilityRefusals;

export const incidentSentences: RefusalSentences<IncidentRefusal> = {
  event_ahead_of_clock,
  facts_contradict,
  chain_partner_missing,
  institution_not_covered: {
    ja: 'この金融機関との契約の対象ではありません。',
    en: 'The agreement does not cover this institution.',
    clause: 'RKN-0.2',
  },
  incident_unknown: { ja: '事故の報告が見つかりません。', en: 'There is no such incident.' },
  incident_reported_before: {
    ja: '同じ管理番号の事故がすでに報告されています。続報として報告してください。',
    en: 'An incident with this reference has been reported. Tell more of it as a further report.',
  },
  incident_reports_exhausted: {
    ja: 'この事故について受け付けられる続報の件数を超えています。',
    en: 'No more reports are taken for this incident.',
  },
  entry_unknown: {
    ja: 'その記載はまだありません。',
    en: 'There is no such entry yet.',
  },
  incident_unread: {
    ja: 'まだ確認していない報告があります。',
    en: 'Something was reported that has not been acknowledged.',
  },
  incident_unresolved: {
    ja: '電代業者はまだ解決を報告していません。',
    en: 'The intermediary has not reported it as resolved.',
  },
  incident_closed: { ja: 'この事故は終了しています。', en: 'The incident is closed.' },
};
