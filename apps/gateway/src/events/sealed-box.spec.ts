import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SealedBox } from './sealed-box.js';

const [old, next] = [randomBytes(32), randomBytes(32)] as const;
const content = Buffer.from('a key', 'utf8');
const sealed = new SealedBox([old]).seal('a|1', content);

describe('T-22 what the database alone does not open', () => {
  test('opens at its place with its key, and neither elsewhere nor changed nor with another key', () => {
    const box = new SealedBox([old]);
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(box.open('a|1', sealed)).toEqual(content);
    expect(box.open('a|2', sealed)).toBeUndefined();
    expect(box.open('a|1', changed)).toBeUndefined();
    expect(new SealedBox([next]).open('a|1', sealed)).toBeUndefined();
  });

  test('the first key seals and all open, whichever stands first', () => {
    expect(new SealedBox([next, old]).open('a|1', sealed)).toEqual(content);
    expect(new SealedBox([old, next]).open('a|1', sealed)).toEqual(content);
    const anew = new SealedBox([next, old]).seal('a|1', content);
    expect(new SealedBox([next]).open('a|1', anew)).toEqual(content);
    expect(new SealedBox([old]).open('a|1', anew)).toBeUndefined();
  });

  test('what a former key sealed is renewed under the first, and nothing else is', () => {
    const both = new SealedBox([next, old]);
    const renewed = both.renewed('a|1', sealed);
    expect(renewed && new SealedBox([next]).open('a|1', renewed)).toEqual(content);
    expect(renewed && both.renewed('a|1', renewed)).toBeUndefined();
    expect(new SealedBox([next]).renewed('a|1', sealed)).toBeUndefined();
  });
});
