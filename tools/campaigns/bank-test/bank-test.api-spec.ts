import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openArena, type Arena } from './arena.js';
import { playRounds } from './rounds.js';

const SEED = 20261122;

/** The campaign's short form: its own durable cluster, one kill of the server and one of a writer. */
describe('the bank test, two rounds of it', () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena(SEED);
  });
  afterAll(() => arena.close());

  test('what was acknowledged stands once, in its order, as the sequential ledger says', async () => {
    const words: string[] = [];
    const { figures } = await playRounds(arena, {
      rounds: 2,
      seed: SEED,
      loadMs: 300,
      nemeses: ['kill_postmaster', 'kill_writer'],
      onWords: (line) => words.push(line),
    });
    expect(words.filter((line) => /FINDINGS|^ {2}/.test(line))).toEqual([]);
    expect(figures).toMatchObject({
      rounds: 2,
      lost: 0,
      doubled: 0,
      unexplained: 0,
      bad_reads: 0,
      recovery_ms_max: expect.any(Number),
    });
    expect(figures.unknown).toBeGreaterThan(0);
    expect(figures.acknowledged).toBeGreaterThan(20);
    expect(figures.rejected).toBeGreaterThan(0);
    expect(figures.reads).toBeGreaterThan(3);
  });
});
