import { expect, test } from '@jest/globals';
import { liabilityRefusals } from '#libs/liability';
import { caseStatuses } from '../http/case.problems.js';
import { caseSentences, houseSentences } from './case.refusals.js';

/** Whether something is there, may be looked at, or is already elsewhere: no clause is decided by these. */
const HOUSE = [
  'case_unknown',
  'institution_not_covered',
  'text_changed',
  'too_many_probes',
  'transfer_in_other_case',
  'transfer_unknown',
];
const OF_FINDINGS = ['fact_malformed', 'record_incomplete', 'seal_check_missing'];
const OF_PARAMETERS = ['parameter_malformed', 'parameter_unset'];

test('no refusal of the room but those of the libraries and six of the house', () => {
  expect(Object.keys(houseSentences).sort()).toEqual(HOUSE);
  const named = [...Object.keys(liabilityRefusals), ...OF_FINDINGS, ...OF_PARAMETERS, ...HOUSE];
  expect(Object.keys(caseSentences).sort()).toEqual([...new Set(named)].sort());
});

test('every refusal has its status', () => {
  expect(Object.keys(caseStatuses).sort()).toEqual(Object.keys(caseSentences).sort());
});
