import { assert } from '#libs/kernel';
import type { LedgerAnswer } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';

/** Asks for one thing of the party's and answers with its status. */
export type Asker = () => Promise<LedgerAnswer['status']>;

/**
 * Many who ask without pause. Who is refused for the link is out until it is resumed: when all are out, nothing
 * that was sent before is on its way any more.
 */
export class Load {
  fixed = 0;
  refused = 0;
  private out = 0;
  private isEnding = false;
  private watchers: { readonly isTrue: () => boolean; readonly resolve: () => void }[] = [];
  private resumption = gate();
  private readonly work: Promise<void[]>;

  constructor(private readonly askers: readonly Asker[]) {
    this.work = Promise.all(askers.map((ask) => this.keepAsking(ask)));
    // Who waits below learns of a failure there; here it only must not go unhandled.
    this.work.catch(() => undefined);
  }

  private async keepAsking(ask: Asker): Promise<void> {
    while (!this.isEnding) {
      const status = await ask();
      if (status === 'posted') {
        this.fixed += 1;
        this.look();
        continue;
      }
      assert(status === 'linkage_suspended', `The load was refused as ${status}.`);
      this.refused += 1;
      this.out += 1;
      this.look();
      await this.resumption.passed;
    }
  }

  /** Resolves when so many more have been fixed. */
  runs(more: number): Promise<void> {
    const until = this.fixed + more;
    return this.becomes(() => this.fixed >= until);
  }

  /** Resolves when every asker has been refused: the load is drained. */
  drained(): Promise<void> {
    return this.becomes(() => this.out === this.askers.length);
  }

  resume(): void {
    const { open } = this.resumption;
    this.out = 0;
    this.resumption = gate();
    open();
  }

  /** Lets everybody out for good; call it when drained. */
  async end(): Promise<void> {
    this.isEnding = true;
    this.resume();
    await this.work;
  }

  private async becomes(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return;
    const turned = new Promise<void>((resolve) => this.watchers.push({ isTrue, resolve }));
    await Promise.race([turned, this.work]);
  }

  private look(): void {
    const turned = this.watchers.filter(({ isTrue }) => isTrue());
    this.watchers = this.watchers.filter((watcher) => !turned.includes(watcher));
    for (const { resolve } of turned) resolve();
  }
}

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
