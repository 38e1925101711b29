import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ReceivedRiskSignal, RiskGrade, RiskKind, RiskSignal } from '../domain/risk-signal.js';

export async function countSignals(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from transfer_risk_signal
     where institution_id = $1 and transfer_id = $2`,
    [institutionId, transferId],
  );
  return row?.n ?? 0;
}

export async function insertSignals(
  tx: Transaction,
  institutionId: number,
  transferId: string,
  signals: readonly RiskSignal[],
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into transfer_risk_signal (institution_id, transfer_id, kind, grade, observed_at, received_at)
     select $1, $2, s.kind, s.grade, to_timestamp(s.observed / 1000), to_timestamp($6::float8 / 1000)
     from unnest($3::text[], $4::text[], $5::float8[]) s(kind, grade, observed)`,
    [
      institutionId,
      transferId,
      signals.map(({ kind }) => kind),
      signals.map(({ grade }) => grade),
      signals.map(({ observedAt }) => observedAt),
      at,
    ],
  );
}

interface SignalRow {
  readonly transfer_id: string;
  readonly kind: RiskKind;
  readonly grade: RiskGrade;
  readonly observed_at: Instant;
  readonly received_at: Instant;
}

/** Newest first, of one transfer or of the whole institution. */
export async function newestSignals(
  tx: Transaction,
  institutionId: number,
  transferId: string | undefined,
  limit: number,
): Promise<ReceivedRiskSignal[]> {
  const rows = await tx.query<SignalRow>(
    `select transfer_id, kind, grade, observed_at, received_at from transfer_risk_signal
     where institution_id = $1 and ($2::text is null or transfer_id = $2)
     order by received_at desc, id desc limit $3`,
    [institutionId, transferId ?? null, limit],
  );
  return rows.map((row) => ({
    transferId: row.transfer_id,
    kind: row.kind,
    grade: row.grade,
    observedAt: row.observed_at,
    receivedAt: row.received_at,
  }));
}
