import { Worker } from 'node:worker_threads';
import type { Chunk } from './chunk-worker.js';
import type { Comparison } from './compare.js';

const CASES_OF_A_CHUNK = 25_000;

/** The shares of a campaign; each has a seed of its own, so who takes it changes nothing. */
export function chunksOf(cases: number, seed: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let left = cases, next = seed; left > 0; left -= CASES_OF_A_CHUNK, next += 1) {
    chunks.push({ cases: Math.min(left, CASES_OF_A_CHUNK), seed: next });
  }
  return chunks;
}

/** The results of several chunks as one. The first ten examples are kept. */
export function together(parts: readonly Comparison[]): Comparison {
  const classes: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, count] of Object.entries(part.classes)) {
      classes[name] = (classes[name] ?? 0) + count;
    }
  }
  return {
    cases: parts.reduce((sum, part) => sum + part.cases, 0),
    differences: parts.reduce((sum, part) => sum + part.differences, 0),
    examples: parts.flatMap((part) => part.examples).slice(0, 10),
    classes,
  };
}

function judge(worker: Worker, chunk: Chunk): Promise<Comparison> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', done);
      worker.off('error', failed);
    };
    const done = (part: Comparison): void => {
      settle();
      resolve(part);
    };
    const failed = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', done);
    worker.on('error', failed);
    worker.postMessage(chunk);
  });
}

/** Judges all chunks with `workers` threads. A thread that dies ends the campaign with its error. */
export async function compareInChunks(
  chunks: readonly Chunk[],
  workers: number,
): Promise<Comparison> {
  const waiting = [...chunks];
  const parts: Comparison[] = [];
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./chunk-worker.js', import.meta.url));
    try {
      for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
        parts.push(await judge(worker, chunk));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return together(parts);
}
