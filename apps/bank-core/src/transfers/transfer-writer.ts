import type { Refusal, Result } from '#libs/kernel';
import {
  GroupCommit,
  judgeLedgerFailure,
  LEDGER_LANES,
  restBetweenTries,
  type Statements,
} from '../accounts/index.js';
import { fixTransfers, type Fixed, type FixPlan } from './storage/fix-transfers.store.pg.js';

/** The group-commit writers of 確定, one per institution: whatever waits is fixed in one call and one commit. */
export class TransferWriter {
  private readonly writers = new Map<number, GroupCommit<FixPlan, Fixed>>();

  constructor(private readonly connections: Statements) {}

  /** As `LedgerWriter.place`: rejects when nobody can say what became of it; confirming again tells the truth. */
  fix(institutionId: number, plan: FixPlan): Promise<Result<Fixed, Refusal<'ledger_busy'>>> {
    let writer = this.writers.get(institutionId);
    if (!writer) {
      writer = new GroupCommit(
        {
          keyOf: (waiting: FixPlan) => waiting.transferId,
          // A transfer that was fixed before is known by its own row.
          run: (plans) => fixTransfers(this.connections, institutionId, plans),
          judge: judgeLedgerFailure,
          rest: restBetweenTries,
        },
        LEDGER_LANES,
      );
      this.writers.set(institutionId, writer);
    }
    return writer.submit(plan);
  }

  async idle(): Promise<void> {
    for (const writer of this.writers.values()) await writer.idle();
  }
}
