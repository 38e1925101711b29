import { Worker } from 'node:worker_threads';

function answerOf<Job, Answer>(worker: Worker, job: Job): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', done);
      worker.off('error', failed);
    };
    const done = (answer: Answer): void => {
      settle();
      resolve(answer);
    };
    const failed = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', done);
    worker.on('error', failed);
    worker.postMessage(job);
  });
}

/**
 * Gives the jobs one by one to `threads` threads that run `module`, which answers each message with
 * one of its own. The answers stand in the order of the jobs, whoever took them. A thread that dies
 * ends the whole with its error.
 */
export async function inThreads<Job, Answer>(
  module: URL,
  jobs: readonly Job[],
  threads: number,
): Promise<Answer[]> {
  const waiting = [...jobs.entries()];
  const answers: Answer[] = [];
  const work = async (): Promise<void> => {
    const worker = new Worker(module);
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, job] = next;
        answers[index] = await answerOf<Job, Answer>(worker, job);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return answers;
}
