import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const get = async (path: string) => (await gateway.fetch(`${gateway.origin}${path}`)).json();

/** The committed copy, beside the OpenAPI files; a difference is a change that intermediaries see. */
const committed = async () => {
  const root = join(import.meta.dirname, '..', '..', '..', '..', '..');
  return readFile(join(root, 'apps', 'gateway', 'openapi', 'metadata.json'), 'utf8');
};

test('discovery-end-point-verification: the metadata is the committed one, at both addresses', async () => {
  const metadata = await get('/.well-known/openid-configuration');
  expect(await get('/.well-known/oauth-authorization-server')).toEqual(metadata);
  const general = JSON.stringify(metadata)
    .replaceAll(gateway.origin, 'https://ISSUER')
    .replaceAll(gateway.mutualOrigin, 'https://MTLS');
  expect(JSON.parse(general)).toEqual(JSON.parse(await committed()));
});

test('discovery-end-point-verification: what FAPI 2.0 demands of it', async () => {
  expect(await get('/.well-known/openid-configuration')).toMatchObject({
    issuer: gateway.origin,
    response_types_supported: ['code'],
    grant_types_supported: expect.arrayContaining(['authorization_code']),
    pushed_authorization_request_endpoint: `${gateway.origin}/par`,
    require_pushed_authorization_requests: true,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: [
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
    ],
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256'],
    dpop_signing_alg_values_supported: ['ES256', 'PS256'],
    authorization_details_types_supported: [
      'account_information',
      'transfer_initiation',
      'consent_extension',
    ],
  });
});

test('RFC 8705 section 5: the aliases name endpoints of the top level, never the one for browsers', async () => {
  const metadata = (await get('/.well-known/openid-configuration')) as Record<string, string>;
  const aliases = metadata['mtls_endpoint_aliases'] as unknown as Record<string, string>;
  expect(Object.keys(aliases)).toContain('token_endpoint');
  for (const [name, url] of Object.entries(aliases)) {
    expect(name).toMatch(/_endpoint$/);
    expect(name).not.toBe('authorization_endpoint');
    expect(metadata[name]).toBe(url.replace(gateway.mutualOrigin, gateway.origin));
  }
});

test('the keys are public, each with kid and alg', async () => {
  const response = await gateway.fetch(`${gateway.origin}/jwks`);
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  const { keys } = (await response.json()) as { keys: Record<string, string>[] };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    expect(key).toMatchObject({
      kid: expect.any(String),
      alg: expect.stringMatching(/^[EP]S256$/),
    });
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'])
      expect(key).not.toHaveProperty(secret);
  }
});
