import {
  accepted,
  assert,
  canonicalJson,
  instantToWire,
  refused,
  type CivilDate,
  type Instant,
  type Refusal,
  type Result,
  type Yen,
} from '#libs/kernel';
import { ledgerKey, type Statements } from '../../accounts/index.js';
import { FIX_REFUSALS, type FixRefusal } from '../domain/fix-refusals.js';
import type { TransferKind } from '#libs/contracts';

/** What was decided before the locks; `fix_transfers` decides again only what races. */
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

const FIX = `
  select * from fix_transfers($1::smallint,
    array(select p from json_populate_recordset(null::transfer_plan, $2::json) p))`;

export type Fixed = Result<'fixed' | 'already_fixed', Refusal<FixRefusal>>;

/**
 * One call, in the caller's transaction or one of its own, for plans of one institution and of different
 * transfers. Answers in their order, each as if it were alone: fixed, fixed before with the same content,
 * or a refusal.
 */
export async function fixTransfers(
  statements: Statements,
  institutionId: number,
  plans: readonly FixPlan[],
): Promise<Fixed[]> {
  assert(
    plans.every((plan) => plan.institutionId === institutionId),
    'A batch is of one institution.',
  );
  const values = [institutionId, canonicalJson(plans.map(rowOf))];
  const answer = await statements.query({ name: 'fix_transfers', text: FIX, values });
  const rows = answer.rows as readonly FixRow[];
  assert(rows.length === plans.length, `fix_transfers answered ${rows.length} times.`);
  return rows.map(fixedOf);
}

/** The plan by the names of `transfer_plan`; yen and ids travel as decimal strings. */
const rowOf = (plan: FixPlan) => ({
  transfer: plan.transferId,
  key: ledgerKey(plan.transferId),
  key_hash: halfOf(plan.contentHash),
  holder: plan.holderId,
  debit: plan.debitAccount,
  credit: plan.creditAccount,
  received_at: instantToWire(plan.receivedAt),
  requested_on: plan.requestedOn,
  designated_on: plan.designatedOn,
  kind: plan.kind,
  fee: plan.feeYen,
  limit_subject: plan.limitSubject,
  limit_yen: plan.limitYen,
  charge: plan.chargeYen,
  hash: plan.contentHash,
  shown: plan.shown,
  factors: plan.factors,
  interaction: plan.interactionId,
  debit_text: plan.debitText,
  credit_text: plan.creditText,
  payer_name: plan.payerName,
  overdraft_usable: plan.overdraftUsable,
});

/** The first half of a content hash, as the ledger keeps it beside the key. */
function halfOf(contentHash: string): string {
  const half = /^sha256:([0-9a-f]{32})[0-9a-f]{32}$/.exec(contentHash)?.[1];
  assert(half, `${contentHash} is not a content hash.`);
  return half;
}

/** An answer that the domain does not know is a bug, not a refusal. */
function fixedOf(row: FixRow): Fixed {
  if (row.status === 'fixed' || row.status === 'already_fixed') return accepted(row.status);
  const code = FIX_REFUSALS.find((refusal) => refusal === row.status);
  assert(code, `fix_transfers answered ${row.status}.`);
  return refused(code, {
    ...(row.clause ? { clause: row.clause } : {}),
    ...(row.bases?.length ? { facts: { bases: row.bases } } : {}),
  });
}
