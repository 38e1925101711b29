import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../party/wire.js';
import { Report } from '../report.js';
import { entropyOf, mustBeUnguessable } from './entropy.js';
import {
  mustBeParError,
  mustBeRedirectError,
  mustBeRedirectErrorOrPage,
  mustBeTokenError,
  mustBeTokenErrorOrDrop,
} from './errors.js';
import { mustBeCode, mustBePushed, mustBeServed } from './responses.js';

const CODE = 'q3Zr8yTnVb1LxKf0wPdJ7sHc2uGm5aEo9iXtRNlYvQk';
const request = { params: { state: 'ours' }, verifier: '' };

const answer = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: Object.fromEntries(
    Object.entries({ 'content-type': 'application/json; charset=utf-8', ...headers }).map(
      ([name, value]) => [name, [value]],
    ),
  ),
  text: JSON.stringify(body),
  body: body as Record<string, unknown>,
  isDropped: false,
});
const error = (status: number, code: string, description = 'because'): Answer =>
  answer(status, { error: code, error_description: description });
const back = (response: Record<string, string>) => ({ kind: 'redirect', response }) as const;

describe('entropy', () => {
  test('counts what the characters can tell at most', () => {
    expect(entropyOf('aaaaaaaa')).toBe(0);
    expect(entropyOf('abcdabcd')).toBe(16);
  });

  test('refuses what is guessable, and what is not there', () => {
    mustBeUnguessable('code', CODE);
    expect(() => mustBeUnguessable('code', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).toThrow();
    expect(() => mustBeUnguessable('code', undefined)).toThrow();
  });
});

describe('a refusal', () => {
  test('of PAR is 400, with an accepted code and clean characters', () => {
    const accepted = ['invalid_request'];
    mustBeParError(error(400, 'invalid_request'), accepted);
    mustBeParError(error(401, 'invalid_request'), accepted, [400, 401]);
    for (const bad of [
      error(401, 'invalid_request'),
      error(400, 'server_error'),
      error(400, 'invalid_request', 'a\nline'),
      error(400, 'invalid_request', 'a "quotation"'),
      answer(201, { request_uri: 'urn:x' }),
      { ...error(400, 'invalid_request'), headers: { 'content-type': ['text/html'] } },
    ])
      expect(() => mustBeParError(bad, accepted)).toThrow();
  });

  test('of the token endpoint is 401 only together with invalid_client', () => {
    const accepted = ['invalid_client', 'invalid_grant'];
    mustBeTokenError(error(400, 'invalid_grant'), accepted);
    mustBeTokenError(error(401, 'invalid_client'), accepted);
    expect(() => mustBeTokenError(error(401, 'invalid_grant'), accepted)).toThrow();
    expect(() => mustBeTokenError(error(403, 'invalid_client'), accepted)).toThrow();
  });

  test('may be a broken connection only where a certificate was missing', () => {
    const dropped = { ...error(0, ''), isDropped: true };
    mustBeTokenErrorOrDrop(dropped, ['invalid_client']);
    expect(() => mustBeTokenError(dropped, ['invalid_client'])).toThrow();
  });

  test('by redirect carries our state, an accepted code and nothing else', () => {
    const report = new Report();
    const accepted = ['access_denied'];
    const good = { error: 'access_denied', state: 'ours', iss: 'https://issuer' };
    mustBeRedirectError(back(good), request, accepted, report);
    expect(report.verdict().result).toBe('PASSED');
    const otherState = back({ ...good, state: 'theirs' });
    expect(() => mustBeRedirectError(otherState, request, accepted, report)).toThrow();
    const success = back({ code: CODE, state: 'ours' });
    expect(() => mustBeRedirectError(success, request, accepted, report)).toThrow();
    mustBeRedirectError(back({ ...good, reason: 'x' }), request, accepted, report);
    expect(report.verdict().result).toBe('WARNING');
  });

  test('by page shows its code in oauth-error, which a person then looks at', () => {
    const report = new Report();
    const page = (status: number, text: string) => ({ kind: 'page', status, text }) as const;
    const shown = page(400, '<code id="oauth-error">invalid_request_uri</code>');
    mustBeRedirectErrorOrPage(shown, request, [], report);
    expect(report.verdict()).toEqual({
      result: 'REVIEW',
      notes: ['page: invalid_request_uri'],
    });
    for (const bad of [page(500, shown.text), page(400, '<h1>Not found</h1>')])
      expect(() => mustBeRedirectErrorOrPage(bad, request, [], report)).toThrow();
  });
});

describe('a success', () => {
  const pushed = { request_uri: `urn:ietf:params:oauth:request_uri:${CODE}`, expires_in: 60 };

  test('of PAR is 201 with a lifetime', () => {
    expect(mustBePushed(answer(201, pushed))).toBe(pushed.request_uri);
    for (const bad of [
      answer(200, pushed),
      answer(201, { ...pushed, expires_in: 0 }),
      answer(201, { ...pushed, request_uri: 'urn:1' }),
    ])
      expect(() => mustBePushed(bad)).toThrow();
  });

  test('of the authorization carries our state, or none where none was sent', () => {
    const report = new Report();
    const good = { code: CODE, state: 'ours', iss: 'https://issuer' };
    expect(mustBeCode(back(good), request, report).code).toBe(CODE);
    const stateless = { params: {}, verifier: '' };
    for (const [response, of] of [
      [{ ...good, state: 'theirs' }, request],
      [good, stateless],
      [{ error: 'access_denied', state: 'ours' }, request],
    ] as const)
      expect(() => mustBeCode(back(response), of, report)).toThrow();
  });

  test('of the API has a date of now and our interaction id', () => {
    const id = '6f1c2e7a-0000-4000-8000-000000000001';
    const headers = { date: new Date().toUTCString(), 'x-fapi-interaction-id': id.toUpperCase() };
    mustBeServed(answer(200, {}, headers), id);
    for (const [status, over] of [
      [401, {}],
      [200, { date: new Date(0).toUTCString() }],
      [200, { date: new Date().toISOString() }],
      [200, { 'x-fapi-interaction-id': 'another' }],
    ] as const)
      expect(() => mustBeServed(answer(status, {}, { ...headers, ...over }), id)).toThrow();
  });
});
