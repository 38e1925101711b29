import { CivilDate, lengthInDays, maxYen, minYen, periodAfter, sumYen } from '#libs/kernel';
import { triAnd, triOf, triOr, unionOf, years, type Tri } from '#libs/kernel';
import { article, enforce, record } from '../clause.js';
import type { Relation } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

const CLOSE: readonly Relation[] = [
  'spouse',
  'family_within_second_degree',
  'cohabiting_relative',
  'other_cohabitant',
  'domestic_staff',
];

const conditions = [
  record('SM-14.1-1', {
    key: '気づいてからすみやかに、当組合への通知',
    ja: '気づいてから速やかな通知を要する。速やかかは、経過した時間を見て人が判断する。',
    en: 'Prompt notice after noticing is required; a person judges it, seeing the time elapsed.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-9.4'],
    readings: ['INT-12', 'INT-26', 'INT-18'],
    asks: ['noticedAt', 'notifiedAt', 'promptNotice', 'grounds'],
  }),
  record('SM-14.1-2', {
    key: '調査に対し…十分な説明',
    ja: '調査に対する十分な説明を要し、十分かは人が判断する。',
    en: 'Adequate explanation to the investigation is required; a person judges it.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    asks: ['adequateExplanation', 'grounds'],
  }),
  enforce('SM-14.1-3', {
    key: '被害届…推測できる事実…調査に協力',
    ja: '調査への協力と、被害届または盗難を推測させる他の資料を要する。',
    en: 'Co-operation is required, with a police report or other signs of the theft.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    readings: ['INT-20'],
    needs: ['cooperation', 'policeReport', 'otherTheftEvidence', 'policeReportRequired'],
    rule: ({ cooperation, policeReport, otherTheftEvidence, policeReportRequired }): Tri => {
      const report = triOf((policeReport ?? '').trim() !== '');
      const signs = triOf(!policeReportRequired && otherTheftEvidence.length > 0);
      return triAnd(cooperation, triOr(report, signs));
    },
  }),
  enforce('SM-14.1*', {
    key: '次の各号のすべてに該当する場合',
    ja: '三つの条件のすべてを満たすときに限り、補てんを申し出られる。',
    en: 'A claim stands only if all of the three conditions are met.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-14.1-1', 'SM-14.1-2', 'SM-14.1-3', 'SM-14.2d'],
    needs: ['promptNotice', 'adequateExplanation', 'theftSupported'],
    rule: ({ promptNotice, adequateExplanation, theftSupported }) =>
      triAnd(promptNotice, adequateExplanation, theftSupported),
  }),
] as const;

