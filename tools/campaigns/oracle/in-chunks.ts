import { inThreads } from '../../thread-pool.js';
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

/** Judges all chunks with `workers` threads. A thread that dies ends the campaign with its error. */
export async function compareInChunks(
  chunks: readonly Chunk[],
  workers: number,
): Promise<Comparison> {
  const module = new URL('./chunk-worker.js', import.meta.url);
  return together(await inThreads<Chunk, Comparison>(module, chunks, workers));
}
