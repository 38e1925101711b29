import { describe, expect, test } from '@jest/globals';
import { choicesOf, judgeMetadata, type Sent } from './judge-metadata.js';

const good = { redirect_uris: ['https://app.example/callback'] };
const findings = (sent: Sent, isUpdate = false) =>
  judgeMetadata({ ...good, ...sent }, isUpdate).map(({ field, rule }) => `${field}: ${rule}`);
const CONSTRAINT = 'dpop_bound_access_tokens / tls_client_certificate_bound_access_tokens';

describe('what a registration may say (oauth.md 5.4)', () => {
  test.each<[string, Sent, string[]]>([
    ['nothing but redirect URIs', {}, []],
    ['members that nobody knows', { logo_uri: 'https://app.example/logo', x_own: 1 }, []],
    ['the policy itself', { require_pushed_authorization_requests: true }, []],
    [
      'no pushed requests',
      { require_pushed_authorization_requests: false },
      ['require_pushed_authorization_requests: value_is_policy'],
    ],
    ['an implicit flow', { response_types: ['token'] }, ['response_types: value_is_policy']],
    ['a native application', { application_type: 'native' }, ['application_type: value_is_policy']],
    [
      'a shared secret',
      { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'x' },
      ['client_secret: member_not_accepted', 'token_endpoint_auth_method: value_not_allowed'],
    ],
    ['one grant', { grant_types: ['client_credentials'] }, []],
    ['a grant of passwords', { grant_types: ['password'] }, ['grant_types: value_not_allowed']],
    ['no grant', { grant_types: [] }, ['grant_types: value_not_allowed']],
    ['DPoP', { dpop_bound_access_tokens: true }, []],
    ['a certificate', { tls_client_certificate_bound_access_tokens: true }, []],
    [
      'a certificate and not DPoP',
      { tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: false },
      [],
    ],
    [
      'both constraints',
      { tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: true },
      [`${CONSTRAINT}: one_sender_constraint`],
    ],
    [
      'no constraint',
      { dpop_bound_access_tokens: false },
      [`${CONSTRAINT}: one_sender_constraint`],
    ],
    [
      'a constraint that is a text',
      { dpop_bound_access_tokens: 'yes' },
      ['dpop_bound_access_tokens: form_wrong'],
    ],
    [
      'a certificate without its name',
      { token_endpoint_auth_method: 'tls_client_auth' },
      ['tls_client_auth_*: one_certificate_name'],
    ],
    [
      'a certificate by one name',
      { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a.example' },
      [],
    ],
    [
      'a certificate by two names',
      {
        token_endpoint_auth_method: 'tls_client_auth',
        tls_client_auth_san_dns: 'a.example',
        tls_client_auth_subject_dn: 'CN=a',
      },
      ['tls_client_auth_*: one_certificate_name'],
    ],
    [
      'a name without a certificate',
      { tls_client_auth_san_dns: 'a.example' },
      ['tls_client_auth_*: one_certificate_name'],
    ],
    [
      'what a request by scope alone stands for',
      { default_authorization_details: [{ type: 'account_information', term_days: 90 }] },
      [],
    ],
    [
      'a transfer by scope alone',
      { default_authorization_details: [{ type: 'transfer_initiation' }] },
      ['default_authorization_details: form_wrong'],
    ],
    ['JARM', { response_modes: ['jwt'] }, []],
    ['a form', { response_modes: ['form_post'] }, ['response_modes: value_not_allowed']],
    [
      'RS256',
      { request_object_signing_alg: 'RS256', id_token_signed_response_alg: 'none' },
      [
        'request_object_signing_alg: value_not_allowed',
        'id_token_signed_response_alg: value_not_allowed',
      ],
    ],
    ['a name with a control character', { client_name: 'a\u202eb' }, ['client_name: form_wrong']],
    ['too many contacts', { contacts: Array(6).fill('a@b.example') }, ['contacts: form_wrong']],
    [
      'encrypted answers',
      { id_token_encrypted_response_alg: 'RSA-OAEP' },
      ['id_token_encrypted_response_alg: member_not_accepted'],
    ],
  ])('%s', (_title, sent, expected) => {
    expect(findings(sent)).toEqual(expected);
  });

  test('T-13 nothing that makes this server call out is accepted', () => {
    const members = ['jwks_uri', 'sector_identifier_uri', 'request_uris', 'initiate_login_uri'];
    for (const member of members)
      expect(findings({ [member]: 'https://a.example/' })).toEqual([
        `${member}: member_not_accepted`,
      ]);
  });

  test('a secret that was sent is not shown', () => {
    const found = judgeMetadata({ ...good, client_secret: 'very-secret' });
    expect(JSON.stringify(found)).not.toContain('very-secret');
  });

  test('an update names its client, and brings neither statement nor token (RFC 7592 section 2.2)', () => {
    expect(findings({ client_id: 'a' }, true)).toEqual([]);
    expect(findings({ client_id: 'a' })).toEqual(['client_id: member_not_accepted']);
    expect(findings({ software_statement: 'x', registration_access_token: 'y' }, true)).toEqual([
      'software_statement: member_not_accepted',
      'registration_access_token: member_not_accepted',
    ]);
  });
});

describe('what is stored', () => {
  const vouched = { scopes: ['openid', 'accounts'], detailTypes: ['account_information'] };

  test('what was not chosen is policy or the statement', () => {
    expect(choicesOf(good, vouched, 'PS256')).toEqual({
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      scope: 'openid accounts',
      authorization_details_types: ['account_information'],
      request_object_signing_alg: 'PS256',
      authorization_signed_response_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
      require_signed_request_object: false,
      tls_client_certificate_bound_access_tokens: false,
    });
  });

  test('nothing is stored that nobody judged', () => {
    const sent = { ...good, logo_uri: 'x', jwks: {}, client_secret: 'x' };
    const stored = choicesOf(sent, vouched, 'ES256');
    for (const member of ['logo_uri', 'jwks', 'redirect_uris', 'client_secret'])
      expect(stored).not.toHaveProperty(member);
  });
});