const coverage = [
  enforce('SM-14.2a', {
    key: '無過失である場合…補てんするものとします',
    ja: '契約者が無過失なら、組合は補てん対象額の全額を補てんする。',
    en: 'If the holder is without fault, the whole covered amount is compensated.',
    kind: 'obligation',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-14.1*'],
    readings: ['INT-05', 'INT-16'],
    needs: ['holderFault'],
    rule: ({ holderFault }): Tri =>
      holderFault === 'unknown' ? 'unknown' : triOf(holderFault === 'none'),
  }),
  enforce('SM-14.2b', {
    key: '30日…前の日以降',
    ja: '通知を受けた日から30日さかのぼった日以後の被害だけが対象になる。',
    en: 'Only misuse on or after the day 30 days before the notice is covered.',
    kind: 'rule',
    bearer: 'institution',
    readings: ['INT-02', 'INT-26'],
    figures: { lookBackDays: 30 },
    needs: ['noticeDate'],
    rule: ({ noticeDate }, { lookBackDays }) => noticeDate.minusDays(lookBackDays),
  }),
  enforce('SM-14.2c', {
    key: '証明した場合は…継続している期間を加えた日数',
    ja: '通知できない事情が証明されれば、続いた日数を30日に加える。重なる日は一度だけ数える。',
    en: 'Proven impediments add their days to the 30; a day that overlaps counts once.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-14.2b', 'SM-14.3'],
    readings: ['INT-02'],
    figures: { lookBackDays: 30 },
    parameters: { endDays: P.impedimentEndDays },
    needs: ['noticeDate', 'provenImpediments'],
    rule: ({ noticeDate, provenImpediments }, { lookBackDays }, { endDays }) => {
      const union = unionOf(provenImpediments);
      const counted = union.reduce((sum, period) => sum + lengthInDays(period), 0);
      const addedDays = endDays === 'both' ? counted : counted - union.length;
      return { addedDays, coveredFrom: noticeDate.minusDays(lookBackDays + addedDays) };
    },
  }),
  enforce('SM-14.2d', {
    key: '損害（取引金額、手数料および利息）の額',
    ja: '補てん対象額は、対象期間の取引ごとの金額・手数料・利息の合計である。',
    en: 'The covered amount is the sum of amount, fee and interest of each covered transaction.',
    kind: 'definition',
    bearer: 'institution',
    readings: ['INT-19'],
    cites: [P.interestRule],
    needs: ['wrongfulTransfers', 'coveredFrom'],
    rule: ({ wrongfulTransfers, coveredFrom }) => {
      const covered = wrongfulTransfers.filter(
        ({ happenedAt }) => !CivilDate.inTokyo(happenedAt).isBefore(coveredFrom),
      );
      const lines = covered.map(({ id, amount, fee, interest }) => ({
        id,
        yen: amount + fee + interest,
      }));
      return { lines, coveredYen: sumYen(lines.map(({ yen }) => yen)) };
    },
  }),
  record('SM-14.2e', {
    key: '故意または重大な過失がない場合…一部',
    ja: '落ち度があっても重過失や故意でなければ、組合は被害の一部を負担できる。',
    en: 'A careless holder, short of gross negligence, may be compensated in part.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'holder',
    readings: ['INT-05', 'INT-06'],
    asks: ['holderFault', 'grounds', 'amountYen', 'enteredBy', 'secondApprover'],
  }),
  enforce('SM-14.3', {
    key: '2年を経過する日後…適用されない',
    ja: '盗難の日（不明なら最初の不正の日）から2年を過ぎた通知には補てんの定めを適用しない。',
    en: 'Notice later than 2 years after the theft, or the first misuse if unknown, is too late.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-14.1-1'],
    overrides: ['SM-14.1*', 'SM-14.2a', 'SM-14.2e'],
    readings: ['INT-01', 'INT-03'],
    figures: { barYears: 2 },
    cites: [P.deskHours],
    needs: ['theftDate', 'firstMisuseDate', 'noticeDate'],
    rule: ({ theftDate, firstMisuseDate, noticeDate }, { barYears }) => {
      const start = theftDate ?? firstMisuseDate;
      const { lastDay } = periodAfter(start, years(barYears));
      const startedBy = theftDate ? ('theft' as const) : ('first_misuse' as const);
      return { startedBy, start, lastDay, isBarred: noticeDate.isAfter(lastDay) };
    },
  }),
] as const;

