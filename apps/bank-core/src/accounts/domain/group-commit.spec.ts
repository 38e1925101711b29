import { describe, expect, test } from '@jest/globals';
import { refused } from '#libs/kernel';
import {
  GroupCommit,
  type BatchWork,
  type Failure,
  type GroupCommitOptions,
} from './group-commit.js';

const OPTIONS: GroupCommitOptions = {
  batchMax: 8,
  waitingMax: 100,
  attempts: 3,
  lanesMax: 1,
  furtherLaneFrom: 1_000,
};

class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure);
  }
}

interface Item {
  readonly key: string;
  readonly content?: string;
}

const named = (...keys: readonly string[]): Item[] => keys.map((key) => ({ key }));
const judge = (error: unknown): Failure => (error instanceof Failed ? error.failure : 'poisonous');
/** Until everything that can go on has gone on: nothing here waits for anything outside. */
const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

interface Call {
  readonly keys: readonly string[];
  readonly mayBeKnown: boolean;
  readonly answer: () => void;
  readonly fail: (failure: Failure) => void;
}

/** A ledger whose every call waits to be told how it ends. */
class HeldWork implements BatchWork<Item, string> {
  readonly calls: Call[] = [];
  readonly judge = judge;
  readonly keyOf = ({ key }: Item) => key;
  readonly rests: number[] = [];

  rest(attempt: number): Promise<void> {
    this.rests.push(attempt);
    return Promise.resolve();
  }

  run(items: readonly Item[], mayBeKnown: boolean): Promise<readonly string[]> {
    const keys = items.map(({ key }) => key);
    return new Promise((resolve, reject) => {
      const answer = () => resolve(keys.map((key) => `done ${key}`));
      this.calls.push({ keys, mayBeKnown, answer, fail: (failure) => reject(new Failed(failure)) });
    });
  }

  call(index: number): Call {
    const call = this.calls[index];
    if (!call) throw new Error(`There were ${this.calls.length} calls.`);
    return call;
  }

  get keys() {
    return this.calls.map(({ keys }) => keys.join(''));
  }
}

/** What became of each item, in words, in the order in which it was submitted. */
function submitAll(commit: GroupCommit<Item, string>, items: readonly Item[]): string[] {
  const outcomes = items.map(() => 'waits');
  items.forEach((item, index) => {
    const settleOnce = (outcome: string) => {
      outcomes[index] = outcomes[index] === 'waits' ? outcome : `${outcomes[index]}, ${outcome}`;
    };
    commit.submit(item).then(
      (result) => settleOnce(result.ok ? result.value : result.refusal.code),
      (error: unknown) => settleOnce(String(error)),
    );
  });
  return outcomes;
}

