import { describe, expect, test } from '@jest/globals';
import { belongsTo } from './module.js';
import { modules } from './modules/index.js';
import { modulesOf } from './run.js';
import { otherVariants, variantOf, variants, type Variant } from './variants.js';

type Auth = Variant['clientAuth'];
type Openid = Variant['openid'];

const K = 'private_key_jwt';
const M = 'mtls';
const O = 'openid_connect';
const P = 'plain_oauth';

/** Counts of the official plans: with plain requests, and with signed ones. */
const COUNTS: readonly (readonly [Auth, Variant['constraint'], Openid, number, number])[] = [
  [K, 'dpop', O, 56, 70],
  [K, 'dpop', P, 50, 64],
  [K, 'mtls', O, 47, 61],
  [K, 'mtls', P, 41, 55],
  [M, 'dpop', O, 46, 60],
  [M, 'dpop', P, 40, 54],
  [M, 'mtls', O, 37, 51],
  [M, 'mtls', P, 31, 45],
];
const COUNTS_WITHOUT_USER: readonly (readonly [Auth, Variant['constraint'], number])[] = [
  [K, 'dpop', 14],
  [K, 'mtls', 10],
  [M, 'dpop', 9],
  [M, 'mtls', 5],
];

const count = (over: Partial<Variant>): number => {
  const variant = { ...variantOf('1'), ...over };
  return modules.filter((module) => belongsTo(module, variant)).length;
};

describe('which modules run where', () => {
  test.each(COUNTS)('%s, %s, %s', (clientAuth, constraint, openid, unsigned, signed) => {
    const over = { clientAuth, constraint, openid };
    expect(count(over)).toBe(unsigned);
    expect(count({ ...over, requestMethod: 'signed_non_repudiation' })).toBe(signed);
  });

  test.each(COUNTS_WITHOUT_USER)('%s, %s, without a holder', (clientAuth, constraint, expected) => {
    const profile = 'fapi_client_credentials_grant';
    expect(count({ clientAuth, constraint, profile, openid: P })).toBe(expected);
  });

  test('response mode and kind of request never change the count', () => {
    const plain = count({});
    expect(count({ responseMode: 'jarm' })).toBe(plain);
    expect(count({ requestType: 'rar' })).toBe(plain);
  });

  test('70 modules, numbered without a gap, no name twice', () => {
    const numbers = modules.map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 70 }, (_, at) => at + 1));
    expect(new Set(modules.map(({ name }) => name)).size).toBe(70);
  });
});

describe('the file of variants', () => {
  const all = [...variants, ...otherVariants];

  test('says of each how many modules the official plan has', () => {
    for (const variant of all)
      expect([variant.id, modulesOf(variant).length]).toEqual([variant.id, variant.modules]);
  });

  test('leaves out no combination of client, constraint, openid and signature', () => {
    const combinations = all.map(
      ({ profile, clientAuth, constraint, openid, requestMethod }) =>
        `${profile} ${clientAuth} ${constraint} ${openid} ${requestMethod}`,
    );
    expect(new Set(combinations).size).toBe(2 * COUNTS.length + COUNTS_WITHOUT_USER.length);
  });

  test('gives each two clients with different keys, and no client to two variants', () => {
    const ids = all.flatMap(({ clients }) => clients.map(({ clientId }) => clientId));
    expect(new Set(ids).size).toBe(2 * all.length);
    for (const { clients } of all) expect(clients[0].alg).not.toBe(clients[1].alg);
  });
});
