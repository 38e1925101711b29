import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { RecordEntry } from './domain/record-entry.js';
import { appendRecord } from './storage/record.store.pg.js';

const WINDOW_MS = 500;

/**
 * Reads are recorded in groups: at most half a second of them can be lost with the process, never a change,
 * which has its record in its own transaction (design.md section 4).
 */
@Injectable()
export class ReadRecorder implements OnModuleDestroy {
  private readonly log = new Logger('ReadRecorder');
  private waiting: RecordEntry[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(@Inject(Database) private readonly database: Database) {}

  note(entry: RecordEntry): void {
    this.waiting.push(entry);
    this.timer ??= setTimeout(() => void this.flush(), WINDOW_MS).unref();
  }

  /** Writes what waits, one transaction per institution. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const entries = this.waiting;
    this.waiting = [];
    this.writing = this.writing.then(() => this.write(entries));
    return this.writing;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private async write(entries: readonly RecordEntry[]): Promise<void> {
    for (const [institutionId, group] of Map.groupBy(entries, (entry) => entry.institutionId)) {
      try {
        await this.database.inInstitution(institutionId, async (tx) => {
          for (const entry of group) await appendRecord(tx, entry);
        });
      } catch (error) {
        const cause = error instanceof Error ? error.message : 'unknown cause';
        this.log.error(`${group.length} reads of institution ${institutionId} lost: ${cause}`);
      }
    }
  }
}
