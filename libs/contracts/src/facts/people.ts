import type { Tri, Yen } from '#libs/kernel';
import { fact } from './fact.js';

/** What people supply when a decision is theirs. Source: clauses.md, section 0 (Record). */
export const peopleFacts = {
  grounds: fact<string>('text', '客観的かつ合理的な事由', 'objective and reasonable grounds'),
  evidence: fact<readonly string[]>('list', '証拠', 'evidence'),
  enteredBy: fact<string>('person', '起案者', 'entered by'),
  secondApprover: fact<string>('person', '承認者', 'second approver'),
  decidedAt: fact<number>('instant', '判断した時', 'when it was decided'),
  amountYen: fact<Yen>('yen', '金額', 'amount'),
  reason: fact<string>('text', '理由', 'reason'),
  serviceStopped: fact<boolean>('flag', 'サービス利用の停止', 'the service is stopped'),
  institutionResponsible: fact<Tri>('finding', '組合に責がある', 'the institution is responsible'),
} as const;
