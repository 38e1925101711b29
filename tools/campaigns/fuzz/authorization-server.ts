import fc from 'fast-check';
import { hostileBody, hostileMediaType, hostileText, hostileValue } from './hostile.js';
import type { Draft } from './draft.js';
import { seldom } from './requests.js';
import { placeholder } from './known-names.js';

/**
 * The endpoints of OAuth have no OpenAPI document; their shapes are the specifications'. Written by hand: what each
 * takes, good values and known names, one of them spoilt.
 */
type Form = Readonly<Record<string, fc.Arbitrary<string>>>;

const of = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const detail = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('account_information'),
      bank_code: fc.constant(placeholder('bank')),
      permissions: fc.subarray(['accounts_read', 'balances_read', 'transactions_read']),
      purpose: fc.constantFrom('household_accounting', 'asset_management', 'none'),
      term_days: fc.integer({ min: -1, max: 400 }),
      chain_partner: fc.constant(placeholder('partner')),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('transfer_initiation'),
      bank_code: fc.constant(placeholder('bank')),
      instruction_id: fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/),
      creditor: fc.record({
        bank_code: fc.constant(placeholder('bank')),
        branch_code: fc.stringMatching(/^[0-9]{3}$/),
        account_type: fc.constantFrom('1', '2', '9'),
        account_number: fc.stringMatching(/^[0-9]{7}$/),
        name_kana: fc.constantFrom('レンケイ ハナコ', 'ﾚﾝｹｲ', '連携'),
      }),
      amount: fc.record({ amount: fc.stringMatching(/^[0-9]{1,14}$/), currency: of('JPY', 'USD') }),
      chain_partner: fc.constant('none'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('transfer_cancellation'),
      transfer_id: of(placeholder('trf')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('consent_extension'),
      consent_id: of(placeholder('cns')),
    }),
  },
);

const details = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(detail, { minLength: 1, maxLength: 1 }).map((all) => JSON.stringify(all)),
  },
  { weight: 1, arbitrary: fc.array(detail, { maxLength: 12 }).map((all) => JSON.stringify(all)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(detail, hostileValue)
      .map(([one, bad]) => JSON.stringify([{ ...one, surplus: bad }])),
  },
  { weight: 1, arbitrary: hostileValue.map((bad) => JSON.stringify(bad) ?? '') },
  { weight: 1, arbitrary: hostileBody },
);

