import { describe, expect, test } from '@jest/globals';
import type { Tri } from '#libs/kernel';
import { definitions } from './index.js';

describe('RKN-D the words of the agreement', () => {
  test.each(['RKN-D1a', 'RKN-D1b'] as const)(
    '%s a call that says nothing of the chain is refused',
    (id) => {
      expect(definitions.clause(id).apply({ chainDeclaration: undefined })).toBe(
        'chain_partner_missing',
      );
    },
  );

  test('RKN-D1a/a a partner’s read is chained, whatever part of the data it takes', () => {
    const judge = (chainDeclaration: 'none' | `cp_${string}`) =>
      definitions.clause('RKN-D1a').apply({ chainDeclaration });
    expect([judge('cp_1'), judge('none')]).toEqual([{ isChained: true }, { isChained: false }]);
  });

  test('RKN-D1b/a the id of the partner goes into the record', () => {
    const judge = (chainDeclaration: 'none' | `cp_${string}`) =>
      definitions.clause('RKN-D1b').apply({ chainDeclaration });
    expect(judge('cp_1')).toEqual({ recordedPartner: 'cp_1' });
    expect(judge('none')).toEqual({ recordedPartner: undefined });
  });

  test.each([
    ['banking_act_resubcontractor', true, true],
    ['equivalent_under_another_act', true, true],
    ['technical_subcontractor', true, false],
    ['banking_act_resubcontractor', false, false],
  ] as const)(
    'RKN-D2/a %s, before the intermediary: %s',
    (partnerLegalBasis, standsBeforeEpsp, isChainPartner) => {
      expect(definitions.clause('RKN-D2').apply({ partnerLegalBasis, standsBeforeEpsp })).toEqual({
        isChainPartner,
      });
    },
  );

  test('RKN-D3/a a service is registered with what it does, and doing neither is none', () => {
    const judge = (
      ...serviceActs: ('conveys_instructions' | 'fetches_account_information' | 'neither')[]
    ) => definitions.clause('RKN-D3').apply({ serviceActs });
    expect(judge('conveys_instructions', 'neither')).toEqual({
      isService: true,
      types: ['conveys_instructions'],
    });
    expect(judge('neither').isService).toBe(false);
  });

  test('RKN-D4/a what is not in the catalogue cannot be granted', () => {
    const judge = (functionAsked: string) =>
      definitions
        .clause('RKN-D4')
        .apply({ functionAsked, functionCatalogue: ['accounts_read', 'balances_read'] });
    expect(judge('balances_read')).toBe('offered');
    expect(judge('transfer_initiation')).toBe('function_not_offered');
  });

  test('RKN-D5/a the state belongs to institution, intermediary, partner and function', () => {
    const key = (traffic: 'direct' | 'cp_1', institution = '2963') =>
      definitions.clause('RKN-D5').apply({
        linkParts: { institution, epsp: 'epsp_1', traffic, right: 'balances_read' },
      });
    const keys = [key('direct'), key('cp_1'), key('direct', '2951')];
    expect(new Set(keys).size).toBe(3);
  });

  const values: Tri[] = ['yes', 'no', 'unknown'];
  test('RKN-D6 of the 81 combinations exactly one admits; an exclusion decides over a doubt', () => {
    const answers: Record<Tri, number> = { yes: 0, no: 0, unknown: 0 };
    for (const consentedToService of values)
      for (const consentedToFunction of values)
        for (const admittedByEpsp of values)
          for (const admittedByInstitution of values) {
            answers[
              definitions.clause('RKN-D6').apply({
                consentedToService,
                consentedToFunction,
                admittedByEpsp,
                admittedByInstitution,
              })
            ] += 1;
          }
    expect(answers).toEqual({ yes: 1, no: 65, unknown: 15 });
  });

  test.each([
    ['institution_through_function', true, true],
    ['institution_through_function', false, false],
    ['user_directly', true, false],
    ['elsewhere', true, false],
  ] as const)('RKN-D7/a %s, on instruction %s', (provenance, onUsersInstruction, expected) => {
    expect(
      definitions.clause('RKN-D7').apply({ provenance, onUsersInstruction }).isUserInformation,
    ).toBe(expected);
  });
});
