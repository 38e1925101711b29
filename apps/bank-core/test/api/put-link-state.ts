import { changeLink } from '../../src/links/index.js';
import type { BankCoreUnderTest } from './bank-core-under-test.js';

/** As a stop does, without its procedure: all functions of one link, committed under the exclusive lock. */
export const putLinkState = (
  bank: BankCoreUnderTest,
  institutionId: number,
  state: {
    readonly epspId: string;
    readonly chainPartnerId: string;
    readonly state: 'suspended' | 'active' | 'terminated';
  },
) =>
  bank.database.inInstitution(institutionId, (tx) =>
    changeLink(tx, institutionId, 0, ({ put }) =>
      put({
        ...state,
        function: '*',
        clause: 'RKN-S4c',
        since: 0,
        until: undefined,
        basis: 'a test',
        measureId: 'msr_of_a_test',
      }),
    ),
  );
