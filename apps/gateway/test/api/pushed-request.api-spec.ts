import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { APPROVED, authorizeUrl, walk } from './approve.js';
import { Browser } from './browser.js';
import { DpopKey } from './dpop-key.js';
import { AOBA, KODAMA, TSUBAME, accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
});
afterAll(() => gateway.stop());

type Params = Record<string, string | undefined>;
const push = (over: Params, who = minato) =>
  who.post('/par', who.request(accountInformation(), over).params);

describe('PAR: must refuse', () => {
  test.each<[module: string, over: Params, error: string]>([
    [
      'ensure-request-object-without-redirect-uri-fails',
      { redirect_uri: undefined },
      'invalid_request',
    ],
    [
      'plain-fapi-tolerate-unregistered-redirect-uri',
      { redirect_uri: 'https://app.localhost:9443/elsewhere' },
      'invalid_request',
    ],
    [
      'ensure-response-type-code-idtoken-fails',
      { response_type: 'code id_token' },
      'unsupported_response_type',
    ],
    ['ensure-response-type-token-fails', { response_type: 'token' }, 'unsupported_response_type'],
    [
      'par-ensure-pkce-required',
      { code_challenge: undefined, code_challenge_method: undefined },
      'invalid_request',
    ],
    ['par-plain-pkce-rejected', { code_challenge_method: 'plain' }, 'invalid_request'],
    [
      'par-authorization-request-containing-request_uri-form-param',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
    ],
    ['no authorization_details', { authorization_details: undefined }, 'invalid_request'],
    ['a scope of another detail', { scope: 'transfers' }, 'invalid_scope'],
    [
      'T-06 an answer that would need a script',
      { response_mode: 'form_post' },
      'unsupported_response_mode',
    ],
    ['an unknown resource', { resource: 'https://other.example/' }, 'invalid_target'],
  ])('%s', async (_module, over, error) => {
    const answer = await push(over);
    expect([answer.status, answer.body['error']]).toEqual([400, error]);
  });

  test('ensure-mismatched-dpop-jkt-fails', async () => {
    const { params } = minato.request(accountInformation(), { dpop_jkt: 'A'.repeat(43) });
    const url = `${gateway.origin}/par`;
    const challenge = await minato.post('/par', params, {
      dpop: await minato.key.proof('POST', url),
    });
    expect(challenge.body['error']).toBe('use_dpop_nonce');
    const nonce = challenge.headers.get('dpop-nonce') ?? '';
    const answer = await minato.post('/par', params, {
      dpop: await minato.key.proof('POST', url, { nonce }),
    });
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
  });

  test('par-attempt-invalid-http-method', async () => {
    const answer = await minato.send('PUT', '/par', { body: new URLSearchParams({ a: 'b' }) });
    expect(answer.status).toBe(404);
  });

  test('the answer is JSON, never cached, and carries the interaction id', async () => {
    const id = '0b6c9c1e-5a52-4d8e-8f6d-2f7f6f6f6f6f';
    const { params } = minato.request(accountInformation());
    const answer = await minato.post('/par', params, { 'x-fapi-interaction-id': id });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ request_uri: expect.any(String), expires_in: 60 });
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('x-fapi-interaction-id')).toBe(id);
    expect(Date.parse(answer.headers.get('date') ?? '')).not.toBeNaN();
  });
});

