import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { OWN_SCOPES } from '../../src/clients/index.js';
import { AOBA } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { findingsOf, newKey, Registrant } from './registrant.js';
import { StatementIssuer } from './statement-issuer.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const now = () => Math.floor(Date.now() / 1000);

describe('registering software', () => {
  test('what was registered, with what our policy forces on everybody (oauth.md 5.4)', async () => {
    const minato = await Registrant.of(gateway);
    const answer = await minato.register({ contacts: ['dev@minato.example'] });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      client_id: expect.stringMatching(/^client_[0-9a-f]{20}$/),
      client_id_issued_at: expect.any(Number),
      registration_access_token: expect.stringMatching(/^reg_[\w-]{43}$/),
      registration_client_uri: `${gateway.origin}/register/${minato.clientId}`,
      software_id: minato.claims['software_id'],
      software_statement: expect.any(String),
      client_name: 'みなと家計',
      contacts: ['dev@minato.example'],
      redirect_uris: ['https://app.example/callback'],
      require_pushed_authorization_requests: true,
      dpop_bound_access_tokens: true,
      tls_client_certificate_bound_access_tokens: false,
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      request_object_signing_alg: 'ES256',
      authorization_details_types: ['account_information', 'consent_extension'],
      scope: `openid accounts ${OWN_SCOPES.join(' ')}`,
    });
    expect(answer.body['jwks']).toEqual({ keys: [minato.own.jwk] });
  });

  test('registered software gets a token at once, on every process', async () => {
    const minato = await Registrant.registered(gateway);
    const other = await gateway.another();
    const key = (await Intermediary.of(gateway)).key;
    for (const port of [undefined, other.port]) {
      const client = new Intermediary(gateway, minato.software(), key, port);
      const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
      expect((await client.token(form)).status).toBe(200);
    }
    await other.stop();
  });

  test('Message Signing and tokens bound to a certificate are choices; their flags follow', async () => {
    const minato = await Registrant.of(gateway, {}, 'PS256');
    const { body } = await minato.register({
      require_signed_request_object: true,
      response_modes: ['jwt'],
      tls_client_certificate_bound_access_tokens: true,
    });
    expect(body).toMatchObject({
      require_signed_request_object: true,
      response_modes: ['jwt'],
      request_object_signing_alg: 'PS256',
      dpop_bound_access_tokens: false,
      tls_client_certificate_bound_access_tokens: true,
    });
  });
});