describe('one writer groups whatever waits', () => {
  test('who calls in the same turn stands in the first batch; the next fills while it is on its way', async () => {
    const work = new HeldWork();
    const commit = new GroupCommit(work, OPTIONS);
    const first = submitAll(commit, named('a', 'b'));
    await settle();
    const second = submitAll(commit, named('c', 'd', 'e'));
    await settle();
    expect(work.keys).toEqual(['ab']);
    work.call(0).answer();
    await settle();
    expect(first).toEqual(['done a', 'done b']);
    expect(work.keys).toEqual(['ab', 'cde']);
    expect(second).toEqual(['waits', 'waits', 'waits']);
    work.call(1).answer();
    await commit.idle();
    await settle();
    expect(second).toEqual(['done c', 'done d', 'done e']);
    expect(work.calls.map(({ mayBeKnown }) => mayBeKnown)).toEqual([false, false]);
  });

  test('a batch has at most batchMax items, in the order in which they came', async () => {
    const work = new HeldWork();
    submitAll(new GroupCommit(work, { ...OPTIONS, batchMax: 2 }), named('a', 'b', 'c', 'd', 'e'));
    for (let call = 0; call < 3; call += 1) {
      await settle();
      work.call(call).answer();
    }
    await settle();
    expect(work.keys).toEqual(['ab', 'cd', 'e']);
  });

  test('when much waits a further batch leaves, and never more than lanesMax', async () => {
    const work = new HeldWork();
    const commit = new GroupCommit(work, {
      ...OPTIONS,
      batchMax: 2,
      lanesMax: 2,
      furtherLaneFrom: 2,
    });
    const outcomes = submitAll(commit, named('a', 'b', 'c', 'd', 'e', 'f'));
    await settle();
    expect(work.keys).toEqual(['ab', 'cd']);
    work.call(1).answer();
    await settle();
    expect(work.keys).toEqual(['ab', 'cd', 'ef']);
    work.call(0).answer();
    work.call(2).answer();
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => `done ${key}`));
  });

  test('beyond waitingMax an item is refused at once, and taken again when there is room', async () => {
    const work = new HeldWork();
    const commit = new GroupCommit(work, { ...OPTIONS, waitingMax: 2 });
    const outcomes = submitAll(commit, named('a', 'b', 'c'));
    const busy = await commit.submit({ key: 'd' });
    expect(busy).toEqual(refused('ledger_busy', { facts: { retryAfterSeconds: 1 } }));
    expect(outcomes).toEqual(['waits', 'waits', 'ledger_busy']);
    await settle();
    const later = submitAll(commit, named('c'));
    work.call(0).answer();
    await settle();
    work.call(1).answer();
    await settle();
    expect([...outcomes, ...later]).toEqual(['done a', 'done b', 'ledger_busy', 'done c']);
  });

  test('a key that is on its way is not sent again beside itself: it waits, and is looked up', async () => {
    const work = new HeldWork();
    const commit = new GroupCommit(work, { ...OPTIONS, lanesMax: 2, furtherLaneFrom: 2 });
    const outcomes = submitAll(commit, named('a', 'b', 'a'));
    await settle();
    submitAll(commit, named('b', 'c', 'd'));
    await settle();
    const sent = work.calls.map(({ keys }) => [...keys]);
    expect(sent.flat().sort()).toEqual(['a', 'b', 'c', 'd']);
    work.calls.forEach((call) => call.answer());
    await settle();
    const late = work.calls.slice(sent.length);
    expect(late.flatMap(({ keys }) => keys).sort()).toEqual(['a', 'b']);
    expect(late.every(({ mayBeKnown }) => mayBeKnown)).toBe(true);
    late.forEach((call) => call.answer());
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(['done a', 'done b', 'done a']);
  });
});

describe('a batch that is tried again', () => {
  test('a server that is away is given time, longer each try; a known key is looked up at once', async () => {
    const work = new HeldWork();
    const outcomes = submitAll(new GroupCommit(work, OPTIONS), named('a'));
    await settle();
    work.call(0).fail('passing');
    await settle();
    work.call(1).fail('passing');
    await settle();
    expect(work.rests).toEqual([1, 2]);
    work.call(2).answer();
    await settle();
    expect(outcomes).toEqual(['done a']);
    const other = submitAll(new GroupCommit(work, OPTIONS), named('b'));
    await settle();
    work.call(3).fail('known_key');
    await settle();
    work.call(4).answer();
    await settle();
    expect([...other, ...work.rests]).toEqual(['done b', 1, 2]);
  });
});

