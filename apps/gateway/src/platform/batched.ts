import { assert } from '#libs/kernel';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export interface BatchedOptions {
  readonly batchMax: number;
  /** More than so many waiting items are refused at once instead of piling up (T-31). */
  readonly waitingMax: number;
  /** A batch without an answer for this long has failed, in milliseconds. */
  readonly answerMs: number;
}

/**
 * Items that arrive while a batch is on its way travel together in the next one: one round trip for all of
 * them. The first one leaves at the end of the turn of the event loop in which it came, so that whatever
 * arrived with it goes along; no timer holds anything back.
 */
export class Batched<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private isBusy = false;
  /** Batches that were sent, items in them, and items without an answer, since the start. */
  readonly counts = { batches: 0, items: 0, failed: 0 };

  constructor(
    /** Decides a batch: one answer per item, in its order. Throws when none can be given. */
    private readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly options: BatchedOptions,
  ) {}

  /** The item's own answer. Rejects when its batch failed or came too late, or when too many wait. */
  submit(item: Item): Promise<Answer> {
    if (this.waiting.length >= this.options.waitingMax)
      return Promise.reject(new Error('Too many wait for an answer.'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isBusy) return;
      this.isBusy = true;
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0)
      await this.decide(this.waiting.splice(0, this.options.batchMax));
    this.isBusy = false;
  }

  private async decide(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    this.counts.batches += 1;
    this.counts.items += batch.length;
    try {
      const answers = await inTime(this.run(batch.map(({ item }) => item)), this.options.answerMs);
      assert(answers.length === batch.length, 'A batch has as many answers as items.');
      batch.forEach(({ resolve }, nth) => resolve(answers[nth] as Answer));
    } catch (error) {
      this.counts.failed += batch.length;
      for (const { reject } of batch) reject(error as Error);
    }
  }
}

/** The answer, or a rejection after `limitMs`: whoever asks a store must not wait for ever (T-31). */
export function inTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No answer within ${limitMs} ms.`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
