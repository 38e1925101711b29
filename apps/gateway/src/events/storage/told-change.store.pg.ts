import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';

/** Which entries of the change calendar have been told to whom; kept when their events go. */
@Injectable()
export class ToldChangeStore {
  /** True where it is told for the first time. Waits for another transaction that is telling it. */
  async note(tx: Transaction, changeId: string, epspId: string): Promise<boolean> {
    const rows = await tx.query(
      `insert into told_change (change_id, epsp_id) values ($1, $2)
       on conflict do nothing returning change_id`,
      [changeId, epspId],
    );
    return rows.length === 1;
  }
}
