import fc from 'fast-check';

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Texts that have broken somebody's parser, query, log or page before. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e400',
  '9'.repeat(400),
  '0x10',
  '１２３４',
  '2963 ',
  '../../etc/passwd',
  '..%2f..%2f',
  "' OR '1'='1",
  "'; DROP TABLE consent; --",
  '$1',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=HYPERLINK("x")',
  '%00',
  '%',
  '\r\nset-cookie: a=b',
  '\ud800',
  '\u202e連携',
  'ﾚﾝｹｲ',
  '👩‍👩‍👧‍👦',
  'ZALGO\u0300\u0301\u0302',
  'a'.repeat(5_000),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:59Z',
  '2026-11-22T00:00:00+99:99',
  'none',
  '*',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

/** JSON values of every kind but the wanted one. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -0,
      -1,
      1.5,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      [],
      {},
      [[]],
      [null],
      { length: 1e9 },
      { toString: 1 },
      { $ne: null },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

/** Bodies that are no JSON, or JSON that nobody should take in. */
export const hostileBody: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '{',
  'null',
  '"text"',
  '[]',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":[]}}',
  '{"a":1e999}',
  `{"a":${'9'.repeat(400)}}`,
  deep(500),
  deep(20_000),
  `{"a":"${'x'.repeat(70_000)}"}`,
  '\ufeff{}',
  '{"a":"\\ud800"}',
  '<xml/>',
  'a=b&c=d',
);

export const hostileMediaType: fc.Arbitrary<string> = fc.constantFrom(
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/merge-patch+json',
  'nonsense',
);
