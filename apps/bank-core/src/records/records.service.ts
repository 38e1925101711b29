import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';
import type { RecordEntry } from './domain/record-entry.js';
import { appendRecord } from './storage/record.store.pg.js';

/** Writes the machine record (SM-3.5). Reading it back is a matter of evidence and comes with its own rights. */
@Injectable()
export class RecordsService {
  /** Appends in the caller's transaction, so that a change and its record are one. */
  append(tx: Transaction, entry: RecordEntry): Promise<void> {
    return appendRecord(tx, entry);
  }
}
