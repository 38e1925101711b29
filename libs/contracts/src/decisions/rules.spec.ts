import { established, excluded } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NO_RULE, UNDETERMINED } from './decision.js';
import {
  all,
  any,
  ConflictError,
  decideByRules,
  exception,
  is,
  isNot,
  rule,
  type Findings,
} from './rules.js';

const words = { ja: '理由。', en: 'Reason.' };
const full = rule('SM-14.2a').when(is('faultless')).then('full', words);
const part = rule('SM-14.2e')
  .when(all(isNot('faultless'), isNot('gross')))
  .then('part', words);
const riot = exception('SM-14.4-2')
  .to('SM-14.2a', 'SM-14.2e')
  .when(is('riot'))
  .then('nothing', words);
const rules = [full, part, riot];

describe('rules and exceptions', () => {
  test('the exception displaces what it names, and the trace says by which clause', () => {
    const answer = decideByRules(rules, {
      faultless: established('evt_1'),
      gross: excluded(),
      riot: established('evt_2'),
    });
    expect(answer.outcome).toBe('nothing');
    expect(answer.trace.map(({ clause, effect }) => [clause, effect])).toEqual([
      ['SM-14.2a', 'overridden'],
      ['SM-14.2e', 'not_met'],
      ['SM-14.4-2', 'applies'],
    ]);
    expect(answer.trace[0]).toMatchObject({
      overriddenBy: ['SM-14.4-2'],
      facts: [{ name: 'faultless', value: 'yes', evidence: ['evt_1'] }],
    });
  });

  test('an exception to an exception gives the rule back', () => {
    const foreign = exception('SM-13.1b').to('SM-14.4-2').when(is('abroad')).then('again', words);
    const bare = { faultless: excluded(), gross: established(), riot: established() };
    expect(decideByRules([...rules, foreign], { ...bare, abroad: excluded() }).outcome).toBe(
      'nothing',
    );
    expect(decideByRules([...rules, foreign], { ...bare, abroad: established() }).outcome).toBe(
      'again',
    );
  });

  test('where no rule applies the outcome is NO_RULE, which is no refusal', () => {
    const answer = decideByRules(rules, {
      faultless: excluded(),
      gross: established(),
      riot: excluded(),
    });
    expect(answer).toMatchObject({ outcome: NO_RULE, unknown: [] });
  });

  test('two rules without an order between them are an error in the rules', () => {
    const twice = rule('SM-14.1*').when(is('faultless')).then('part', words);
    expect(() => decideByRules([full, twice], { faultless: established() })).toThrow(
      new ConflictError(['SM-14.2a', 'SM-14.1*']),
    );
  });

  test('a fact that is not established is named only if it would decide', () => {
    const undecided = decideByRules(rules, { riot: excluded(), gross: excluded() });
    expect(undecided).toMatchObject({ outcome: UNDETERMINED, unknown: ['faultless'] });
    const settled = decideByRules(rules, { riot: established() });
    expect(settled).toMatchObject({ outcome: 'nothing', unknown: [] });
    expect(settled.trace[0]).toMatchObject({ effect: 'undetermined' });
  });

  test('a rule that is an exception to itself is a bug', () => {
    const loop = exception('SM-14.2a').to('SM-14.2a').when(is('x')).then('never', words);
    expect(() => decideByRules([loop], {})).toThrow('exception to itself');
  });

  test('any holds as soon as one of its parts does, whatever is unknown beside it', () => {
    const either = rule('SM-14.1-3')
      .when(any(is('report'), is('signs')))
      .then('shown', words);
    expect(decideByRules([either], { signs: established() }).outcome).toBe('shown');
    expect(decideByRules([either], { signs: excluded() }).unknown).toEqual(['report']);
  });

  test('property: an outcome that stands with unknown facts stands under every completion', () => {
    const finding = fc.constantFrom('yes', 'no', 'unknown').map((value) => ({
      value: value as 'yes' | 'no' | 'unknown',
      evidence: [],
    }));
    fc.assert(
      fc.property(
        fc.record({ faultless: finding, gross: finding, riot: finding }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        (findings, bits) => {
          const answer = decideByRules(rules, findings);
          const completed: Findings = Object.fromEntries(
            Object.entries(findings).map(([name, { value }], index) => [
              name,
              value === 'unknown'
                ? bits[index]
                  ? established()
                  : excluded()
                : { value, evidence: [] },
            ]),
          );
          if (answer.outcome !== UNDETERMINED) {
            expect(decideByRules(rules, completed).outcome).toBe(answer.outcome);
          } else {
            expect(answer.unknown.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});
