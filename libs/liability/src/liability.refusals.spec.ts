import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { liabilityRefusals } from './liability.refusals.js';

const root = new URL('../../../../libs/liability/src/', import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/(\.spec|\.refusals)\.ts$/.test(path))
  .map((path) => readFileSync(new URL(path, root), 'utf8'))
  .join('\n');

/** Codes with which the clauses' own decisions refuse; they pass through with their field. */
const FORWARDED = [
  'award_out_of_bounds',
  'no_fault_finding_required',
  'evidence_required',
  'state_conflict',
  'agreement_clause_required',
  'fraud_assessment_required',
  'payment_exceeds_loss',
  'amount_exceeds_paid',
  'not_yet_compensated',
  'amount_negative',
];

describe('the sentences of the refusals', () => {
  test('every code that is refused with has its sentences, and no sentence is unused', () => {
    const calls = sources.matchAll(/\b(?:refused|refusedAt|amount)\(\s*'([a-z_]+)'/g);
    const chosen = sources.matchAll(/'(claim_exceeds_(?:agreed|room))'/g);
    const used = new Set([...[...calls, ...chosen].map(([, code]) => code), ...FORWARDED]);
    expect([...used].sort()).toEqual(Object.keys(liabilityRefusals).sort());
  });

  test('each is a sentence in Japanese and one in English', () => {
    for (const { ja, en } of Object.values(liabilityRefusals)) {
      expect(ja).toMatch(/[ぁ-ん一-龯].*。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});
