import { canonicalJson, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { RecordEntry } from '../domain/record-entry.js';

const INSERT = `
  insert into record (institution_id, happened_at, kind, holder_id, epsp_id, chain_partner_id,
                      client_id, consent_id, transfer_id, interaction_id, content)
  values ($1, to_timestamp($2::float8 / 1000), $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

export async function appendRecord(tx: Transaction, entry: RecordEntry): Promise<void> {
  await tx.query(INSERT, [
    entry.institutionId,
    entry.happenedAt,
    entry.kind,
    entry.holderId ?? null,
    entry.epspId ?? null,
    entry.chainPartnerId ?? null,
    entry.clientId ?? null,
    entry.consentId ?? null,
    entry.transferId ?? null,
    entry.interactionId ?? null,
    canonicalJson(contentOf(entry)),
  ]);
}

/** Inside the content, which the digest covers: a claim is as tamper-evident as the act (SM-3.5). */
const contentOf = ({ content, customerClaim }: RecordEntry): object =>
  customerClaim === undefined ? content : { ...content, customerClaim };

/** A line of the record as it was kept. */
export interface KeptRecord {
  readonly id: bigint;
  readonly kind: string;
  readonly happenedAt: Instant;
  readonly recordedAt: Instant;
  readonly interactionId: string | null;
  /** Through whom it came; null where no intermediary had a part in it. */
  readonly epspId: string | null;
  readonly chainPartnerId: string | null;
  readonly content: unknown;
}

export function recordsOfTransfer(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<KeptRecord[]> {
  return tx.query<KeptRecord>(
    `select id, kind, happened_at as "happenedAt", recorded_at as "recordedAt",
       interaction_id as "interactionId", epsp_id as "epspId",
       chain_partner_id as "chainPartnerId", content
     from record where institution_id = $1 and transfer_id = $2 order by id`,
    [institutionId, transferId],
  );
}
