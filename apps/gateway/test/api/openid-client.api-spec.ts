import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as oauth from 'openid-client';
import { APPROVED, CONSENT } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';

let gateway: GatewayUnderTest;
let config: oauth.Configuration;
let dpop: oauth.DPoPHandle;

beforeAll(async () => {
  gateway = await startGateway();
  const { clientId, key, kid } = gateway.minato;
  config = await oauth.discovery(
    new URL(gateway.origin),
    clientId,
    { dpop_bound_access_tokens: true },
    oauth.PrivateKeyJwt({ key, kid }),
    { [oauth.customFetch]: (url, init) => gateway.fetch(url, init), algorithm: 'oauth2' },
  );
  dpop = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());
});
afterAll(() => gateway.stop());

test('happy-flow with a certified client library: discovery, PAR, approval, tokens, a read, a refresh', async () => {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const url = await oauth.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: gateway.minato.redirectUri,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      authorization_details: JSON.stringify([accountInformation()]),
    },
    { DPoP: dpop },
  );
  const browser = new Browser(gateway);
  const opened = await browser.open(url.href);
  const returned = await browser.open(gateway.bank.decide(opened.location, APPROVED));
  const redirect = new URL((await browser.open(returned.location)).location);

  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  const tokens = await oauth.authorizationCodeGrant(config, redirect, checks, undefined, {
    DPoP: dpop,
  });
  expect(tokens).toMatchObject({ token_type: 'dpop', expires_in: 300, scope: 'accounts' });
  expect(tokens.authorization_details).toMatchObject([{ consent_id: CONSENT.consentId }]);

  const read = (token: string) =>
    oauth.fetchProtectedResource(
      config,
      token,
      new URL(`${gateway.origin}/v1/banks/2963/accounts`),
      'GET',
      undefined,
      undefined,
      { DPoP: dpop },
    );
  expect((await read(tokens.access_token)).status).toBe(200);
  const fresh = await oauth.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, {
    DPoP: dpop,
  });
  expect((await read(fresh.access_token)).status).toBe(200);
});

test('client credentials with a certified client library', async () => {
  const parameters = { scope: 'transfers:status' };
  const tokens = await oauth.clientCredentialsGrant(config, parameters, { DPoP: dpop });
  expect(tokens).toMatchObject({ token_type: 'dpop', scope: 'transfers:status' });
});
