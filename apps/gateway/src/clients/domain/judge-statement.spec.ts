import { describe, expect, test } from '@jest/globals';
import { judgeAgainstStatement, judgeStatement, readStatement } from './judge-statement.js';
import type { Sent } from './judge-metadata.js';

const NOW_SECONDS = 1_764_000_000;
const AUDIENCE = 'https://gateway.example';
const key = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: 'k1' };
const good: Sent = {
  aud: AUDIENCE,
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 86_400,
  jti: 'eight-or',
  software_id: 'sw-1',
  epsp_id: 'epsp_01j0000000000000000000mnat',
  client_name: 'みなと家計',
  roles: ['account_information'],
  redirect_uris: ['https://app.example/callback'],
  jwks: { keys: [key] },
};
const findings = (over: Sent) =>
  judgeStatement({
    now: NOW_SECONDS * 1000 + 999,
    audience: AUDIENCE,
    claims: { ...good, ...over },
  }).map(({ field, rule }) => `${field.replace('software_statement.', '')}: ${rule}`);

describe('T-12 the claims of a statement, on both sides of every boundary', () => {
  test.each<[string, Sent, string[]]>([
    ['T-12 good', {}, []],
    ['T-12 several audiences with ours', { aud: ['x', AUDIENCE] }, []],
    [
      'T-12 an address that begins with ours',
      { aud: `${AUDIENCE}/` },
      ['aud: statement_audience_wrong'],
    ],
    ['T-12 one second left', { exp: NOW_SECONDS + 1 }, []],
    ['T-12 at its end', { iat: NOW_SECONDS - 1, exp: NOW_SECONDS }, ['exp: statement_expired']],
    ['T-12 issued ten seconds ahead', { iat: NOW_SECONDS + 10 }, []],
    [
      'T-12 issued eleven seconds ahead',
      { iat: NOW_SECONDS + 11 },
      ['iat: statement_not_yet_valid'],
    ],
    ['T-12 a second too long', { exp: NOW_SECONDS + 86_401 }, ['exp: statement_lifetime_too_long']],
    [
      'T-12 times that are texts',
      { iat: '1', exp: '2' },
      ['iat: statement_claim_missing', 'exp: statement_claim_missing'],
    ],
    ['T-12 a jti of seven', { jti: 'seven-c' }, ['jti: statement_claim_missing']],
    ['T-12 no software id', { software_id: undefined }, ['software_id: statement_claim_missing']],
    ['T-12 an id of another form', { epsp_id: 'epsp_1' }, ['epsp_id: statement_claim_missing']],
    [
      'T-12 a name that turns around',
      { client_name: 'a\u202e' },
      ['client_name: statement_claim_missing'],
    ],
    ['T-12 no roles', { roles: undefined }, ['roles: statement_claim_missing']],
    ['T-12 an unknown role', { roles: ['everything'] }, ['roles: value_not_allowed']],
    ['T-12 no keys', { jwks: { keys: [] } }, ['jwks: statement_claim_missing']],
    ['T-12 no redirect URIs', { redirect_uris: [] }, ['redirect_uris: statement_claim_missing']],
  ])('%s', (_title, over, expected) => {
    expect(findings(over)).toEqual(expected);
  });
});

describe('T-12 what a request adds to its statement', () => {
  const statement = readStatement('https://directory.example', good);
  test.each<[string, Sent, string[]]>([
    ['T-12 nothing', {}, []],
    ['T-12 what it says', { redirect_uris: good['redirect_uris'], software_id: 'sw-1' }, []],
    ['T-12 fewer scopes', { scope: 'accounts' }, []],
    ['T-12 a scope of another role', { scope: 'accounts transfers' }, ['scope: value_not_allowed']],
    ['T-12 the same scope twice', { scope: 'accounts accounts' }, ['scope: value_not_allowed']],
    ['T-12 another id', { software_id: 'sw-2' }, ['software_id: not_in_statement']],
    ['T-12 a version', { software_version: '2' }, ['software_version: not_in_statement']],
    [
      'T-12 a key under another name',
      { jwks: { keys: [{ ...key, kid: 'k2' }] } },
      ['jwks.keys[0]: not_in_statement'],
    ],
    [
      'T-12 a redirect URI that only begins alike',
      { redirect_uris: ['https://app.example/callback/2'] },
      ['redirect_uris[0]: not_in_statement'],
    ],
  ])('%s', (_title, sent, expected) => {
    const found = judgeAgainstStatement(sent, statement);
    expect(found.map(({ field, rule }) => `${field}: ${rule}`)).toEqual(expected);
  });
});