describe('a failed batch', () => {
  /** A ledger that decides at once: what it has decided, whom it cannot stand, what it says first. */
  class Ledger implements BatchWork<Item, string> {
    readonly effects: string[] = [];
    readonly calls: string[] = [];
    readonly judge = judge;
    readonly keyOf = ({ key }: Item) => key;
    readonly rest = () => Promise.resolve();

    constructor(
      private readonly poisonous: ReadonlySet<string>,
      private readonly script: (Failure | 'lost answer')[] = [],
    ) {}

    async run(items: readonly Item[], mayBeKnown: boolean): Promise<readonly string[]> {
      await settle();
      const keys = items.map(({ key }) => key);
      this.calls.push(`${keys.join('')}${mayBeKnown ? '?' : ''}`);
      const said = this.script.shift();
      if (said && said !== 'lost answer') throw new Failed(said);
      if (keys.some((key) => this.poisonous.has(key))) throw new Failed('poisonous');
      const isKnown = keys.some((key) => this.effects.includes(key));
      if (isKnown && !mayBeKnown) throw new Failed('known_key');
      this.effects.push(...keys.filter((key) => !this.effects.includes(key)));
      if (said) throw new Failed('passing');
      return keys.map((key) => `done ${key}`);
    }
  }

  const abc = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

  test.each(abc)(
    'is halved down to %s, which alone breaks it; the rest is answered',
    async (bad) => {
      const ledger = new Ledger(new Set([bad]));
      const commit = new GroupCommit(ledger, OPTIONS);
      const outcomes = submitAll(commit, named(...abc));
      await commit.idle();
      await settle();
      expect(outcomes).toEqual(
        abc.map((key) => (key === bad ? 'Error: poisonous' : `done ${key}`)),
      );
      expect([...ledger.effects].sort()).toEqual(abc.filter((key) => key !== bad));
    },
  );

  test('known_key: the same batch again, with its keys looked up', async () => {
    const ledger = new Ledger(new Set());
    const commit = new GroupCommit(ledger, OPTIONS);
    await commit.submit({ key: 'b' });
    const outcomes = submitAll(commit, named('a', 'b', 'c'));
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(['done a', 'done b', 'done c']);
    expect(ledger.calls).toEqual(['b', 'abc', 'abc?']);
  });

  //   what the ledger says first                  what the items get  calls
  test.each([
    [['passing'], 'done', 2],
    [['passing', 'passing'], 'done', 3],
    [['passing', 'passing', 'passing'], 'Error: passing', 3],
    [['lost answer'], 'done', 2],
    [['passing', 'lost answer'], 'done', 3],
    [['passing', 'passing', 'lost answer'], 'Error: passing', 3],
  ] as const)('%j: tried at most three times', async (script, outcome, calls) => {
    const ledger = new Ledger(new Set(), [...script]);
    const commit = new GroupCommit(ledger, OPTIONS);
    const outcomes = submitAll(commit, named('a', 'b'));
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(
      ['a', 'b'].map((key) => (outcome === 'done' ? `done ${key}` : outcome)),
    );
    expect(ledger.calls).toEqual(['ab', 'ab?', 'ab?'].slice(0, calls));
    const again = submitAll(commit, named('a', 'b'));
    await commit.idle();
    await settle();
    expect(again).toEqual(['done a', 'done b']);
    expect(ledger.effects).toEqual(['a', 'b']);
  });

  test('a key that stays known however it is looked up breaks nobody else', async () => {
    const twins = new Set(['b', 'd']);
    const commit = new GroupCommit<Item, string>(
      {
        keyOf: ({ key }) => key,
        judge,
        rest: () => Promise.resolve(),
        // Two names of one key: together they fail always, apart the later one is a replay.
        run: async (items) => {
          await settle();
          const keys = items.map(({ key }) => key);
          if (keys.filter((key) => twins.has(key)).length > 1) throw new Failed('known_key');
          return keys.map((key) => `done ${key}`);
        },
      },
      OPTIONS,
    );
    const outcomes = submitAll(commit, named('a', 'b', 'c', 'd', 'e'));
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(['a', 'b', 'c', 'd', 'e'].map((key) => `done ${key}`));
  });

  test('an answer too few is nobody’s answer', async () => {
    const commit = new GroupCommit<Item, string>(
      {
        keyOf: ({ key }) => key,
        judge,
        rest: () => Promise.resolve(),
        run: (items) =>
          Promise.resolve(items.slice(1 - items.length).map(({ key }) => `done ${key}`)),
      },
      OPTIONS,
    );
    const outcomes = submitAll(commit, named('a', 'b', 'c'));
    await commit.idle();
    await settle();
    expect(outcomes).toEqual(['done a', 'done b', 'done c']);
  });

  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    'whatever fails, nothing is lost, answered twice or done twice: seed %i',
    async (seed) => {
      let state = seed;
      const roll = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return (state >> 8) % below;
      };
      const failures = ['passing', 'known_key', 'lost answer', 'poisonous'] as const;
      const script = Array.from({ length: 30 }, () => failures[roll(12)]);
      const poisonous = new Set(['k3', 'k11'].slice(roll(3)));
      const ledger = new Ledger(poisonous, script as Failure[]);
      const commit = new GroupCommit(ledger, {
        batchMax: 1 + roll(8),
        waitingMax: 20,
        attempts: 4,
        lanesMax: 1 + roll(3),
        furtherLaneFrom: 1 + roll(5),
      });
      const turns: { readonly items: readonly Item[]; readonly outcomes: string[] }[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const items = named(...Array.from({ length: roll(10) }, () => `k${roll(25)}`));
        turns.push({ items, outcomes: submitAll(commit, items) });
        for (let wait = roll(4); wait > 0; wait -= 1) await settle();
      }
      await commit.idle();
      await settle();
      expect(new Set(ledger.effects).size).toBe(ledger.effects.length);
      for (const { items, outcomes } of turns) {
        items.forEach(({ key }, index) => {
          const isDone = outcomes[index] === `done ${key}`;
          const failures = [
            'ledger_busy',
            'Error: poisonous',
            'Error: passing',
            'Error: known_key',
          ];
          if (isDone) expect(ledger.effects).toContain(key);
          else expect(failures).toContain(outcomes[index]);
          expect(isDone && poisonous.has(key)).toBe(false);
        });
      }
    },
  );
});
