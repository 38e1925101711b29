import { article, enforce, record } from '../clause.js';
import { noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
import { periodIsOver } from '../conditions/period-is-over.js';
import { rknParameters as P } from './parameters.js';

const duties = [
  enforce('RKN-C1a', {
    key: '連鎖接続の方法及び内容に関して契約を締結',
    ja: '連鎖接続先は、代行業者との契約が有効な間、その範囲でのみ呼出しの主体になれる。',
    en: 'A chain partner exists only under a contract in force, and only within its scopes.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'chain_partner',
    refers: ['RKN-D2'],
    readings: ['INT-14'],
    needs: ['partnerContract', 'partnerScopeAsked', 'now'],
    rule: ({ partnerContract, partnerScopeAsked, now }) => {
      const isInForce =
        partnerContract !== undefined &&
        partnerContract.from <= now &&
        (partnerContract.until === undefined || now <= partnerContract.until);
      if (!isInForce) return 'chain_partner_unknown' as const;
      return partnerContract.scopes.includes(partnerScopeAsked)
        ? ('allowed' as const)
        : ('chain_partner_scope' as const);
    },
  }),
  record('RKN-C1b', {
    key: '必要に応じて報告を求め',
    ja: '代行業者は、必要に応じて連鎖接続先に報告を求める。遅れは金融機関に見える。',
    en: 'The intermediary asks the partner for reports as necessary; delay is seen by the bank.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'chain_partner',
    parameters: { interval: P.c1ReportInterval },
    asks: ['partnerReport', 'evidence'],
  }),
  record('RKN-C1c', {
    key: '指導又は改善を行い',
    ja: '代行業者は、必要に応じて連鎖接続先を指導し、改善させる。',
    en: 'The intermediary guides the partner, or brings about improvement, as necessary.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'chain_partner',
    refers: ['RKN-C2a'],
    asks: ['guidanceFinding', 'guidanceInstruction', 'guidanceDue'],
  }),
  record('RKN-C1d', {
    key: 'その結果について金融機関に報告',
    ja: '代行業者は、指導の結果を金融機関に報告する。',
    en: 'The intermediary reports the result to the institution.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'institution',
    refers: ['RKN-C1c'],
    parameters: { period: P.c1ReportToFi },
    asks: ['guidanceOutcome', 'reportedToInstitutionAt'],
  }),
] as const;

const measures = [
  record('RKN-C2a', {
    key: '当該連鎖接続先との連鎖接続の停止を求める',
    ja: '連鎖接続先の不履行か指導の不足を客観的な事由で判断したとき、その停止を求めることができる。',
    en: 'On objective grounds of default or poor guidance, the bank may ask to stop that partner.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-C1a', 'RKN-C1c', 'RKN-C2c'],
    readings: ['INT-12', 'INT-22'],
    parameters: { period: P.c2ReasonablePeriod },
    asks: [
      'chainGround',
      'grounds',
      'evidence',
      'enteredBy',
      'secondApprover',
      'reasonablePeriodDays',
    ],
  }),
  enforce('RKN-C2b', {
    key: '停止しない場合には当社に通知の上で',
    ja: '相当期間に停止されず、通知が届いたときに限り、連携を制限または停止できる。',
    en: 'Only if it is not stopped in the period, and on notice, may the linkage be stopped.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-C2a', 'RKN-D5'],
    readings: ['INT-11', 'INT-12', 'INT-17', 'INT-21', 'INT-22', 'INT-13'],
    parameters: { leadHours: P.c2NoticeLead },
    cites: [P.c2ReasonablePeriod],
    needs: [
      'stopRequestDue',
      'partnerStoppedAt',
      'measureNoticeArrivedAt',
      'measureEffectiveAt',
      'removedRights',
    ],
    rule: (
      {
        stopRequestDue,
        partnerStoppedAt,
        measureNoticeArrivedAt,
        measureEffectiveAt,
        removedRights,
      },
      _figures,
      { leadHours },
    ) => {
      if (partnerStoppedAt !== undefined && partnerStoppedAt <= measureEffectiveAt) {
        return 'partner_already_stopped' as const;
      }
      if (!periodIsOver(stopRequestDue, measureEffectiveAt)) return 'period_not_over' as const;
      if (!noticeArrivedBefore(measureNoticeArrivedAt, measureEffectiveAt, leadHours)) {
        return 'notice_not_delivered' as const;
      }
      return removedRights.length === 0 ? ('scope_empty' as const) : ('may_stop' as const);
    },
  }),
  enforce('RKN-C2c', {
    key: '可能な範囲でその理由を当社に説明',
    ja: '停止を求めるときは、可能な範囲で理由を説明し、できない訳は内部に記録する。',
    en: 'When asking for a stop the reason is explained as far as possible, or recorded why not.',
    kind: 'obligation',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-C2a'],
    needs: ['explanation', 'withheldBecause'],
    rule: ({ explanation, withheldBecause }) => {
      const told = (explanation ?? '').trim();
      if (told !== '') return { code: 'explained' as const, sent: told };
      // Why it is withheld stays inside: only that it is withheld is sent.
      return (withheldBecause ?? '').trim() === ''
        ? { code: 'explanation_required' as const }
        : { code: 'withheld' as const };
    },
  }),
] as const;

/** RKN-C: 連鎖接続. The order of C2 is carried by machines/chain-stop.ts. */
export const chainConnection = article('RKN-C', { ja: '連鎖接続', en: 'Chain connection' }, [
  ...duties,
  ...measures,
] as const);
