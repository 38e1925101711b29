import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';

/** What a group-commit writer does with a batch. */
export interface BatchWork<Item, Answer> {
  /** Two items of one key never stand in one batch: the later one waits for the next. */
  keyOf(item: Item): string;
  /**
   * Decides a batch in one commit, one answer per item. `mayBeKnown`: some key may have been decided before. Throws
   * when nothing was done, or when nobody can say whether it was.
   */
  run(items: readonly Item[], mayBeKnown: boolean): Promise<readonly Answer[]>;
  /** What a failure means for the batch. */
  judge(error: unknown): Failure;
  /** Resolves when a batch may be tried again that failed for a passing reason `attempt` times. */
  rest(attempt: number): Promise<void>;
}

/**
 * `known_key`: run again and look for it. `passing`: nothing is wrong with the items (a lock, a lost connection);
 * the same keys tell the truth, so try again. `poisonous`: one of the items breaks the batch.
 */
export type Failure = 'known_key' | 'passing' | 'poisonous';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly key: string;
  readonly resolve: (answer: Result<Answer, Refusal<'ledger_busy'>>) => void;
  readonly reject: (error: unknown) => void;
  mayBeKnown: boolean;
}

export interface GroupCommitOptions {
  readonly batchMax: number;
  /** More than so many waiting items are refused at once with `ledger_busy`. */
  readonly waitingMax: number;
  /** How often a batch is tried while its failures are passing. */
  readonly attempts: number;
  /** How many batches may be on their way, and from how many waiting items on a further one leaves. */
  readonly lanesMax: number;
  readonly furtherLaneFrom: number;
}

/**
 * One writer: while a batch is on its way the next one fills, and when it is idle an item leaves at once. No timer
 * fills a batch; only a server that is away is given time. When much waits, a further batch is sent after the first, so
 * that the database finds it ready when it has finished that. Correctness never rests on any of this: whoever else
 * writes, the locks, versions and keys below hold (ledger.md 3.2).
 */
export class GroupCommit<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private lanes = 0;
  private readonly running = new Set<Promise<void>>();
  private readonly onTheirWay = new Set<string>();

  constructor(
    private readonly work: BatchWork<Item, Answer>,
    private readonly options: GroupCommitOptions,
  ) {}

  /** The item's own answer, when its batch has committed. Rejects when its outcome is not known. */
  submit(item: Item): Promise<Result<Answer, Refusal<'ledger_busy'>>> {
    if (this.waiting.length >= this.options.waitingMax) {
      return Promise.resolve(refused('ledger_busy', { facts: { retryAfterSeconds: 1 } }));
    }
    return new Promise((resolve, reject) => {
      const key = this.work.keyOf(item);
      this.waiting.push({ item, key, resolve, reject, mayBeKnown: false });
      const { lanesMax, furtherLaneFrom } = this.options;
      const mayJoin = this.lanes < lanesMax && this.waiting.length >= furtherLaneFrom;
      if (this.lanes === 0 || mayJoin) this.openLane();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private openLane(): void {
    this.lanes += 1;
    const lane = this.drain().finally(() => this.running.delete(lane));
    this.running.add(lane);
  }

  private async drain(): Promise<void> {
    // Whoever calls in the same turn of the event loop stands in the first batch too.
    await Promise.resolve();
    for (let batch = this.take(); batch.length > 0; batch = this.take()) {
      await this.decide(batch, 1);
      for (const { key } of batch) this.onTheirWay.delete(key);
    }
    // In the same turn in which nothing was left: an item that comes now opens a lane of its own.
    this.lanes -= 1;
  }

  /**
   * The next batch. An item whose key is on its way stays, and comes later with its key looked up: the lane that
   * carries the key takes it when it has finished.
   */
  private take(): Waiting<Item, Answer>[] {
    const batch: Waiting<Item, Answer>[] = [];
    const later: Waiting<Item, Answer>[] = [];
    for (const waiting of this.waiting) {
      if (batch.length === this.options.batchMax) later.push(waiting);
      else if (this.onTheirWay.has(waiting.key)) {
        later.push(Object.assign(waiting, { mayBeKnown: true }));
      } else {
        this.onTheirWay.add(waiting.key);
        batch.push(waiting);
      }
    }
    this.waiting = later;
    return batch;
  }

  private async decide(batch: readonly Waiting<Item, Answer>[], attempt: number): Promise<void> {
    const mayBeKnown = batch.some((waiting) => waiting.mayBeKnown);
    const items = batch.map(({ item }) => item);
    let answers: readonly Answer[];
    try {
      answers = await this.work.run(items, mayBeKnown);
      assert(answers.length === batch.length, 'A batch has as many answers as items.');
    } catch (error) {
      await this.recover(batch, attempt, error);
      return;
    }
    batch.forEach(({ resolve }, index) => resolve(accepted(answers[index] as Answer)));
  }

  /** Again with the keys looked up, or in halves down to the item that breaks it, or the error for every one. */
  private async recover(
    batch: readonly Waiting<Item, Answer>[],
    attempt: number,
    error: unknown,
  ): Promise<void> {
    const failure = this.work.judge(error);
    const mayTryAgain = attempt < this.options.attempts;
    for (const waiting of batch) waiting.mayBeKnown = true;
    if (failure !== 'poisonous' && mayTryAgain) {
      if (failure === 'passing') await this.work.rest(attempt);
      await this.decide(batch, attempt + 1);
      return;
    }
    // A key that stays known however often it is looked up stands in the batch twice, under two names.
    if (failure !== 'passing' && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      await this.decide(batch.slice(0, half), attempt);
      await this.decide(batch.slice(half), attempt);
      return;
    }
    for (const { reject } of batch) reject(error);
  }
}
