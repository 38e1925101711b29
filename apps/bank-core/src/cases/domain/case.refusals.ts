import { liabilityRefusals, type LiabilityCode } from '#libs/liability';
import type { RefusalSentences } from '#libs/kernel';
import { decisionRefusals, type ParameterRefusal } from '#libs/contracts';

/** What the house adds to the libraries' refusals: whether something is there and may be looked at. */
export type HouseRefusal =
  | 'case_unknown'
  | 'transfer_unknown'
  | 'transfer_in_other_case'
  | 'text_changed'
  | 'too_many_probes'
  | 'institution_not_covered';

/** What the contract library says of a finding under SM-13. */
type FindingRefusal = 'record_incomplete' | 'fact_malformed' | 'seal_check_missing';

/** Everything a case can be refused with: the libraries' codes and those of the house. */
export type CaseRefusal = LiabilityCode | FindingRefusal | ParameterRefusal['code'] | HouseRefusal;

export const houseSentences: RefusalSentences<HouseRefusal> = {
  case_unknown: {
    ja: '案件、申出または判断が見つかりません。',
    en: 'There is no such case, claim or decision.',
  },
  transfer_unknown: {
    ja: 'この契約者の口座から、その取引による引落しはありません。',
    en: 'No account of this holder was debited under that name.',
    clause: 'SM-13.1b',
  },
  transfer_in_other_case: {
    ja: 'この取引は別の案件で扱われています。',
    en: 'This transfer is already part of another case.',
    clause: 'RKN-L*',
  },
  text_changed: {
    ja: '承諾しようとした文面が、記録された文面と一致しません。',
    en: 'What was to be accepted is not the text that was recorded.',
    clause: 'RKN-L2b',
  },
  institution_not_covered: {
    ja: 'この金融機関との契約の対象ではありません。',
    en: 'The agreement does not cover this institution.',
    clause: 'RKN-0.2',
  },
  too_many_probes: {
    ja: '試算と再現の回数の上限に達しました。しばらくしてからやり直してください。',
    en: 'Too many trials and replays; try again in a while.',
  },
};

const parameterSentences: RefusalSentences<ParameterRefusal['code']> = {
  parameter_unset: {
    ja: '金融機関の定めるべき値がまだ設定されていません。',
    en: 'The institution has not set the value that this depends on.',
  },
  parameter_malformed: {
    ja: '設定された値が定めの形に合いません。',
    en: 'The stored value does not have the form that it must have.',
  },
};

const { record_incomplete, fact_malformed, seal_check_missing } = decisionRefusals;

export const caseSentences: RefusalSentences<CaseRefusal> = {
  record_incomplete,
  fact_malformed,
  seal_check_missing: { ...seal_check_missing, clause: 'SM-13.5' },
  ...liabilityRefusals,
  ...parameterSentences,
  ...houseSentences,
};
