import { article, enforce, record } from '../clause.js';
import { noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
import { periodIsOver } from '../conditions/period-is-over.js';
import { rknParameters as P } from './parameters.js';

const duties = [
  enforce('RKN-S1', {
    key: '認証情報等及び利用者情報…契約に従って取り扱う',
    ja: '利用者の情報は、生きている同意の権限と口座の内でのみ、本人のトークンに渡す。',
    en: 'User information passes only within a living consent, its permissions and accounts.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'user',
    refers: ['RKN-D6', 'RKN-D7'],
    parameters: { latency: P.revocationLatency },
    cites: [P.tokenAccess, P.tokenRefresh, P.tokenConsent, P.consentReminders],
    needs: ['consentScope', 'callMade', 'now'],
    rule: ({ consentScope, callMade, now }, _figures, { latency }) => {
      const { permissions, accounts, endedAt } = consentScope;
      const grantDestroyedBy = endedAt === undefined ? undefined : endedAt + latency;
      const answer = (code: 'allowed' | S1Refusal) => ({ code, grantDestroyedBy });
      if (!callMade.boundToCaller) return answer('binding_mismatch');
      if (endedAt !== undefined && now >= endedAt) return answer('consent_revoked');
      if (!permissions.includes(callMade.permission)) return answer('permission_not_granted');
      // An account outside the consent and one that does not exist look the same.
      return answer(accounts.includes(callMade.account) ? 'allowed' : 'not_found');
    },
  }),
  record('RKN-S2', {
    key: '情報漏洩等…当社の費用と責任において',
    ja: '代行業者は、侵入や漏えいを防ぐ対策を自らの費用と責任で行い、証拠を示す。',
    en: 'The intermediary protects against intrusion and leakage at its own cost, with evidence.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'institution',
    refers: ['RKN-S3a'],
    cites: [P.evidenceRetention],
    asks: ['checklistAnswers', 'submissionId'],
  }),
  record('RKN-S3a', {
    key: '提出したセキュリティチェックリストにしたがい',
    ja: '代行業者は、提出した点検表のとおりに安全を保ち、定めた間隔で確かめ直す。',
    en: 'The intermediary keeps to the checklist it submitted and attests to it at set intervals.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'institution',
    parameters: { interval: P.attestationInterval },
    cites: [P.dutyReminders],
    asks: ['submissionId', 'submittedOn', 'checklistAnswers'],
  }),
  record('RKN-S3b', {
    key: '定める基準にしたがったセキュリティを維持',
    ja: '代行業者は金融機関の基準に沿って安全を保ち、新しい基準には期間内に応ずる。',
    en: "Security is kept at the institution's standard; a new one is met within its transition.",
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'institution',
    parameters: { transition: P.standardTransition },
    cites: [P.watchThresholds, P.dutyReminders],
    asks: ['standardVersion', 'standardItems'],
  }),
] as const;

type S1Refusal = 'binding_mismatch' | 'consent_revoked' | 'permission_not_granted' | 'not_found';

const measures = [
  record('RKN-S4a', {
    key: '当社に改善を求めることができ',
    ja: '金融機関は、基準の項目と客観的で合理的な事由を示して改善を求めることができる。',
    en: 'The institution may demand improvement, naming the items and objective grounds.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-S3b'],
    readings: ['INT-12', 'INT-13'],
    parameters: { period: P.s4ReasonablePeriod },
    cites: [P.watchThresholds, P.dutyReminders],
    asks: [
      'standardItems',
      'grounds',
      'evidence',
      'enteredBy',
      'secondApprover',
      'reasonablePeriodDays',
    ],
  }),
  enforce('RKN-S4b', {
    key: '合理的な期間内に改善が十分になされていない',
    ja: '不十分との判断は、合理的な期間が満了した後にだけでき、十分との判断はいつでもできる。',
    en: 'Insufficient is judged only after the reasonable period; sufficient at any time.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-S4a'],
    readings: ['INT-12'],
    cites: [P.s4ReasonablePeriod],
    needs: ['demandArrivedAt', 'demandDueAt', 'assessment', 'assessedAt'],
    rule: ({ demandArrivedAt, demandDueAt, assessment, assessedAt }) => {
      if (assessment === 'sufficient') return 'closed' as const;
      if (demandArrivedAt === undefined) return 'demand_not_arrived' as const;
      return periodIsOver(demandDueAt, assessedAt)
        ? ('insufficient' as const)
        : ('period_not_over' as const);
    },
  }),
  enforce('RKN-S4c', {
    key: '事前に通知した上で…制限又は停止',
    ja: '不十分と判断し、事前の通知が届き予告の時間を経たときに限り、連携を制限または停止できる。',
    en: 'Only after that judgement and a prior notice that arrived may the linkage be stopped.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-S4b', 'RKN-D5'],
    readings: ['INT-11', 'INT-13', 'INT-17', 'INT-21'],
    parameters: { leadHours: P.s4NoticeLead },
    cites: [P.holdMaxDuration],
    needs: ['assessment', 'measureNoticeArrivedAt', 'measureEffectiveAt', 'removedRights'],
    rule: (
      { assessment, measureNoticeArrivedAt, measureEffectiveAt, removedRights },
      _figures,
      { leadHours },
    ) => {
      if (assessment !== 'insufficient') return 'not_judged_insufficient' as const;
      if (!noticeArrivedBefore(measureNoticeArrivedAt, measureEffectiveAt, leadHours)) {
        return 'notice_not_delivered' as const;
      }
      return removedRights.length === 0 ? ('scope_empty' as const) : ('may_stop' as const);
    },
  }),
] as const;

/** RKN-S: 安全管理. The order of S4 is carried by machines/security-review.ts. */
export const informationSecurity = article(
  'RKN-S',
  { ja: '利用者に関する情報の適正な取扱い及び安全管理', en: 'Information security' },
  [...duties, ...measures] as const,
);
