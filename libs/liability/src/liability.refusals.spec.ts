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
  'evidence_required',
  'fraud_assessment_required',
  'no_fault_finding_required',
  'payment_exceeds_loss',
  'state_conflict',
];

describe('the sentences of the refusals', () => {
  test('no sentence is unused; that no code is without one is what the types say', () => {
    const unused = Object.keys(liabilityRefusals).filter((code) => !sources.includes(`'${code}'`));
    expect(unused.sort()).toEqual(FORWARDED);
  });

  test('each is a sentence in Japanese and one in English', () => {
    for (const { ja, en } of Object.values(liabilityRefusals)) {
      expect(ja).toMatch(/[ぁ-ん一-龯].*。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});
