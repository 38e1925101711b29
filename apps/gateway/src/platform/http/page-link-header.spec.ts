import { expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { tellPageLinks } from './page-link-header.js';

const linkOf = async (body: unknown, earlier?: string) => {
  const app = fastify();
  app.addHook('preSerialization', tellPageLinks);
  app.get('/', (_request, reply) => {
    if (earlier) void reply.header('link', earlier);
    return body;
  });
  const { headers } = await app.inject({ url: '/' });
  await app.close();
  return headers.link;
};

test('B-3 the way to the next page stands in Link as well, and nowhere else', async () => {
  const next = '/v1/banks/2963/accounts/acc_1/transactions?cursor=x';
  expect(await linkOf({ data: [], links: { self: '/', next } })).toBe(`<${next}>; rel="next"`);
  expect(await linkOf({ data: [], links: { self: '/' } })).toBeUndefined();
  expect(await linkOf({ links: null })).toBeUndefined();
  expect(await linkOf([1, 2])).toBeUndefined();
  expect(await linkOf({ links: { next } }, '<x>; rel="deprecation"')).toBe(
    `<x>; rel="deprecation", <${next}>; rel="next"`,
  );
});
