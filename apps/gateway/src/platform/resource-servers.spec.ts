import { describe, expect, test } from '@jest/globals';
import { readResourceServers } from './resource-servers.js';

describe('the operator’s list of resource servers', () => {
  test('no list, no resource server', () => {
    expect(readResourceServers(undefined)).toEqual([]);
  });

  test('an entry is read with its members', () => {
    const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k' }] };
    const text = JSON.stringify([{ client_id: 'ledger-api', jwks }]);
    expect(readResourceServers(text)).toEqual([{ clientId: 'ledger-api', metadata: { jwks } }]);
  });

  test.each([
    ['no JSON', '{', /it is not JSON/],
    ['no list', '{}', /it is no list/],
    ['no name', '[{}]', /no client_id/],
    ['null', '[null]', /no client_id/],
    ['a name twice', '[{"client_id":"a"},{"client_id":"a"}]', /stands twice/],
    ['an unknown member', '[{"client_id":"a","grant_types":["x"]}]', /unknown member grant_types/],
    ['keys that are none', '[{"client_id":"a","jwks":{"keys":1}}]', /holds no keys/],
    ['a private key', '[{"client_id":"a","jwks":{"keys":[{"d":"x"}]}}]', /a private key/],
  ])('refused: %s', (_title, text, sentence) => {
    expect(() => readResourceServers(text)).toThrow(sentence);
  });
});