const FORMS: Readonly<Record<string, Form>> = {
  '/par': {
    response_type: of('code', 'token', 'code id_token'),
    redirect_uri: of(placeholder('redirect')),
    scope: of('accounts', 'transfers', 'openid', 'accounts transfers', ''),
    state: of('state', ''),
    code_challenge: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    code_challenge_method: of('S256', 'plain'),
    authorization_details: details,
    response_mode: of('query', 'jwt', 'form_post', 'fragment'),
    request: of('', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'),
    nonce: of('n', ''),
    acr_values: of('', 'x'),
    max_age: of('0', '-1', 'x', '99999999999999999999'),
    claims: of('', '{"userinfo":{}}', '{"id_token":{"sub":{"value":"x"}}}'),
    resource: of('', 'https://other.example'),
    dpop_jkt: of('', 'x'),
  },
  '/token': {
    grant_type: of('authorization_code', 'refresh_token', 'client_credentials', 'password', ''),
    code: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    redirect_uri: of(placeholder('redirect')),
    code_verifier: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    refresh_token: of(placeholder('refresh'), placeholder('other_refresh'), 'x'),
    scope: of('transfers:status', 'accounts', 'openid', ''),
    authorization_details: details,
    resource: of('', 'https://other.example'),
  },
  '/revoke': {
    token: of(placeholder('other_refresh'), 'x', ''),
    token_type_hint: of('refresh_token', 'x'),
  },
  '/introspect': {
    token: of(placeholder('refresh'), placeholder('other_refresh'), 'x'),
    token_type_hint: of('', 'x'),
  },
};

/** Members that may be absent without making the request a bad one. */
const RARE = new Set([
  'response_mode',
  'request',
  'nonce',
  'acr_values',
  'max_age',
  'claims',
  'resource',
  'dpop_jkt',
  'authorization_details',
  'redirect_uri',
  'code',
  'code_verifier',
  'refresh_token',
  'scope',
]);

function formOf(path: string, form: Form): fc.Arbitrary<Draft> {
  const names = Object.keys(form);
  const left = names.filter(
    (name) =>
      RARE.has(name) &&
      !(path === '/par' && ['redirect_uri', 'authorization_details', 'scope'].includes(name)),
  );
  return fc
    .record({
      values: fc.record(form, { requiredKeys: names.filter((name) => !left.includes(name)) }),
      spoilt: seldom(fc.tuple(fc.constantFrom(...names), hostileText), 2),
      caller: fc.constantFrom<Draft['caller']>(
        'holder',
        'holder',
        'holder',
        'other_own',
        'nobody',
        'forged',
      ),
      type: seldom(hostileMediaType, 12),
    })
    .map(({ values, spoilt, caller, type }): Draft => {
      const all: Record<string, string> = { ...values };
      if (spoilt) all[spoilt[0]] = spoilt[1].toWellFormed();
      return {
        operation: undefined,
        caller,
        kind: spoilt ? 'nearly' : 'valid',
        method: 'POST',
        path,
        form: all,
        headers: { 'content-type': type ?? 'application/x-www-form-urlencoded' },
      };
    });
}

const authorize: fc.Arbitrary<Draft> = fc
  .record({
    path: of(
      '/authorize',
      '/authorize/x',
      `/authorize/${'a'.repeat(43)}`,
      '/interactions/x/return',
      '/interactions/aaaaaaaaaaaaaaaaaaaa/return',
    ),
    query: fc.dictionary(
      of(
        'client_id',
        'request_uri',
        'response_type',
        'scope',
        'state',
        'handle',
        'prompt',
        '__proto__',
        'code',
      ),
      fc.oneof(hostileText, of(placeholder('client'), 'urn:ietf:params:oauth:request_uri:x')),
    ),
    method: fc.constantFrom<Draft['method']>('GET', 'GET', 'POST', 'DELETE'),
  })
  .map(({ path, query, method }): Draft => {
    const said = Object.entries(query).map(([name, text]): [string, string] => [
      name,
      text.toWellFormed(),
    ]);
    const search = new URLSearchParams(said)
      .toString()
      .replaceAll('%7B%7B', '{{')
      .replaceAll('%7D%7D', '}}');
    return {
      operation: undefined,
      caller: 'nobody',
      kind: 'nearly',
      method,
      path: `${path}?${search}`,
    };
  });

const published: fc.Arbitrary<Draft> = fc
  .record({
    path: of(
      '/jwks',
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/healthz',
      '/readyz',
      '/',
      '/v1',
      '/v1/banks',
      '/nowhere',
    ),
    method: fc.constantFrom<Draft['method']>('GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'),
    surplus: hostileText,
  })
  .map(({ path, method, surplus }): Draft => {
    const search = new URLSearchParams({ x: surplus.toWellFormed() }).toString();
    return {
      operation: undefined,
      caller: 'nobody',
      kind: 'nearly',
      method,
      path: `${path}?${search}`,
    };
  });

/** RFC 7591 and RFC 7592: what a software says of itself, mostly without what would vouch for it. */
const metadata = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .dictionary(
        of(
          ...['redirect_uris', 'jwks', 'jwks_uri', 'client_name', 'scope', 'grant_types'],
          ...['token_endpoint_auth_method', 'software_statement', 'id_token_signed_response_alg'],
          ...['tls_client_auth_subject_dn', 'sector_identifier_uri', 'request_uris', 'client_id'],
          ...['default_authorization_details', 'contacts', 'surplus'],
        ),
        fc.oneof(
          hostileValue,
          fc.constant(placeholder('statement')),
          fc.constant(['https://app.example/callback']),
          fc.constant({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }),
          of('a.b.c', 'https://127.0.0.1/jwks', 'https://[::1]/', 'private_key_jwt', 'PS256'),
        ),
      )
      .map((said) => JSON.stringify(said)),
  },
  { weight: 1, arbitrary: hostileBody },
);

/** Beside what its document names: members that belong to other specifications, and paths that are none. */
const registration: fc.Arbitrary<Draft> = fc
  .record({
    path: of(
      ...['/register', '/register', `/register/${placeholder('registrant')}`, '/register/x'],
      ...[`/register/${placeholder('registrant')}/x`, '/register/recoveries', '/register/'],
    ),
    method: fc.constantFrom<Draft['method']>('POST', 'POST', 'GET', 'PUT', 'PATCH'),
    body: metadata,
    type: seldom(hostileMediaType, 12),
    caller: fc.constantFrom<Draft['caller']>('registrant', 'registrant', 'misproven', 'forged'),
  })
  .map(({ path, method, body, type, caller }): Draft => {
    const isWritten = method !== 'GET';
    return {
      operation: undefined,
      caller,
      kind: 'nearly',
      method,
      path,
      headers: isWritten
        ? { 'content-type': type ?? 'application/json', 'Key-Proof': placeholder('proof') }
        : {},
      body: isWritten ? body : undefined,
    };
  });

/** Drafts for the authorization server and for what is not the API. */
export const authorizationServerDrafts: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 5, arbitrary: formOf('/par', FORMS['/par'] ?? {}) },
  { weight: 3, arbitrary: formOf('/token', FORMS['/token'] ?? {}) },
  { weight: 1, arbitrary: formOf('/revoke', FORMS['/revoke'] ?? {}) },
  { weight: 1, arbitrary: formOf('/introspect', FORMS['/introspect'] ?? {}) },
  { weight: 2, arbitrary: registration },
  { weight: 2, arbitrary: authorize },
  { weight: 1, arbitrary: published },
);
