import { Inject, Injectable } from '@nestjs/common';
import type { StoredMail } from './domain/notice.js';
import { MailboxStore } from './storage/mailbox.store.pg.js';

const MAILS_MAX = 50;

/** What an officer who has opened the letter box may look at. */
@Injectable()
export class Mailbox {
  constructor(@Inject(MailboxStore) private readonly store: MailboxStore) {}

  /** The newest mails of one institution. */
  newest(institutionId: number): Promise<StoredMail[]> {
    return this.store.newest(institutionId, MAILS_MAX);
  }
}
