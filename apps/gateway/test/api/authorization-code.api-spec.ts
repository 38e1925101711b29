import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken, walk } from './approve.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

describe('happy-flow: from push to token', () => {
  test('the approved request comes back with code, state and iss, and the token names the consent', async () => {
    const pushed = await minato.push(accountInformation({ bank_code: undefined }));
    const redirect = await walk(minato, pushed, APPROVED);
    expect(Object.fromEntries(redirect.searchParams)).toEqual({
      code: expect.any(String),
      state: pushed.state,
      iss: gateway.origin,
    });
    const answer = await minato.redeem(redirect.searchParams.get('code') ?? '', pushed);
    expect(answer.body).toMatchObject({
      token_type: 'DPoP',
      expires_in: 300,
      scope: 'accounts',
      refresh_token: expect.any(String),
      authorization_details: [
        { type: 'account_information', bank_code: '2963', consent_id: CONSENT.consentId },
      ],
    });
    expect(answer.body).not.toHaveProperty('id_token');
  });

  test('client credentials give a token for the state of transfers and nothing else', async () => {
    const answer = await minato.token({
      grant_type: 'client_credentials',
      scope: 'transfers:status',
    });
    expect(answer.body).toMatchObject({
      token_type: 'DPoP',
      expires_in: 300,
      scope: 'transfers:status',
    });
    expect(await obtainToken(minato, accountInformation())).toMatchObject({ status: 200 });
  });
});
