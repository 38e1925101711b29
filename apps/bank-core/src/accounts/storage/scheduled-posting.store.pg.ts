import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { LedgerAnswer, LedgerStatus } from '../domain/ledger-order.js';
import type {
  ScheduledPosting,
  ScheduleOutcome,
  ScheduleState,
} from '../domain/scheduled-posting.js';

/** Claimed until the transaction ends. */
export interface ClaimedPosting extends ScheduledPosting {
  /** Due to the microsecond, as the database writes it: the next page begins behind it. */
  readonly place: string;
}

type ClaimedRow = Omit<ClaimedPosting, 'occurrence'> & { readonly occurrence: string };

export async function insertScheduled(
  tx: Transaction,
  institutionId: number,
  scheduled: ScheduledPosting,
): Promise<void> {
  await tx.query(
    `insert into scheduled_posting (institution_id, id, occurrence, due_at, operation, debit_account, credit_account,
       amount, debit_text, credit_text, edi_text, may_use_overdraft)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      institutionId,
      scheduled.id,
      scheduled.occurrence.toString(),
      scheduled.dueAt,
      scheduled.operation,
      scheduled.debitAccount,
      scheduled.creditAccount,
      scheduled.amountYen,
      scheduled.debitText,
      scheduled.creditText,
      scheduled.ediText,
      scheduled.mayUseOverdraft,
    ],
  );
}

/** What is due at `at`, the longest due first, behind `after`; what another runner has claimed is passed over. */
export async function claimDue(
  tx: Transaction,
  institutionId: number,
  at: Instant,
  after: ClaimedPosting | undefined,
  max: number,
): Promise<ClaimedPosting[]> {
  const rows = await tx.query<ClaimedRow>(
    `select id, occurrence, due_at as "dueAt", due_at::text as place, operation, debit_account as "debitAccount",
       credit_account as "creditAccount", amount as "amountYen", debit_text as "debitText",
       credit_text as "creditText", edi_text as "ediText", may_use_overdraft as "mayUseOverdraft"
     from scheduled_posting
     where institution_id = $1 and state = 'due' and due_at <= to_timestamp($2::float8 / 1000)
       and (due_at, id, occurrence) > ($3::timestamptz, $4, $5::date)
     order by due_at, id, occurrence limit $6
     for update skip locked`,
    [
      institutionId,
      at,
      after?.place ?? '-infinity',
      after?.id ?? '',
      after?.occurrence.toString() ?? '-infinity',
      max,
    ],
  );
  return rows.map((row) => ({ ...row, occurrence: CivilDate.from(row.occurrence) }));
}

/** Writes what the ledger answered beside what was claimed, in the same transaction. */
export async function writeOutcomes(
  tx: Transaction,
  institutionId: number,
  claimed: readonly Pick<ScheduledPosting, 'id' | 'occurrence'>[],
  answers: readonly LedgerAnswer[],
): Promise<void> {
  await tx.query(
    `update scheduled_posting s
     set state = case v.outcome when 'posted' then 'posted' else 'refused' end, outcome = v.outcome,
         detail = v.detail, decided_at = renkei_now()
     from unnest($2::text[], $3::date[], $4::posting_status[], $5::text[]) v(id, occurrence, outcome, detail)
     where s.institution_id = $1 and s.id = v.id and s.occurrence = v.occurrence and s.state = 'due'`,
    [
      institutionId,
      claimed.map(({ id }) => id),
      claimed.map(({ occurrence }) => occurrence.toString()),
      answers.map(({ status }) => status),
      answers.map(({ detail }) => detail),
    ],
  );
}

/** False when it has been decided already, or does not exist. Waits for a runner that has claimed it. */
export async function cancelScheduled(
  tx: Transaction,
  institutionId: number,
  { id, occurrence }: Pick<ScheduledPosting, 'id' | 'occurrence'>,
): Promise<boolean> {
  const rows = await tx.query(
    `update scheduled_posting set state = 'cancelled', decided_at = renkei_now()
     where institution_id = $1 and id = $2 and occurrence = $3 and state = 'due' returning id`,
    [institutionId, id, occurrence.toString()],
  );
  return rows.length > 0;
}

export async function outcomeOf(
  tx: Transaction,
  institutionId: number,
  { id, occurrence }: Pick<ScheduledPosting, 'id' | 'occurrence'>,
): Promise<ScheduleOutcome | undefined> {
  const [row] = await tx.query<{
    state: ScheduleState;
    outcome: LedgerStatus | null;
    decided_at: Instant | null;
  }>(
    `select state, outcome, decided_at from scheduled_posting
     where institution_id = $1 and id = $2 and occurrence = $3`,
    [institutionId, id, occurrence.toString()],
  );
  return (
    row && {
      state: row.state,
      ...(row.outcome === null ? {} : { status: row.outcome }),
      ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
    }
  );
}
