import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';
import type { RecordEntry } from './domain/record-entry.js';
import { ReadRecorder } from './read-recorder.js';
import { appendRecord } from './storage/record.store.pg.js';

/** Writes the machine record (SM-3.5). Reading it back is a matter of evidence and comes with its own rights. */
@Injectable()
export class RecordsService {
  constructor(@Inject(ReadRecorder) private readonly reads: ReadRecorder) {}

  /** Appends in the caller's transaction, so that a change and its record are one. */
  append(tx: Transaction, entry: RecordEntry): Promise<void> {
    return appendRecord(tx, entry);
  }

  /** Records a read with a loss window of half a second; for nothing that changes anything. */
  noteRead(entry: RecordEntry): void {
    this.reads.note(entry);
  }
}
