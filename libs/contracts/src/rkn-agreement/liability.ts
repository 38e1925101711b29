import { article, enforce, record } from '../clause.js';
import { rknParameters as P } from './parameters.js';

/** RKN-L1: cause and compensation of the user. Fault and amounts are found by people. */
const towardsUser = [
  record('RKN-L1a', {
    key: '速やかにその原因を究明',
    ja: '本サービスに関して利用者に損害が生じたら、代行業者は速やかに原因を究明する。',
    en: 'When a user suffers loss in relation to the service, the intermediary finds its cause.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'user',
    readings: ['INT-12'],
    parameters: { target: P.causeTarget },
    asks: ['lossKnownAt', 'lossCategory', 'lossCause', 'evidence'],
  }),
  record('RKN-L1b', {
    key: '契約に従い、利用者に生じた損害を賠償又は補償',
    ja: '代行業者は、利用者との契約の条項に従って損害を賠償し、または補償する。',
    en: 'The intermediary compensates the user under a clause of its service agreement.',
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'user',
    refers: ['RKN-L1a'],
    readings: ['INT-16'],
    asks: ['serviceAgreementClause', 'serviceAgreementVersion', 'amountYen', 'evidence'],
  }),
  record('RKN-L1c', {
    key: '賠償又は補償が不要となる場合を除き',
    ja: '利用者との契約が免ずるときは補償しない。不正払戻しでは免責だけでは足りない。',
    en: 'No compensation where the service agreement exempts; for fraud an exemption is not enough.',
    kind: 'rule',
    bearer: 'epsp',
    counterparty: 'user',
    refers: ['RKN-L1b', 'RKN-L1d'],
    readings: ['INT-16'],
    asks: ['serviceAgreementClause', 'serviceAgreementVersion', 'lossCategory', 'grounds'],
  }),
  record('RKN-L1d', {
    key: '申し合わせにおける補償の考え方に基づき',
    ja: '不正な払戻しによる損害は、労働金庫の申し合わせの考え方に沿って補償する。',
    en: "Unauthorised withdrawals are compensated by the approach of the labour banks' agreement.",
    kind: 'obligation',
    bearer: 'epsp',
    counterparty: 'user',
    overrides: ['RKN-L1c'],
    refers: ['RKN-L1b'],
    readings: ['INT-16', 'INT-20'],
    parameters: { policy: P.fraudPolicy },
    asks: ['policyAssessment', 'noticeDate', 'grounds', 'evidence', 'secondApprover', 'enteredBy'],
  }),
] as const;

/** RKN-L2 and L3: what the intermediary may recover from an institution. */
const byIntermediary = [
  record('RKN-L2a', {
    key: '専ら金融機関の責め',
    ja: '補償した代行業者は、専ら金融機関の責めなら、支払った額まで求償できる。',
    en: 'Having compensated, the intermediary may recover what it paid if only the bank is at fault.',
    kind: 'power',
    bearer: 'epsp',
    counterparty: 'institution',
    refers: ['RKN-L1b', 'RKN-L1d'],
    readings: ['INT-08', 'INT-10', 'INT-14', 'INT-15'],
    parameters: { primaFacie: P.primaFacie },
    asks: ['paidToUserYen', 'attribution', 'evidence', 'claimYen'],
  }),
  record('RKN-L2b', {
    key: '双方の責め…金融機関と合意した額',
    ja: '双方の責めなら、その大きさを考えて協議し、金融機関と合意した額を求償できる。',
    en: 'Where both are at fault it may recover the amount agreed after weighing the faults.',
    kind: 'power',
    bearer: 'epsp',
    counterparty: 'institution',
    refers: ['RKN-L1b', 'RKN-L1d'],
    readings: ['INT-08', 'INT-10', 'INT-14', 'INT-15'],
    parameters: { primaFacie: P.primaFacie },
    asks: ['paidToUserYen', 'attribution', 'consultationMinutes', 'agreedYen', 'acceptedByBoth'],
  }),
  record('RKN-L3', {
    key: '当社が上記１…いずれの責めにも帰すことが',
    ja: 'いずれの責めでもないか、明らかでないときは、負担について誠実に協議する。',
    en: 'Where neither is at fault or it is unclear, both consult in good faith on the burden.',
    kind: 'procedure',
    bearer: 'both',
    refers: ['RKN-L1b', 'RKN-L1d'],
    readings: ['INT-10', 'INT-14'],
    asks: ['paidToUserYen', 'attribution', 'consultationMinutes'],
  }),
] as const;

