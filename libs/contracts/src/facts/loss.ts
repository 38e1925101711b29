import type { Instant, Yen } from '#libs/kernel';
import { fact } from './fact.js';

/** What kind of loss a case is about. Source: RKN-L1a. */
export type LossCategory = 'fraud' | 'outage' | 'wrong_data' | 'leak' | 'other';

/** What a payment and a claim did to one case, as far as the section bounds them. Source: RKN-L*. */
export interface CaseSums {
  readonly lossYen: Yen;
  readonly paidToUserYen: Yen;
  readonly recoveredYen: Yen;
}

export const lossFacts = {
  lossKnownAt: fact<Instant>('instant', '損害を知った時刻', 'when the loss was known'),
  lossCategory: fact<LossCategory>('choice', '損害の種類', 'category of the loss'),
  lossCause: fact<string>('text', '損害の原因', 'cause of the loss'),
  serviceAgreementClause: fact<string>(
    'text',
    '本サービスに係る契約の条項',
    'clause of the service agreement',
  ),
  serviceAgreementVersion: fact<string>('text', 'その版', 'its version'),
  policyAssessment: fact<string>('text', '申し合わせに沿った判断', 'assessment under the policy'),
  paidToUserYen: fact<Yen>('yen', '利用者に支払った額', 'paid to the user'),
  claimYen: fact<Yen>('yen', '求償する額', 'amount claimed'),
  agreedYen: fact<Yen>('yen', '合意した額', 'amount agreed'),
  attribution: fact<string>('choice', '責任の帰属', 'attribution'),
  consultationMinutes: fact<string>('text', '協議の記録', 'minutes of the consultation'),
  acceptedByBoth: fact<readonly [string, string]>('list', '双方の承諾', 'acceptance of both'),
  unavoidableGrounds: fact<string>(
    'text',
    'やむを得ないと判断した事由',
    'why payment was unavoidable',
  ),
  caseSums: fact<CaseSums>('thing', '事案の金額', 'sums of the case'),
  newPaymentYen: fact<Yen>('yen', '新たな支払', 'new payment'),
  newRecoveryYen: fact<Yen>('yen', '新たな回収', 'new recovery'),
} as const;
