import {
  accepted,
  assert,
  canonicalJson,
  refused,
  type CivilDate,
  type Instant,
  type Refusal,
  type Result,
  type Yen,
} from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { FIX_REFUSALS, type FixRefusal } from '../domain/fix-refusals.js';
import type { TransferKind } from '#libs/contracts';

/** What was decided before the locks; `fix_transfer` decides again only what races. */
export interface FixPlan {
  readonly institutionId: number;
  readonly transferId: string;
  readonly holderId: string;
  readonly debitAccount: bigint;
  /** Null: through clearing. 0: ours by its code, but there is no such account. */
  readonly creditAccount: bigint | null;
  /** The receipt instant, fixed once (SM-5.3-3). */
  readonly receivedAt: Instant;
  readonly requestedOn: CivilDate;
  readonly designatedOn: CivilDate;
  readonly kind: TransferKind;
  readonly feeYen: Yen;
  readonly limitSubject: string;
  readonly limitYen: Yen;
  readonly chargeYen: Yen;
  readonly contentHash: string;
  /** The content as it stood on the page: recorded with the names of the factors (SM-3.5). */
  readonly shown: object;
  readonly factors: readonly string[];
  readonly interactionId: string;
  readonly debitText: string;
  readonly creditText: string;
  readonly payerName: string;
  /** P.sm.overdraft.usable (SM-3.4-1-2a). */
  readonly overdraftUsable: boolean;
}

interface FixRow {
  readonly status: string;
  readonly clause: string | null;
  readonly bases: string[] | null;
}

/** One call, one transaction of the caller: fixed, fixed before with the same content, or a refusal. */
export async function fixTransfer(
  tx: Transaction,
  plan: FixPlan,
): Promise<Result<'fixed' | 'already_fixed', Refusal<FixRefusal>>> {
  const rows = await tx.query<FixRow>(
    `select * from fix_transfer($1::smallint, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7, $8, $9, $10,
       $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    [
      plan.institutionId,
      plan.transferId,
      plan.holderId,
      plan.debitAccount,
      plan.creditAccount,
      plan.receivedAt,
      plan.requestedOn.toString(),
      plan.designatedOn.toString(),
      plan.kind,
      plan.feeYen,
      plan.limitSubject,
      plan.limitYen,
      plan.chargeYen,
      plan.contentHash,
      canonicalJson(plan.shown),
      plan.factors,
      plan.interactionId,
      plan.debitText,
      plan.creditText,
      plan.payerName,
      plan.overdraftUsable,
    ],
  );
  const row = rows[0];
  assert(row, 'fix_transfer answered nothing.');
  if (row.status === 'fixed' || row.status === 'already_fixed') return accepted(row.status);
  const code = FIX_REFUSALS.find((refusal) => refusal === row.status);
  assert(code, `fix_transfer answered ${row.status}.`);
  return refused(code, {
    ...(row.clause ? { clause: row.clause } : {}),
    ...(row.bases?.length ? { facts: { bases: row.bases } } : {}),
  });
}
