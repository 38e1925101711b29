import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { parametersOf } from '../clause.js';
import { ParameterBook } from '../parameter.js';
import { smSampleBook } from '../samples/sample-book.js';
import { articles01to03Missing } from './articles-01-to-03-missing.js';

const today = CivilDate.from('2026-11-22');

describe('the lost articles', () => {
  test.each([
    ['SM-R1', ['P.sm.customer.kinds', 'P.sm.accounts.max', 'P.sm.transfer.hours']],
    ['SM-R2', ['P.sm.temppw.expiry', 'P.sm.firstUse.deadline']],
    ['SM-R2.7', ['P.sm.factors.matrix']],
    [
      'SM-R3.1',
      [
        'P.sm.transfer.hours',
        'P.sm.transfer.cutoff',
        'P.sm.reservation.horizon',
        'P.sm.reservation.holidayRule',
      ],
    ],
    ['SM-R3.2', ['P.sm.confirm.timeout']],
    ['SM-R3.3', ['P.sm.processing.time']],
    ['SM-R3.4-1', []],
  ] as const)(
    '%s is presumed from surviving clauses, and its open points are parameters',
    (id, ids) => {
      const clause = articles01to03Missing.clause(id);
      expect(clause.presupposedBy.length).toBeGreaterThan(0);
      expect(clause).not.toHaveProperty('key');
      expect(parametersOf(clause).map((one) => one.id)).toEqual(ids);
      for (const parameter of parametersOf(clause)) {
        expect(smSampleBook('2825').read(parameter, today).ok).toBe(true);
        expect(new ParameterBook('2825', []).read(parameter, today)).toMatchObject({
          refusal: { code: 'parameter_unset', clause: parameter.clauses[0] },
        });
      }
    },
  );
});
