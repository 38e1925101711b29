import { describe, expect, test } from '@jest/globals';
import { judgeRedirectUris } from './judge-redirect-uris.js';

const rules = (value: unknown) => judgeRedirectUris(value).map(({ rule }) => rule);

describe('redirect URIs', () => {
  test.each<[string, string[]]>([
    ['https://app.example/callback', []],
    ['https://app.example', []],
    ['https://app.example/', []],
    ['https://app.example/callback?dummy1=lorem&dummy2=ipsum', []],
    ['https://app.localhost:8446/callback', []],
    ['http://app.example/callback', ['redirect_uri_not_https']],
    ['com.example.app:/callback', ['redirect_uri_not_https']],
    ['/callback', ['redirect_uri_not_https']],
    ['https://app.example/callback#', ['redirect_uri_not_plain']],
    ['https://user@app.example/', ['redirect_uri_not_plain']],
    ['https://*.app.example/', ['redirect_uri_not_plain']],
    ['https://192.0.2.1/callback', ['redirect_uri_host']],
    ['https://[2001:db8::1]/callback', ['redirect_uri_host']],
    ['https://2130706433/', ['redirect_uri_host', 'redirect_uri_not_normal']],
    ['https://App.example/callback', ['redirect_uri_not_normal']],
    ['https://app.example:443/callback', ['redirect_uri_not_normal']],
    ['https://app.example/a/../callback', ['redirect_uri_not_normal']],
    [`https://app.example/${'a'.repeat(1004)}`, []],
    [`https://app.example/${'a'.repeat(1005)}`, ['redirect_uri_too_long']],
    [`http://app.example/${'a'.repeat(1100)}`, ['redirect_uri_too_long', 'redirect_uri_not_https']],
  ])('%s', (uri, expected) => {
    expect(rules([uri])).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'https://app.example/'],
    ['none', []],
    ['eleven', Array.from({ length: 11 }, (_, at) => `https://app.example/${at}`)],
    ['one twice', ['https://app.example/', 'https://app.example/']],
    ['a number', [1]],
  ])('%s is no list of redirect URIs', (_title, value) => {
    expect(rules(value)).toEqual(['form_wrong']);
  });

  test('every fault of every URI is told, with the place', () => {
    const found = judgeRedirectUris(['https://app.example/', 'http://a.example/', 'https://a.b/#']);
    expect(found.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'redirect_uris[1] redirect_uri_not_https',
      'redirect_uris[2] redirect_uri_not_plain',
    ]);
  });
});
