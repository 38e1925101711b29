import { describe, expect, test } from '@jest/globals';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { checkScope, checkShape } from './pushed-detail.js';

const detail = {
  type: 'account_information',
  permissions: ['accounts_read'],
  purpose: 'bookkeeping',
  term_days: 90,
  chain_partner: 'none',
} as const;

/** Nothing is in it but what was sent: the shape is judged without a client, a clock and a bank. */
const at = (route: string, details: readonly object[]) =>
  ({
    oidc: { route, params: { authorization_details: JSON.stringify(details) } },
  }) as unknown as KoaContextWithOIDC;

function errorOf(act: () => void): unknown {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as { error?: string }).error;
  }
}

describe('the shape of what is pushed', () => {
  test.each([
    ['good', 'pushed_authorization_request', [detail], 'none'],
    [
      'two at once',
      'pushed_authorization_request',
      [detail, detail],
      'invalid_authorization_details',
    ],
    ['none', 'pushed_authorization_request', [], 'invalid_authorization_details'],
    ['good, at the token endpoint', 'token', [detail], 'invalid_authorization_details'],
    ['as it was pushed, at the authorization endpoint', 'authorization', [detail], 'none'],
  ])('%s', (_title, route, details, error) => {
    expect(errorOf(() => checkShape(at(route, details)))).toBe(error);
  });
});

describe('the scope that belongs to an element', () => {
  test.each([
    ['accounts', 'account_information', 'none'],
    ['openid accounts', 'account_information', 'none'],
    ['accounts openid', 'consent_extension', 'none'],
    ['transfers', 'transfer_initiation', 'none'],
    ['openid', 'account_information', 'invalid_scope'],
    ['accounts', 'transfer_initiation', 'invalid_scope'],
    ['accounts transfers', 'transfer_initiation', 'invalid_scope'],
    ['accounts events', 'account_information', 'invalid_scope'],
    ['', 'account_information', 'invalid_scope'],
  ] as const)('%j for %s: %s', (scope, type, error) => {
    expect(errorOf(() => checkScope(scope, { type }))).toBe(error);
  });
});
