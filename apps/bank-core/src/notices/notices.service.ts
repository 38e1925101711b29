import { Inject, Injectable } from '@nestjs/common';
import { assert, newId } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { NoticeToQueue } from './domain/notice.js';
import { insertNotice, lastOnceKey } from './storage/notice.store.pg.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';

/** What holders are told. The row is the promise; delivery is another process's business. */
@Injectable()
export class NoticesService {
  constructor(@Inject(BANK_CONFIG) private readonly config: Pick<BankConfig, 'publicOrigin'>) {}

  /**
   * Writes a notice into the caller's transaction, so that it goes out if and only if the effect stands. What has a
   * once-key is written once for a holder, whoever tells of it again.
   */
  async queue(tx: Transaction, notice: NoticeToQueue): Promise<`ntc_${string}`> {
    // A line break in a header would be the beginning of another one.
    assert(!/[\r\n]/.test(notice.subject + notice.recipient), 'A header is one line.');
    const id = newId('ntc', notice.at);
    await insertNotice(tx, { ...notice, id, messageId: `<${id}@${this.host()}>` });
    return id;
  }

  /** Of what a holder was last told once, by a notice of this kind whose key begins so. */
  lastToldOnce(
    tx: Transaction,
    about: {
      readonly institutionId: number;
      readonly holderId: string;
      readonly kind: string;
      readonly prefix: string;
    },
  ): Promise<string | undefined> {
    return lastOnceKey(tx, about);
  }

  /** A command that has no pages of its own names the house; the id alone is unique already. */
  private host(): string {
    const { publicOrigin } = this.config;
    return publicOrigin ? new URL(publicOrigin).hostname : 'bank.invalid';
  }
}
