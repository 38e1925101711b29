import { expect, test } from '@jest/globals';
import { OWN_SCOPES, USER_SCOPES } from '../../clients/index.js';
import type { ConsentGrant, LiveToken } from '../../grants/index.js';
import type { AccessFacts, AccessOperation } from './access.js';
import { grantCovers } from './checks/grant-covers.js';
import { scopesOf } from './scopes-of.js';

const NOW = 1_800_000_000_000;

const granted = (kind: ConsentGrant['kind']): ConsentGrant => ({
  grantId: 'g',
  kind,
  bankCode: '2963',
  clientId: 'minato-kakei',
  chainPartnerId: 'none',
  consentId: 'cns_1',
  transferId: undefined,
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  expiresAt: NOW + 1,
});

/** As the authorization server makes them: with a holder's grant for a user's scope, else without. */
const GRANTS: Readonly<Record<string, ConsentGrant>> = {
  accounts: granted('account_information'),
  transfers: granted('transfer_initiation'),
};

const tokenOf = (scope: string): LiveToken => ({
  hash: 'h',
  clientId: 'minato-kakei',
  epspId: 'epsp_1',
  scopes: [scope],
  expiresAtSeconds: NOW / 1000 + 300,
  binding: { method: 'dpop', thumbprint: 'k' },
  grant: GRANTS[scope],
  endedCode: undefined,
  blockedUntil: undefined,
});

const OPERATIONS: readonly AccessOperation[] = [
  { kind: 'read', fn: 'accounts_read' },
  { kind: 'pay', fn: 'transfer_initiation' },
  { kind: 'pay', fn: 'transfer_initiation', isOwn: true },
  { kind: 'status' },
  { kind: 'status', isOwn: true },
  { kind: 'consent' },
  ...OWN_SCOPES.map((scope) => ({ kind: 'own' as const, scope })),
];

test.each(OPERATIONS.map((operation) => [JSON.stringify(operation), operation] as const))(
  'RKN-S1/a %s is opened by the scopes that are published, and by no other',
  (_, operation) => {
    const opens = [...USER_SCOPES, ...OWN_SCOPES].filter((scope) => {
      const token = { state: 'known', token: tokenOf(scope), isExpired: false } as const;
      return grantCovers({ operation, token, now: NOW } as AccessFacts) === undefined;
    });
    expect(opens.sort()).toEqual([...scopesOf(operation)].sort());
  },
);
