import { expect, test } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.js';

test('work on one key waits for its predecessor, even a failed one; other keys do not wait', async () => {
  const turns = new OneAtATime();
  const seen: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => (open = done));
  const first = turns.run('a', async () => {
    await gate;
    seen.push('a1');
    throw new Error('a1 fails');
  });
  const second = turns.run('a', async () => seen.push('a2'));
  await turns.run('b', async () => seen.push('b1'));
  expect(seen).toEqual(['b1']);
  open();
  await expect(first).rejects.toThrow('a1 fails');
  await second;
  expect(seen).toEqual(['b1', 'a1', 'a2']);
});
