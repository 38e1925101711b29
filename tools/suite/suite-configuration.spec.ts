import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeRunKeys, type RunKeys } from '../../apps/gateway/test/fapi/party/keys.js';
import { variants } from '../../apps/gateway/test/fapi/variants.js';
import { mintAuthority } from '../certificates/mint.js';
import { suiteClient, suiteConfiguration, type SuiteSetting } from './suite-configuration.js';

const NOW = 1_800_000_000_000;
let keys: RunKeys;
let setting: SuiteSetting;

beforeAll(async () => {
  const authority = await mintAuthority('Clients', NOW);
  keys = await makeRunKeys(authority, NOW);
  setting = {
    suiteOrigin: 'https://suite.example',
    gatewayOrigin: 'https://gateway.localhost:1',
    mutualOrigin: 'https://mtls.gateway.localhost:2',
    bankOrigin: 'https://bank.localhost:3',
    person: { loginId: 'taro', loginPassword: 'secret' } as SuiteSetting['person'],
    clientAuthority: authority.certificate,
  };
});

describe.each(variants.map((variant) => [variant.id, variant] as const))(
  'variant %s',
  (_id, variant) => {
    test('two clients with keys of their own, both addresses on both', () => {
      const made = variant.clients.map((client, at) =>
        suiteClient(setting, variant, client, keys.of[at === 0 ? 0 : 1]),
      );
      const [one, two] = made;
      expect(one?.clientId).not.toBe(two?.clientId);
      expect(one?.redirectUris).toEqual(two?.redirectUris);
      expect(one?.redirectUris).toEqual([
        `https://suite.example/test/a/renkei-${variant.id}/callback`,
        `https://suite.example/test/a/renkei-${variant.id}/callback?dummy1=lorem&dummy2=ipsum`,
      ]);
      for (const { jwks } of made) expect(JSON.stringify(jwks)).not.toContain('"d":');
    });

    test('what the suite is told is what was registered', () => {
      const told = suiteConfiguration(setting, variant, keys);
      const [one] = variant.clients;
      const registered = suiteClient(setting, variant, one, keys.of[0]);
      expect(told.client.client_id).toBe(registered.clientId);
      expect(told.client.scope).toBe(registered.metadata?.['scope']);
      const [key] = told.client.jwks.keys;
      expect(key).toMatchObject({ alg: one.alg, kid: expect.any(String), d: expect.any(String) });
      expect('mtls' in told).toBe(variant.clientAuth === 'mtls' || variant.constraint === 'mtls');
      expect(told.resource.resourceUrl.startsWith('https://mtls.')).toBe(
        variant.constraint === 'mtls',
      );
      expect('richAuthorizationRequest' in told.resource).toBe(variant.requestType === 'rar');
    });
  },
);
