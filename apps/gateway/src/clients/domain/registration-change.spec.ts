import { describe, expect, test } from '@jest/globals';
import { differenceOf, type AddedKey } from './registration-change.js';
import type { KeyRecord, Registration } from './registration.js';

const NOW = Date.parse('2026-11-24T10:00:00+09:00');
const SELF_SIGNED = { token_endpoint_auth_method: 'self_signed_tls_client_auth' } as const;
const SIGNING = { token_endpoint_auth_method: 'private_key_jwt' } as const;

const added = (kid: string, purpose: AddedKey['purpose']): AddedKey => ({
  kid,
  purpose,
  thumbprint: `of ${kid}`,
  ...(purpose === 'tls' ? { certificateThumbprint: `certificate of ${kid}` } : {}),
  jwk: { kid },
});

const record = (kid: string, purpose: KeyRecord['purpose'], goodUntil?: number): KeyRecord => ({
  ...added(kid, purpose),
  certificateThumbprint: purpose === 'tls' ? `certificate of ${kid}` : undefined,
  goodUntil,
  recordedAt: NOW - 1000,
  isCompromised: false,
});

const registered = (
  metadata: Registration['metadata'],
  ...keys: readonly KeyRecord[]
): Registration => ({
  clientId: 'client_1',
  epspId: 'epsp_1',
  isBlocked: false,
  statementIssuer: undefined,
  softwareId: undefined,
  softwareVersion: undefined,
  clientName: undefined,
  contacts: [],
  redirectUris: [],
  metadata,
  recordedAt: NOW - 1000,
  keys,
});

const ended = (before: Registration, metadata: Registration['metadata'], ...keys: AddedKey[]) => {
  const { addKeys = [], endKeys = [] } = differenceOf(
    before,
    { redirectUris: [], metadata, keys },
    NOW,
  );
  return { added: addKeys.map(({ kid }) => kid), ended: endKeys.map(({ kid }) => kid) };
};

describe('what an update makes of the keys of a registration', () => {
  test('certificates that authenticate by themselves stand in the set and end with it', () => {
    const before = registered(SELF_SIGNED, record('a', 'tls'), record('b', 'tls'));
    expect(ended(before, SELF_SIGNED, added('a', 'tls'))).toEqual({ added: [], ended: ['b'] });
    expect(ended(before, SELF_SIGNED, added('c', 'tls'))).toEqual({
      added: ['c'],
      ended: ['a', 'b'],
    });
  });

  test('a certificate beside signing keys stays, until it would authenticate by itself', () => {
    const before = registered(SIGNING, record('sign', 'sign'), record('tls', 'tls'));
    expect(ended(before, SIGNING, added('sign', 'sign'))).toEqual({ added: [], ended: [] });
    expect(ended(before, SELF_SIGNED, added('own', 'tls'))).toEqual({
      added: ['own'],
      ended: ['sign', 'tls'],
    });
  });

  test('a key whose end has come is not ended again', () => {
    const before = registered(SIGNING, record('old', 'sign', NOW), record('new', 'sign'));
    expect(ended(before, SIGNING, added('new', 'sign'))).toEqual({ added: [], ended: [] });
  });
});