/** RKN-L4: the mirror, behind one of two gates. */
const byInstitution = [
  record('RKN-L4-0a', {
    key: '本労働金庫機能若しくは本労働金庫機能連携',
    ja: '金融機関は、本労働金庫機能か連携に関する損害を補償したとき、求償の途に入れる。',
    en: 'Gate A: the bank compensated a loss from the Rokin function or its linkage.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'epsp',
    readings: ['INT-09', 'INT-10', 'INT-15'],
    asks: ['paidToUserYen', 'evidence'],
  }),
  record('RKN-L4-0b', {
    key: 'やむを得ないと客観的かつ合理的な事由により',
    ja: '本サービスの損害でも、やむを得ないと判断した事由を記録していれば求償の途に入れる。',
    en: 'Gate B: a loss from the service, where payment was unavoidable on recorded grounds.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'epsp',
    readings: ['INT-09', 'INT-10', 'INT-15'],
    asks: ['paidToUserYen', 'unavoidableGrounds', 'evidence', 'enteredBy', 'secondApprover'],
  }),
  record('RKN-L4-1', {
    key: '(1) 当該損害が専ら当社の責め',
    ja: '専ら代行業者の責めなら、金融機関は支払った額まで求償できる。',
    en: 'If only the intermediary is at fault, the bank may recover what it paid.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-L4-0a', 'RKN-L4-0b'],
    readings: ['INT-08', 'INT-10', 'INT-14', 'INT-15'],
    parameters: { primaFacie: P.primaFacie },
    asks: ['paidToUserYen', 'attribution', 'evidence', 'claimYen'],
  }),
  record('RKN-L4-2', {
    key: '(2) …双方の責め…当社と合意した額',
    ja: '双方の責めなら、金融機関は代行業者と合意した額を求償できる。',
    en: 'If both are at fault, the bank may recover the amount agreed with the intermediary.',
    kind: 'power',
    bearer: 'institution',
    counterparty: 'epsp',
    refers: ['RKN-L4-0a', 'RKN-L4-0b'],
    readings: ['INT-08', 'INT-10', 'INT-14', 'INT-15'],
    parameters: { primaFacie: P.primaFacie },
    asks: ['paidToUserYen', 'attribution', 'consultationMinutes', 'agreedYen', 'acceptedByBoth'],
  }),
  record('RKN-L4-3', {
    key: '(3) …明らかではないとき',
    ja: 'いずれの責めでもないか、明らかでないときは、ここでも誠実に協議する。',
    en: 'If neither is at fault or it is unclear, here too both consult in good faith.',
    kind: 'procedure',
    bearer: 'both',
    refers: ['RKN-L4-0a', 'RKN-L4-0b'],
    readings: ['INT-10', 'INT-14'],
    asks: ['paidToUserYen', 'attribution', 'consultationMinutes'],
  }),
  enforce('RKN-L*', {
    key: '賠償責任の分担に関する事項',
    ja: '回収の合計は利用者への支払を超えず、支払は損害を超えず、同じ損害に二度払わない。',
    en: 'What is recovered never exceeds what was paid, nor payment the loss; none is paid twice.',
    kind: 'rule',
    bearer: 'both',
    readings: ['INT-08'],
    needs: ['caseSums', 'newPaymentYen', 'newRecoveryYen'],
    rule: ({ caseSums, newPaymentYen, newRecoveryYen }) => {
      const { lossYen, paidToUserYen, recoveredYen } = caseSums;
      const paid = paidToUserYen + newPaymentYen;
      const recovered = recoveredYen + newRecoveryYen;
      if (newPaymentYen < 0n || newRecoveryYen < 0n) return 'amount_negative' as const;
      if (newRecoveryYen > 0n && paid === 0n) return 'not_yet_compensated' as const;
      if (paid > lossYen) return 'payment_exceeds_loss' as const;
      return recovered > paid ? ('amount_exceeds_paid' as const) : ('within_bounds' as const);
    },
  }),
] as const;

/** RKN-L: 賠償責任の分担. The amounts of recourse are computed in libs/liability. */
export const liability = article('RKN-L', { ja: '賠償責任の分担', en: 'Sharing of liability' }, [
  ...towardsUser,
  ...byIntermediary,
  ...byInstitution,
] as const);
