import { parentPort } from 'node:worker_threads';
import { compare } from './compare.js';

/** One share of the campaign: so many cases from one seed. */
export interface Chunk {
  readonly cases: number;
  readonly seed: number;
}

parentPort?.on('message', ({ cases, seed }: Chunk) => {
  parentPort?.postMessage(compare(cases, seed));
});
