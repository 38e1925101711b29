import type { DutyRule } from '../step.js';
import type { ChainFacts, ChainName } from './facts.js';

const of = (
  who: DutyRule<ChainFacts>['who'],
  clause: string,
  ja: string,
  en: string,
  more: Pick<DutyRule<ChainFacts>, 'by' | 'when'> = {},
): DutyRule<ChainFacts> => ({ who, clause, what: { ja, en }, ...more });

const watch = of(
  'epsp',
  'RKN-C1b',
  '必要に応じて連鎖接続先に報告を求め、指導する。',
  'Ask the partner for reports and guide it as necessary.',
);
const remedy = [
  of(
    'epsp',
    'RKN-C2b',
    '連鎖接続を停止し、金融機関に報告する。',
    'Stop the chain connection and report to the institution.',
    { when: ({ partnerStoppedAt }) => partnerStoppedAt === undefined },
  ),
  of(
    'institution',
    'RKN-C2b',
    '停止されたので措置を解く。',
    'Lift the measure, since the partner was stopped.',
    { when: ({ partnerStoppedAt }) => partnerStoppedAt !== undefined },
  ),
];

/** Who must do what while the matter of a chain partner waits in a state. */
export const chainDuties: Partial<Record<ChainName, readonly DutyRule<ChainFacts>[]>> = {
  NOT_CONTRACTED: [
    of(
      'epsp',
      'RKN-C1a',
      '連鎖接続先と契約を結び、届け出る。',
      'Contract with the partner and file the contract.',
    ),
  ],
  CONTRACTED: [watch],
  REPORTED_TO_FI: [watch],
  RESUMED: [watch],
  REPORT_DUE: [
    of('chain_partner', 'RKN-C1b', '求められた報告をする。', 'Make the report asked for.', {
      by: 'partner_report',
    }),
  ],
  GUIDED: [
    of('epsp', 'RKN-C1c', '指導の結果を確かめる。', 'Establish the outcome of the guidance.', {
      by: 'guidance',
    }),
  ],
  IMPROVED: [
    of('epsp', 'RKN-C1d', '結果を金融機関に報告する。', 'Report the result to the institution.', {
      by: 'report_to_institution',
    }),
  ],
  STOP_DEMANDED: [
    of('epsp', 'RKN-C2a', '期間内に連鎖接続を停止する。', 'Stop the partner within the period.', {
      by: 'stop',
    }),
  ],
  PARTNER_STOPPED: [
    of(
      'epsp',
      'RKN-C1c',
      '再開を望むときは改善の結果を報告する。',
      'Report the improvement before the partner is to resume.',
    ),
  ],
  OVERDUE: [
    of(
      'institution',
      'RKN-C2b',
      '措置をとるなら通知する。',
      'Give notice of any measure, or withdraw the request.',
    ),
  ],
  NOTICED: [
    of(
      'institution',
      'RKN-C2b',
      '通知の到達と予告の時間を待って措置を決める。',
      'Wait for arrival and lead, then decide on the measure.',
      { by: 'notice_lead' },
    ),
  ],
  LINK_RESTRICTED: remedy,
  LINK_SUSPENDED: remedy,
};
