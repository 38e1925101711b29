import { describe, expect, test } from '@jest/globals';
import { cursorOf, positionsOf } from './feed-cursor.js';

describe('the cursor of the consent feed', () => {
  test('comes back as it went out, in any order of institutions', () => {
    const positions = new Map([
      [15, { xid: '18446744073709551615', id: '9' }],
      [4, { xid: '812', id: '3' }],
    ]);
    expect(positionsOf(cursorOf(positions))).toEqual(positions);
    expect(cursorOf(new Map([...positions].reverse()))).toBe(cursorOf(positions));
  });

  test('an empty one stands before the first change', () => {
    expect(positionsOf('')).toEqual(new Map());
    expect(cursorOf(new Map())).toBe('');
  });

  const [xidTooLarge, idTooLarge] = ['4:18446744073709551616-1', '4:1-9223372036854775808'].map(
    (text) => Buffer.from(text).toString('base64url'),
  );
  test.each([xidTooLarge, idTooLarge] as string[])(
    'what the database cannot hold is no cursor, so that one listener stops no other: %s',
    (cursor) => expect(positionsOf(cursor)).toBeUndefined(),
  );

  test.each(['nonsense', Buffer.from('4:x-1').toString('base64url'), 'AAAA'])(
    'what is none of ours is no cursor: %s',
    (cursor) => expect(positionsOf(cursor)).toBeUndefined(),
  );
});
