import type { HolderFault } from '#libs/contracts';
import type { Finding } from '#libs/kernel';
import type { CompensationClaim } from '../src/index.js';
import { aClaim, at, aTransfer, finding } from './a-claim.js';
import type { Combination } from './expected-table.js';

const inTime = [aTransfer('t-1', at('2026-03-20'), 100_000n, 330n)];
const tooLate = [aTransfer('t-1', at('2024-03-30'), 100_000n, 330n)];

/** The fact behind each question of the table of article 14; `barred` is a matter of dates. */
export const FACT_OF: Readonly<Record<string, string>> = {
  individual: 'holderIsIndividual',
  prompt: 'promptNotice',
  explained: 'adequateExplanation',
  cooperated: 'cooperation',
  fault: 'holderFault',
  bankFaultless: 'institutionFaultless',
  family: 'relation',
  falseStatement: 'falseStatement',
  disorder: 'graveDisorder',
};

/** The claim that a combination describes; any answer but that of `barred` may be "unknown". */
export function claimOf(one: Combination): CompensationClaim {
  const said = (question: string): Finding => finding(one[question] ?? 'unknown');
  return aClaim({
    holderIsIndividual: said('individual'),
    promptNotice: said('prompt'),
    adequateExplanation: said('explained'),
    cooperation: said('cooperated'),
    holderFault: { value: one['fault'] as HolderFault, evidence: ['ev-fault'] },
    institutionFaultless: said('bankFaultless'),
    relation: {
      value: ({ yes: 'spouse', no: 'stranger' } as const)[one['family'] ?? ''] ?? 'unknown',
      evidence: ['ev-relation'],
    },
    falseStatement: said('falseStatement'),
    graveDisorder: said('disorder'),
    transfers: one['barred'] === 'yes' ? tooLate : inTime,
  });
}
