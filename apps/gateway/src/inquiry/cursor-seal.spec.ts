import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { CursorSeal } from './cursor-seal.js';

const content = {
  list: 'transactions' as const,
  bankCode: '2963',
  accountId: 'acc_1',
  from: undefined,
  to: '2026-11-30',
  after: '17',
  madeAt: 5,
  countedFor: 'cns_1',
};

test('what was sealed opens unchanged', () => {
  const seal = new CursorSeal(randomBytes(32));
  expect(seal.open(seal.seal(content))).toEqual(content);
});

test('a changed byte, another key, a cut or a longer cursor does not open', () => {
  const seal = new CursorSeal(randomBytes(32));
  const cursor = seal.seal(content);
  const [body = '', mac = ''] = cursor.split('.');
  const other = Buffer.from(
    JSON.stringify([5, 'cns_1', 'transactions', '2963', 'acc_2', null, null, '17']),
  );
  for (const forged of [
    `${other.toString('base64url')}.${mac}`,
    new CursorSeal(randomBytes(32)).seal(content),
    body,
    `${cursor}.x`,
    `${body}.${mac.slice(1)}`,
    '',
  ])
    expect(seal.open(forged)).toBeUndefined();
});
