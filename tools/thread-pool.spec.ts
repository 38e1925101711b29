import { describe, expect, test } from '@jest/globals';
import { inThreads } from './thread-pool.js';

const worker = (onMessage: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', (job) => { ${onMessage} });`,
    )}`,
  );

describe('jobs in threads', () => {
  test.each([1, 3])(
    'every job is answered once, in its own place, by %d threads',
    async (threads) => {
      const jobs = Array.from({ length: 9 }, (_, index) => index);
      const doubled = worker('parentPort.postMessage(job * 2);');
      expect(await inThreads(doubled, jobs, threads)).toEqual(jobs.map((job) => job * 2));
    },
  );

  test('a thread that dies ends the whole with its error', async () => {
    const failing = worker(`if (job === 2) throw new Error('No such job.');
       parentPort.postMessage(job);`);
    await expect(inThreads(failing, [1, 2, 3], 2)).rejects.toThrow('No such job.');
  });

  test('without jobs there is nothing to answer', async () => {
    expect(await inThreads(worker(''), [], 2)).toEqual([]);
  });
});
