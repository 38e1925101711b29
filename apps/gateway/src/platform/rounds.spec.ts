import { expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Rounds } from './rounds.js';

/** Does what it is told in each round, and says so. */
class Told extends Rounds {
  readonly seen: string[] = [];

  constructor(private readonly acts: (() => Promise<number>)[]) {
    super('not done', 1);
  }

  protected async round(): Promise<number> {
    const act = this.acts.shift();
    this.seen.push(act ? 'round' : 'end');
    if (!act) this.onModuleDestroy();
    return act ? act() : 0;
  }

  ended(): boolean {
    return this.isEnding;
  }
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((next) => setImmediate(next));
};

test('rounds follow one another; one that fails is logged and followed by the next', async () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const rounds = new Told([async () => 0, () => Promise.reject(new Error('x')), async () => 0]);
  rounds.onApplicationBootstrap();
  await until(() => rounds.ended());
  expect(rounds.seen).toEqual(['round', 'round', 'round', 'end']);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toMatch(/^not done: /);
  warn.mockRestore();
});

test('a process that ends breaks the rest, begins no further round, and says nothing of what it broke', async () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const rounds = new Told([async () => 3_600_000]);
  rounds.onApplicationBootstrap();
  await until(() => rounds.seen.length === 1);
  rounds.onModuleDestroy();
  await new Promise((next) => setImmediate(next));
  expect(rounds.seen).toEqual(['round']);
  const failing = new Told([
    () => {
      failing.onModuleDestroy();
      return Promise.reject(new Error('cut off'));
    },
  ]);
  failing.onApplicationBootstrap();
  await until(() => failing.ended());
  await new Promise((next) => setImmediate(next));
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
