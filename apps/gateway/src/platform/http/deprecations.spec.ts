import { describe, expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { CivilDate } from '#libs/kernel';
import { sendProblem } from '#libs/platform';
import { DEPRECATIONS, faultsOf, tellDeprecations, type Deprecation } from './deprecations.js';

const old: Deprecation = {
  method: 'GET',
  route: '/v1/banks/:bankCode/accounts',
  since: '2026-01-01',
  sunset: '2027-07-01',
  link: 'https://renkei.example/changes/accounts-v2',
};

const SUNSET = CivilDate.from(old.sunset).startsAt();
const BEFORE = CivilDate.from('2026-11-22').startsAt();

describe('B-5 an operation that will go says so a year ahead', () => {
  test('RFC 9745 and RFC 8594 on answers and on refusals, and on no other operation', async () => {
    const app = fastify();
    app.addHook(
      'onRequest',
      tellDeprecations(() => BEFORE, [old]),
    );
    app.get('/v1/banks/:bankCode/accounts', (request, reply) => {
      const { bankCode } = request.params as { bankCode: string };
      return bankCode === '2963' ? { data: [] } : reply.status(404).send({ code: 'not_found' });
    });
    app.post('/v1/banks/:bankCode/accounts', () => ({}));
    for (const bank of ['2963', '9999']) {
      const { headers } = await app.inject({ url: `/v1/banks/${bank}/accounts` });
      expect(headers).toMatchObject({
        deprecation: '@1767193200',
        sunset: 'Wed, 30 Jun 2027 15:00:00 GMT',
        link: expect.stringMatching(/<https:.*>; rel="deprecation".*; rel="sunset"/),
      });
    }
    const other = await app.inject({ method: 'POST', url: '/v1/banks/2963/accounts' });
    expect(other.headers).not.toHaveProperty('deprecation');
    await app.close();
  });

  test.each([
    ['the last millisecond', SUNSET - 1, 'GET', 200],
    ['the sunset', SUNSET, 'GET', 410],
    ['a year later', CivilDate.from('2028-07-01').startsAt(), 'GET', 410],
    ['the sunset, another operation of the path', SUNSET, 'POST', 200],
  ] as const)('D.5 at %s', async (_title, now, method, status) => {
    const app = fastify();
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    app.addHook(
      'onRequest',
      tellDeprecations(() => now, [old]),
    );
    app.get(old.route, () => ({ data: [] }));
    app.post(old.route, () => ({}));
    const answer = await app.inject({ method, url: '/v1/banks/2963/accounts' });
    expect(answer.statusCode).toBe(status);
    if (status === 410) {
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringContaining('application/problem+json'),
        sunset: 'Wed, 30 Jun 2027 15:00:00 GMT',
        link: expect.stringContaining('rel="sunset"'),
      });
      expect(answer.json()).toMatchObject({
        code: 'retired',
        retryable: false,
        detail_ja: expect.stringContaining('廃止'),
        detail_en: expect.stringContaining('retired'),
        facts: { sunset: old.sunset, successor: old.link },
      });
    }
    await app.close();
  });

  test.each([
    ['exactly twelve months', { sunset: '2027-01-01' }, []],
    [
      'a day less',
      { sunset: '2026-12-31' },
      ['GET /v1/banks/:bankCode/accounts ends within 12 months'],
    ],
  ])('%s', (_title, over, expected) => {
    expect(faultsOf([{ ...old, ...over }])).toEqual(expected);
  });

  test('one operation stands once', () => {
    expect(faultsOf([old, old])).toEqual(['GET /v1/banks/:bankCode/accounts stands twice']);
  });

  test('the table in force keeps the rule', () => {
    expect(faultsOf(DEPRECATIONS)).toEqual([]);
  });
});
