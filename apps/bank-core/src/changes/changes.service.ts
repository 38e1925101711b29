import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { FeedPosition } from '../consents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { FEDERATION, type Change, type PlacedChange } from './domain/change.js';
import { ChangeHint } from './change-hint.js';
import { changesAfter, federationChangesAfter } from './storage/change.store.pg.js';

export interface ToldChange extends Change {
  /** Absent for what concerns no institution alone. */
  readonly bankCode: string | undefined;
}

export interface ChangePage {
  readonly changes: readonly ToldChange[];
  /** Where to go on, the same as before when there is nothing new. */
  readonly positions: ReadonlyMap<number, FeedPosition>;
}

/** What changed for intermediaries, in (xid8, id) order per institution, nothing skipped, nothing twice. */
@Injectable()
export class ChangesService implements OnModuleDestroy {
  private stopping = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ChangeHint) private readonly hint: ChangeHint,
  ) {}

  /** The next changes behind `positions`, at most `limit`; waits up to `waitMs` where there are none. */
  async after(
    positions: ReadonlyMap<number, FeedPosition>,
    limit: number,
    waitMs: number,
    gone: AbortSignal,
  ): Promise<ChangePage> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const page = await this.read(positions, limit);
      const isOver = performance.now() >= deadline || gone.aborted || this.stopping;
      if (page.changes.length > 0 || isOver) return page;
      // The sequence is a hint that spares the reading; whatever it misses, the next call reads.
      await this.hint.next(deadline, gone);
    }
  }

  onModuleDestroy(): void {
    this.stopping = true;
    this.hint.stop();
  }

  private async read(from: ReadonlyMap<number, FeedPosition>, limit: number): Promise<ChangePage> {
    const positions = new Map(from);
    const changes: ToldChange[] = [];
    const take = (place: number, bankCode: string | undefined, found: readonly PlacedChange[]) => {
      for (const { position, settled, ...change } of found) {
        if (!settled) return;
        positions.set(place, position);
        changes.push({ ...change, bankCode });
      }
    };
    take(
      FEDERATION,
      undefined,
      await this.database.transaction((tx) =>
        federationChangesAfter(tx, positions.get(FEDERATION), limit),
      ),
    );
    for (const { id, bankCode } of await this.institutions.all()) {
      const left = limit - changes.length;
      if (left <= 0) break;
      const found = await this.database.inInstitution(id, (tx) =>
        changesAfter(tx, id, positions.get(id), left),
      );
      take(id, bankCode, found);
    }
    return { changes, positions };
  }
}
