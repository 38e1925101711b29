import { describe, expect, test } from '@jest/globals';
import { redactBody, redactHeader, redactUrl } from './redact.js';

describe('T-30 what --explain shows', () => {
  test('T-30 secrets of bodies are cut, in JSON and in forms', () => {
    const token = 'a-very-long-access-token';
    expect(redactBody(JSON.stringify({ access_token: token, expires_in: 300 }))).toBe(
      '{"access_token":"a-very-l…","expires_in":300}',
    );
    expect(redactBody('login=taro&password=short&otp=123456')).toBe('login=taro password=… otp=…');
    expect(redactBody('client_assertion=eyJhbGciOiJ.eyJpc3Mi.abc&scope=accounts')).toBe(
      'client_assertion=eyJhbGci… scope=accounts',
    );
  });

  test('T-30 tokens and proofs in headers are cut; cookies are not shown at all', () => {
    expect(redactHeader('authorization', 'DPoP a-very-long-access-token')).toBe('DPoP a-very-l…');
    expect(redactHeader('dpop', 'eyJ0eXAiOiJkcG9wK2p3dCJ9.x.y')).toBe('eyJ0eXAi…');
    expect(redactHeader('cookie', '__Host-session=1')).toBeUndefined();
  });

  test('T-30 a redirect shows where it leads, not what it carries', () => {
    const handle = 'LcXgE6-Fx7UhZuE8JDGT1Dn-XFYtIddz';
    const url = new URL(`https://bank.localhost:1/approvals/${handle}?code=secret-code-1&iss=x`);
    expect(redactUrl(url)).toBe(
      'https://bank.localhost:1/approvals/LcXgE6-F…?code=secret-c… iss=x',
    );
  });

  test('a page is named, not printed', () => {
    expect(redactBody('<!doctype html><p>…')).toBe('(HTML)');
  });
});