const exclusions = [
  enforce('SM-14.4-1-0', {
    key: '善意かつ無過失であり、かつ、次のいずれか',
    ja: '組合が善意で無過失と認められ、かつ三つの事由のいずれかがあるときは補てんしない。',
    en: 'No compensation where the institution is faultless and one of three grounds holds.',
    kind: 'rule',
    bearer: 'institution',
    overrides: ['SM-14.2a', 'SM-14.2e'],
    refers: ['SM-14.4-1-1', 'SM-14.4-1-2', 'SM-14.4-1-3'],
    readings: ['INT-04'],
    needs: ['institutionGoodFaith', 'institutionFaultless', 'anyOfThree'],
    rule: ({ institutionGoodFaith, institutionFaultless, anyOfThree }) =>
      triAnd(institutionGoodFaith, institutionFaultless, anyOfThree),
  }),
  enforce('SM-14.4-1-1', {
    key: '①…契約者の重大な過失',
    ja: '第一の事由は契約者の重大な過失であり、人が理由を付して認定する。',
    en: 'The first ground is gross negligence of the holder, found by people with reasons.',
    kind: 'rule',
    bearer: 'holder',
    readings: ['INT-04', 'INT-05'],
    needs: ['holderFault'],
    rule: ({ holderFault }): Tri =>
      holderFault === 'unknown' ? 'unknown' : triOf(holderFault === 'gross'),
  }),
  enforce('SM-14.4-1-2', {
    key: '②…配偶者、二親等内の家族…家事使用人',
    ja: '第二の事由は、近い家族、同居の人または家事使用人が行ったことである。',
    en: 'The second ground: close family, a cohabitant or domestic staff did it.',
    kind: 'rule',
    bearer: 'holder',
    readings: ['INT-04'],
    needs: ['relation'],
    rule: ({ relation }): Tri =>
      relation === 'unknown' ? 'unknown' : triOf(CLOSE.includes(relation)),
  }),
  record('SM-14.4-1-3', {
    key: '③…重要な事項について偽りの説明',
    ja: '第三の事由は重要な点の偽りの説明であり、人が証拠で認定する。',
    en: 'The third ground is a false statement on an important point, found on evidence.',
    kind: 'rule',
    bearer: 'holder',
    readings: ['INT-04'],
    asks: ['falseStatement', 'evidence', 'grounds'],
  }),
  enforce('SM-14.4-2', {
    key: '戦争、暴動等による著しい…混乱',
    ja: '戦争や暴動の混乱に乗じた盗難は、組合の過失を問わず補てんしない。',
    en: 'A theft in grave disorder by war or riot is not compensated, whoever is at fault.',
    kind: 'rule',
    bearer: 'institution',
    overrides: ['SM-14.2a', 'SM-14.2e'],
    readings: ['INT-04'],
    needs: ['graveDisorder'],
    rule: ({ graveDisorder }) => graveDisorder,
  }),
] as const;

const afterwards = [
  enforce('SM-14.5a', {
    key: '払戻しを行っている場合…限度において',
    ja: 'すでに払い戻した額の限度では補てんしない。',
    en: 'To the extent the deposit was already repaid, nothing is compensated.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-14.2a', 'SM-14.2e'],
    readings: ['INT-07'],
    needs: ['awardYen', 'repaidYen'],
    rule: ({ awardYen, repaidYen }) => maxYen(awardYen - repaidYen, 0n),
  }),
  enforce('SM-14.5b', {
    key: '損害賠償または不当利得返還を受けた場合',
    ja: '行為者から受けた額の限度でも補てんしない。結果は零を下回らない。',
    en: 'Likewise for what was received from the wrongdoer; the result is never negative.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-14.5a'],
    readings: ['INT-07'],
    needs: ['awardYen', 'repaidYen', 'recoveredYen'],
    rule: ({ awardYen, repaidYen, recoveredYen }) =>
      maxYen(awardYen - repaidYen - recoveredYen, 0n),
  }),
  enforce('SM-14.6', {
    key: '対象預金に関する権利は消滅',
    ja: '補てんした額の限度で契約者の預金の権利は消え、後に戻る資金はまず組合のものとなる。',
    en: 'To the amount paid the right to the deposit lapses; what returns later is not paid twice.',
    kind: 'rule',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-14.2a', 'SM-14.2e'],
    readings: ['INT-08'],
    needs: ['paidYen', 'laterRefundYen'],
    rule: ({ paidYen, laterRefundYen }) => {
      const toInstitution = minYen(paidYen, laterRefundYen);
      return { toInstitution, toHolder: laterRefundYen - toInstitution };
    },
  }),
  enforce('SM-14.7', {
    key: '損害賠償請求権…返還請求権を取得',
    ja: '補てんした額の限度で、組合は契約者の請求権を取得する。それを超える回収は契約者に渡す。',
    en: 'To the amount paid the claims of the holder pass over; a surplus recovered is the holder’s.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-14.2a', 'SM-14.2e'],
    readings: ['INT-08'],
    needs: ['paidYen', 'recoveredYen'],
    rule: ({ paidYen, recoveredYen }) => ({
      claimYen: paidYen,
      toInstitution: minYen(paidYen, recoveredYen),
      surplusToHolder: maxYen(recoveredYen - paidYen, 0n),
    }),
  }),
] as const;

/** SM-14: misuse of stolen passwords. Days are computed; fault is found by people. */
export const article14 = article(
  'SM-14',
  { ja: '盗取されたパスワード等による不正利用等', en: 'Misuse of stolen passwords' },
  [...conditions, ...coverage, ...exclusions, ...afterwards],
);