describe('T-12 statements', () => {
  type Spoil = (registrant: Registrant) => Promise<Record<string, unknown>>;
  const of =
    (over: () => Record<string, unknown>): Spoil =>
    async (registrant) => ({
      software_statement: await registrant.statement(over()),
    });
  test.each<[string, string, string, Spoil]>([
    [
      'T-12 no statement',
      'invalid_software_statement',
      'software_statement: statement_missing',
      async () => ({ software_statement: undefined }),
    ],
    [
      'T-12 no JWT',
      'invalid_software_statement',
      'software_statement: statement_malformed',
      async () => ({ software_statement: 'x.y.z' }),
    ],
    [
      'T-12 a foreign issuer',
      'unapproved_software_statement',
      'software_statement.iss: statement_issuer_unknown',
      async ({ claims }) => {
        const foreign = await StatementIssuer.make('https://elsewhere.example');
        return { software_statement: await foreign.sign({ ...claims, iss: foreign.issuer }) };
      },
    ],
    [
      'T-12 a foreign key under an admitted name',
      'invalid_software_statement',
      'software_statement: statement_signature_invalid',
      async ({ claims }) => {
        const foreign = await StatementIssuer.make();
        return { software_statement: await foreign.sign(claims) };
      },
    ],
    [
      'T-12 RS256',
      'invalid_software_statement',
      'software_statement.alg: statement_algorithm_not_allowed',
      async ({ claims }) => {
        const { privateKey } = await generateKeyPair('RS256');
        const rs256 = await gateway.statements.sign(claims, { alg: 'RS256' }, privateKey);
        return { software_statement: rs256 };
      },
    ],
    [
      'T-12 for another server',
      'invalid_software_statement',
      'software_statement.aud: statement_audience_wrong',
      of(() => ({ aud: 'https://other.example' })),
    ],
    [
      'T-12 expired',
      'invalid_software_statement',
      'software_statement.exp: statement_expired',
      of(() => ({ iat: now() - 100, exp: now() - 1 })),
    ],
    [
      'T-12 from the future',
      'invalid_software_statement',
      'software_statement.iat: statement_not_yet_valid',
      of(() => ({ iat: now() + 60 })),
    ],
    [
      'T-12 good for too long',
      'invalid_software_statement',
      'software_statement.exp: statement_lifetime_too_long',
      of(() => ({ exp: now() + 86_500 })),
    ],
    [
      'T-12 an intermediary that the bank does not know',
      'invalid_software_statement',
      'software_statement.epsp_id: intermediary_unknown',
      of(() => ({ epsp_id: 'epsp_01j00000000000000000000000' })),
    ],
    [
      'T-12 a redirect URI that is not in the statement',
      'invalid_redirect_uri',
      'redirect_uris[0]: not_in_statement',
      async () => ({ redirect_uris: ['https://evil.example/callback'] }),
    ],
    [
      'T-12 a role that is not in the statement',
      'invalid_client_metadata',
      'authorization_details_types: value_not_allowed',
      async () => ({ authorization_details_types: ['transfer_initiation'] }),
    ],
  ])('%s', async (_title, error, expected, spoil) => {
    const registrant = await Registrant.of(gateway);
    const answer = await registrant.register(await spoil(registrant));
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toBe(error);
    expect(findingsOf(answer)).toContain(expected);
    expect(answer.body).not.toHaveProperty('client_id');
  });

  test('T-12 keys that the statement does not vouch for', async () => {
    const registrant = await Registrant.of(gateway);
    const { jwk } = await newKey();
    const answer = await registrant.register({ jwks: { keys: [jwk] } });
    expect(findingsOf(answer)).toEqual(['jwks.keys[0]: not_in_statement']);
  });

  test('T-12 a statement is good once: not for other software, not after its registration is gone', async () => {
    const minato = await Registrant.registered(gateway);
    expect((await minato.manage('DELETE', '', undefined, minato.own)).status).toBe(204);
    const again = await minato.register();
    expect(again.status).toBe(400);
    expect(findingsOf(again)).toEqual(['software_statement.jti: statement_used']);
  });

  test('T-12 the same statement many times at once makes one registration', async () => {
    const minato = await Registrant.of(gateway);
    const answers = await Promise.all(Array.from({ length: 6 }, () => minato.register()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    const ids = new Set(answers.map(({ body }) => body['client_id']));
    expect(ids.size).toBe(1);
  });

  test('T-12 software of one intermediary is not registered for another', async () => {
    const minato = await Registrant.registered(gateway);
    const answer = await minato.register({
      software_statement: await minato.fresh({ epsp_id: AOBA }),
    });
    expect(findingsOf(answer)).toEqual(['software_statement.software_id: software_of_another']);
  });

  test('T-12 nobody without a statement learns which keys are registered', async () => {
    const minato = await Registrant.registered(gateway);
    const thief = await Registrant.of(gateway);
    const answer = await thief.register({
      software_statement: undefined,
      redirect_uris: ['https://app.example/callback'],
      jwks: minato.claims['jwks'],
    });
    expect(findingsOf(answer)).toEqual(['software_statement: statement_missing']);
  });

  test('T-12 a key of other software is refused', async () => {
    const minato = await Registrant.registered(gateway);
    const thief = await Registrant.of(gateway);
    thief.claims = { ...thief.claims, jwks: minato.claims['jwks'] };
    expect(findingsOf(await thief.register())).toEqual(['jwks.keys[0]: key_of_another']);
  });
});

describe('T-13 nothing of a registration makes this server call out', () => {
  test.each([
    'jwks_uri',
    'sector_identifier_uri',
    'request_uris',
    'initiate_login_uri',
    'backchannel_logout_uri',
  ])('T-13 %s is refused', async (member) => {
    const registrant = await Registrant.of(gateway);
    const url = 'https://169.254.169.254/latest/meta-data';
    const value = member === 'request_uris' ? [url] : url;
    const answer = await registrant.register({ [member]: value });
    expect(answer.status).toBe(400);
    expect(findingsOf(answer)).toEqual([`${member}: member_not_accepted`]);
  });
});
