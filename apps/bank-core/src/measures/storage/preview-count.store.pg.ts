import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** Counts one preview of an officer and answers how many he has asked for since; older ones are forgotten. */
export async function countPreview(
  tx: Transaction,
  institutionId: number,
  asked: { readonly officer: string; readonly at: Instant; readonly since: Instant },
): Promise<number> {
  await tx.query(
    `insert into measure_preview (institution_id, officer, asked_at) values ($1, $2, ${at(3)})`,
    [institutionId, asked.officer, asked.at],
  );
  await tx.query(
    `delete from measure_preview where institution_id = $1 and officer = $2 and asked_at <= ${at(3)}`,
    [institutionId, asked.officer, asked.since],
  );
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from measure_preview
     where institution_id = $1 and officer = $2`,
    [institutionId, asked.officer],
  );
  return row?.count ?? 0;
}