describe('pushed details are judged against the bank', () => {
  const codeOf = async (details: object, who = minato) => {
    const answer = await who.post('/par', who.request(details).params);
    if (answer.status === 201) return 'accepted';
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_authorization_details']);
    return String(answer.body['error_description']).split(':')[0];
  };

  test.each<[string, object, string]>([
    ['an institution nobody knows', { bank_code: '9999' }, 'unknown_bank'],
    ['RKN-D1a no word about a partner', { chain_partner: undefined }, 'chain_partner_missing'],
    ['T-14 another one’s partner', { chain_partner: TSUBAME }, 'chain_partner_unknown'],
    ['a member nobody knows', { remark: 'x' }, 'detail_malformed'],
  ])('account_information: %s', async (_title, over, code) => {
    expect(await codeOf(accountInformation(over))).toBe(code);
  });

  test('RKN-0.2 an institution that the agreement does not cover', async () => {
    expect(await codeOf(accountInformation({ bank_code: '2972' }), aoba)).toBe(
      'institution_not_covered',
    );
  });

  test('RKN-C1a/b a partner whose contract has ended', async () => {
    expect(await codeOf(accountInformation({ chain_partner: KODAMA }), aoba)).toBe(
      'chain_partner_stopped',
    );
  });

  test('RKN-C1a/c a permission beyond the partner’s contract', async () => {
    const permissions = ['accounts_read', 'transactions_read'];
    const detail = accountInformation({ chain_partner: TSUBAME, permissions });
    expect(await codeOf(detail, aoba)).toBe('chain_partner_scope');
    const within = { chain_partner: TSUBAME, permissions: ['accounts_read'] };
    expect(await codeOf(accountInformation(within), aoba)).toBe('accepted');
  });

  test('RKN-D4 a transfer at an institution that offers none', async () => {
    const detail = transferInitiation('no-writes', { bank_code: '2972' });
    expect(await codeOf(detail)).toBe('function_not_offered');
  });

  test('a refusal of bank-core passes through by its code', async () => {
    gateway.bank.refusals.set('2963/transfers', { status: 422, code: 'unknown_branch' });
    expect(await codeOf(transferInitiation('branch'))).toBe('unknown_branch');
    gateway.bank.refusals.clear();
  });

  test('T-21 the same instruction with other content is refused, with the same it is the same', async () => {
    expect(await codeOf(transferInitiation('once'))).toBe('accepted');
    expect(await codeOf(transferInitiation('once'))).toBe('accepted');
    const other = transferInitiation('once', { amount: { amount: '10001', currency: 'JPY' } });
    expect(await codeOf(other)).toBe('instruction_id_reused');
    expect(
      [...gateway.bank.transfers.values()].filter((t) => t.instructionId === 'once'),
    ).toHaveLength(1);
  });

  test('a bank that does not answer: 504 for a push that may have arrived, nothing claimed', async () => {
    gateway.bank.refusals.set('2963/transfers', 'silence');
    const { params } = minato.request(transferInitiation('silent'));
    const answer = await minato.post('/par', params);
    gateway.bank.refusals.clear();
    expect([answer.status, answer.body['error']]).toEqual([504, 'temporarily_unavailable']);
    expect(answer.body['error_description']).toMatch(/^outcome_unknown: /);
  });

  test('a bank whose answer nobody understands is a bank that may have acted', async () => {
    gateway.bank.refusals.set('2963/transfers', 'garbage');
    const answer = await minato.post('/par', minato.request(transferInitiation('odd')).params);
    gateway.bank.refusals.clear();
    expect([answer.status, answer.body['error']]).toEqual([504, 'temporarily_unavailable']);
  });

  test('outside service hours: 503 with the time after which to try again', async () => {
    const closed = { status: 503, code: 'outside_service_hours', retryAfter: 900 };
    gateway.bank.refusals.set('2963/transfers', closed);
    const answer = await minato.post('/par', minato.request(transferInitiation('late')).params);
    gateway.bank.refusals.clear();
    expect([answer.status, answer.body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(answer.headers.get('retry-after')).toBe('900');
  });

  test('a bug at the protocol’s own endpoints is logged with its interaction id, no value inside', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await gateway.asOwner('alter table oidc_artifact rename to oidc_artifact_away');
    const { params } = minato.request(accountInformation());
    const answer = await minato.post('/par', params);
    await gateway.asOwner('alter table oidc_artifact_away rename to oidc_artifact');
    const lines = logged.mock.calls.map(([line]) => String(line));
    logged.mockRestore();
    expect([answer.status, answer.body['error']]).toEqual([500, 'server_error']);
    const id = answer.headers.get('x-fapi-interaction-id') ?? 'none';
    expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
    expect(lines.join()).toContain('42P01');
    for (const secret of [params['state'], params['code_challenge'], params['redirect_uri']])
      expect(lines.join()).not.toContain(secret);
  });

  test('RKN-S4c a suspended link refuses the push, another intermediary is untouched', async () => {
    const stop = { epspId: AOBA, chainPartnerId: '*', function: '*' };
    gateway.bank.changeLink('2963', { ...stop, state: 'suspended' });
    await until(async () => (await codeOf(accountInformation(), aoba)) === 'linkage_suspended');
    expect(await codeOf(accountInformation())).toBe('accepted');
    gateway.bank.changeLink('2963', { ...stop, state: 'active' });
    await until(async () => (await codeOf(accountInformation(), aoba)) === 'accepted');
  });
});

describe('the authorization endpoint', () => {
  const open = (params: Record<string, string>, browser = new Browser(gateway)) =>
    browser.open(`${gateway.origin}/authorize?${new URLSearchParams(params).toString()}`);

  test('ensure-unsigned-authorization-request-without-using-par-fails', async () => {
    const { params } = minato.request(accountInformation());
    const present = { client_id: minato.software.clientId, ...(params as Record<string, string>) };
    const answer = await open(present);
    const error = new URL(answer.location).searchParams;
    expect([answer.status, error.get('error'), error.get('iss')]).toEqual([
      303,
      'invalid_request',
      gateway.origin,
    ]);
  });

  test('par-attempt-to-use-request_uri-for-different-client', async () => {
    const pushed = await minato.push(accountInformation());
    const answer = await open({
      client_id: aoba.software.clientId,
      request_uri: pushed.requestUri,
    });
    expect(answer.page).toContain('id="oauth-error"');
    expect(answer.status).toBe(400);
  });

  test('par-attempt-to-use-expired-request_uri', async () => {
    const pushed = await minato.push(accountInformation());
    await gateway.ageArtifacts('PushedAuthorizationRequest', 61);
    const answer = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    expect([answer.status, /oauth-error">([a-z_]+)</.exec(answer.page)?.[1]]).toEqual([
      400,
      'invalid_request_uri',
    ]);
  });

  test('par-attempt-reuse-request_uri after completion', async () => {
    const pushed = await minato.push(accountInformation());
    await walk(minato, pushed);
    const again = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    expect(/oauth-error">([a-z_]+)</.exec(again.page)?.[1]).toBe('invalid_request_uri');
  });

  test('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
    const pushed = await minato.push(accountInformation());
    const browser = new Browser(gateway);
    const first = await browser.open(authorizeUrl(minato, pushed));
    const second = await browser.open(authorizeUrl(minato, pushed));
    expect(second.location).not.toBe(first.location);
    expect(() => gateway.bank.decide(first.location, APPROVED)).toThrow('not open');
    const returned = await browser.open(gateway.bank.decide(second.location, APPROVED));
    const finished = await browser.open(returned.location);
    expect(new URL(finished.location).searchParams.get('code')).toBeTruthy();
  });

  test('only one of two openings can be completed, even where both were approved', async () => {
    const pushed = await minato.push(accountInformation());
    const [one, two] = [new Browser(gateway), new Browser(gateway)];
    const first = await one.open(authorizeUrl(minato, pushed));
    const firstBack = await one.open(gateway.bank.decide(first.location, APPROVED));
    const second = await two.open(authorizeUrl(minato, pushed));
    const secondBack = await two.open(gateway.bank.decide(second.location, APPROVED));
    const answers = await Promise.all([
      one.open(firstBack.location),
      two.open(secondBack.location),
    ]);
    const codes = answers.filter(({ location }) => location.includes('code='));
    expect(codes).toHaveLength(1);
  });

  test('par-without-duplicate-parameters: client_id and request_uri are enough', async () => {
    const pushed = await minato.push(accountInformation());
    expect((await walk(minato, pushed)).searchParams.get('state')).toBe(pushed.state);
  });

  test.each([
    ['ensure-authorization-request-without-state-success', undefined],
    ['ensure-authorization-request-with-long-state', 's'.repeat(1_000)],
  ])('%s', async (_module, state) => {
    const pushed = await minato.push(accountInformation(), { state });
    const redirect = await walk(minato, pushed);
    expect(redirect.searchParams.get('state')).toBe(state ?? null);
    expect(redirect.searchParams.get('code')).toBeTruthy();
  });

  test('ensure-different-state-inside-and-outside-request-object: the pushed one counts', async () => {
    const pushed = await minato.push(accountInformation());
    const browser = new Browser(gateway);
    const opened = await browser.open(`${authorizeUrl(minato, pushed)}&state=other`);
    const back = await browser.open(gateway.bank.decide(opened.location, APPROVED));
    const finished = await browser.open(back.location);
    expect(new URL(finished.location).searchParams.get('state')).toBe(pushed.state);
  });

  test('happy-flow: the query of a registered redirect URI survives', async () => {
    const over = { redirect_uri: minato.software.redirectUriWithQuery };
    const pushed = await minato.push(accountInformation(), over);
    const redirect = await walk(minato, pushed);
    expect(redirect.searchParams.get('dummy1')).toBe('lorem');
    expect(redirect.searchParams.get('dummy2')).toBe('ipsum');
  });

  test.each([
    ['refused', 'user-rejects-authentication', /^user_cancelled/],
    ['expired', 'the holder let it pass', /^approval_expired/],
    ['stopped', 'RKN-S4c/e the link was stopped meanwhile', /^linkage_suspended/],
  ] as const)(
    '%s (%s) comes back as access_denied with state and iss',
    async (outcome, _t, text) => {
      const over = { redirect_uri: minato.software.redirectUriWithQuery };
      const pushed = await minato.push(accountInformation(), over);
      const { searchParams } = await walk(minato, pushed, { outcome });
      expect(Object.fromEntries(searchParams)).toEqual({
        dummy1: 'lorem',
        dummy2: 'ipsum',
        error: 'access_denied',
        error_description: expect.stringMatching(text),
        state: pushed.state,
        iss: gateway.origin,
      });
    },
  );

  test('a bank that does not answer: temporarily_unavailable to the client, with state', async () => {
    const pushed = await minato.push(accountInformation());
    gateway.bank.refusals.set('approvals', 'silence');
    const answer = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    gateway.bank.refusals.clear();
    const { searchParams } = new URL(answer.location);
    expect(searchParams.get('error')).toBe('temporarily_unavailable');
    expect(searchParams.get('state')).toBe(pushed.state);
  });

  test('what the bank is told: the stored request, where to return, and in which language', async () => {
    const pushed = await minato.push(accountInformation(), { ui_locales: 'fr en-GB ja' });
    await new Browser(gateway).open(authorizeUrl(minato, pushed));
    expect(gateway.bank.callsTo('approvals').at(-1)?.body).toMatchObject({
      kind: 'account_information',
      bankCode: '2963',
      accountInformation: { purpose: 'household_accounting', termDays: 90 },
      redirectOrigin: 'https://app.localhost:9443',
      locale: 'en',
    });
  });
});

describe('dpop at PAR', () => {
  test.each([
    'ensure-dpopproof-at-par-endpoint-binding-success',
    'ensure-dpop-auth-code-binding-success',
  ])('%s: the code is bound, another key is refused', async (module) => {
    const other = await DpopKey.make();
    const over = module.includes('auth-code') ? { dpop_jkt: minato.key.thumbprint } : {};
    const { params, verifier } = minato.request(accountInformation(), over);
    const url = `${gateway.origin}/par`;
    const nonce = (
      await minato.post('/par', params, { dpop: await minato.key.proof('POST', url) })
    ).headers.get('dpop-nonce');
    const headers: Record<string, string> = over.dpop_jkt
      ? {}
      : { dpop: await minato.key.proof('POST', url, { nonce: nonce ?? '' }) };
    const answer = await minato.post('/par', params, headers);
    const pushed = {
      requestUri: String(answer.body['request_uri']),
      verifier,
      state: '',
      redirectUri: minato.software.redirectUri,
    };
    const code = (await walk(minato, pushed)).searchParams.get('code') ?? '';
    const refused = await minato.redeem(code, pushed, {}, other);
    expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_grant']);
  });
});
