import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';
import type { RecordEntry } from './domain/record-entry.js';
import { ReadRecorder } from './read-recorder.js';
import { appendRecord, recordsOfTransfer, type KeptRecord } from './storage/record.store.pg.js';

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

  /** What the record says of one transfer, in the order in which it was written: evidence (SM-3.5, SM-13.1a). */
  ofTransfer(tx: Transaction, institutionId: number, transferId: string): Promise<KeptRecord[]> {
    return recordsOfTransfer(tx, institutionId, transferId);
  }
}
