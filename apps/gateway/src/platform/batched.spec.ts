import { expect, test } from '@jest/globals';
import { Batched } from './batched.js';

const options = { batchMax: 3, waitingMax: 5, answerMs: 1_000 };

/** Batches that wait to be answered by hand. */
function byHand() {
  const sent: { items: readonly number[]; answer: () => void; fail: () => void }[] = [];
  const arrivals: (() => void)[] = [];
  const run = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve, reject) => {
      sent.push({
        items,
        answer: () => resolve(items.map((item) => item * 10)),
        fail: () => reject(new Error('down')),
      });
      arrivals.shift()?.();
    });
  const arrival = () => new Promise<void>((resolve) => arrivals.push(resolve));
  return { sent, run, arrival };
}

test('what comes in one turn of the event loop leaves together, at most batchMax at a time', async () => {
  const { sent, run, arrival } = byHand();
  const batched = new Batched(run, options);
  let came = arrival();
  const answers = Promise.all([1, 2, 3, 4].map((item) => batched.submit(item)));
  await came;
  expect(sent.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  came = arrival();
  sent[0]?.answer();
  await came;
  expect(sent[1]?.items).toEqual([4]);
  sent[1]?.answer();
  expect(await answers).toEqual([10, 20, 30, 40]);
  expect(batched.counts).toEqual({ batches: 2, items: 4, failed: 0 });
});

test('what comes while a batch is on its way travels in the next one', async () => {
  const { sent, run, arrival } = byHand();
  const batched = new Batched(run, options);
  let came = arrival();
  const first = batched.submit(1);
  await came;
  const others = [batched.submit(2), batched.submit(3)];
  came = arrival();
  sent[0]?.answer();
  expect(await first).toBe(10);
  await came;
  expect(sent[1]?.items).toEqual([2, 3]);
  sent[1]?.answer();
  expect(await Promise.all(others)).toEqual([20, 30]);
});

test('a failed batch fails its own items and no other', async () => {
  const { sent, run, arrival } = byHand();
  const batched = new Batched(run, options);
  let came = arrival();
  const first = batched.submit(1);
  await came;
  const second = batched.submit(2);
  came = arrival();
  sent[0]?.fail();
  await expect(first).rejects.toThrow('down');
  await came;
  sent[1]?.answer();
  expect(await second).toBe(20);
});

test('T-31 nobody waits for an answer that does not come, nor in an endless line', async () => {
  const { sent, run, arrival } = byHand();
  const batched = new Batched(run, { ...options, waitingMax: 1, answerMs: 20 });
  const came = arrival();
  const first = batched.submit(1);
  await came;
  expect(sent).toHaveLength(1);
  const second = batched.submit(2);
  await expect(batched.submit(3)).rejects.toThrow('Too many wait');
  await expect(first).rejects.toThrow('within 20 ms');
  await expect(second).rejects.toThrow('within 20 ms');
});
