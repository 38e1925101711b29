import type { TransferStatus } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** Open requests of one state, with the first hundred ids. */
export interface OpenRequests {
  readonly status: TransferStatus;
  readonly count: number;
  readonly ids: readonly string[];
}

/** Transfers that were formed (成立) since then, by the intermediary through which they came. */
export async function countFormed(
  tx: Transaction,
  institutionId: number,
  since: Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ epsp_id: string; count: number }>(
    `select epsp_id, count(*)::int as count from transfer
     where institution_id = $1 and formed_at >= to_timestamp($2::float8 / 1000)
     group by epsp_id`,
    [institutionId, since],
  );
  return new Map(rows.map(({ epsp_id, count }) => [epsp_id, count]));
}

/** What is on its way through one intermediary; `partners` names whose, undefined everybody's. */
export async function openRequests(
  tx: Transaction,
  institutionId: number,
  epspId: string,
  reaches: {
    readonly direct: boolean;
    readonly chained: boolean;
    readonly partners: readonly string[];
  },
): Promise<OpenRequests[]> {
  return tx.query<OpenRequests>(
    `select status, count(*)::int as count, (array_agg(id order by id))[1:100] as ids from transfer
     where institution_id = $1 and epsp_id = $2
       and status in ('RCVD', 'ACTC', 'SCHD', 'RSVD', 'PDNG', 'ACSP')
       and ($3 and chain_partner_id = 'none' or $4 and chain_partner_id <> 'none'
         or chain_partner_id = any($5))
     group by status order by status`,
    [institutionId, epspId, reaches.direct, reaches.chained, [...reaches.partners]],
  );
}
