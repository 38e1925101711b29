import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** What one node of the gateway counted in one hour; it tells the same hour again with higher numbers. */
export interface CallCount {
  readonly epspId: string;
  readonly hour: Instant;
  readonly calls: number;
  readonly faults: number;
}

export interface ClientCertificate {
  readonly clientId: string;
  readonly epspId: string;
  readonly goodUntil: Instant;
}

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** What the gateway tells of its own: calls by institution, certificates of the federation's intermediaries. */
@Injectable()
export class GatewayReportStore {
  /** For the institution that the transaction has entered. Told late or twice, the higher count stands. */
  async putCounts(
    tx: Transaction,
    institutionId: number,
    node: string,
    counts: readonly CallCount[],
  ): Promise<void> {
    for (const { epspId, hour, calls, faults } of counts)
      await tx.query(
        `insert into call_count as c (institution_id, epsp_id, hour, node, calls, faults)
         select $1, id, ${at(3)}, $4, $5, $6 from federation.intermediary where id = $2
         on conflict (institution_id, epsp_id, hour, node) do update set
           calls = greatest(c.calls, excluded.calls), faults = greatest(c.faults, excluded.faults)`,
        [institutionId, epspId, hour, node, calls, faults],
      );
  }

  async forgetBefore(tx: Transaction, institutionId: number, before: Instant): Promise<void> {
    await tx.query(`delete from call_count where institution_id = $1 and hour < ${at(2)}`, [
      institutionId,
      before,
    ]);
  }

  async putNode(tx: Transaction, node: string, toldAt: Instant): Promise<void> {
    await tx.query(
      `insert into federation.gateway_node as g (node, told_at) values ($1, ${at(2)})
       on conflict (node) do update set told_at = greatest(g.told_at, excluded.told_at)`,
      [node, toldAt],
    );
  }

  /** Whether any node has told since then. */
  async hasTold(tx: Transaction, since: Instant): Promise<boolean> {
    const rows = await tx.query(
      `select from federation.gateway_node where told_at >= ${at(1)} limit 1`,
      [since],
    );
    return rows.length > 0;
  }

  async putCertificates(
    tx: Transaction,
    certificates: readonly ClientCertificate[],
    toldAt: Instant,
  ): Promise<void> {
    for (const { clientId, epspId, goodUntil } of certificates)
      await tx.query(
        `insert into federation.client_certificate as c (client_id, epsp_id, good_until, told_at)
         select $1, id, ${at(3)}, ${at(4)} from federation.intermediary where id = $2
         on conflict (client_id) do update set epsp_id = excluded.epsp_id,
           good_until = excluded.good_until, told_at = greatest(c.told_at, excluded.told_at)`,
        [clientId, epspId, goodUntil, toldAt],
      );
  }

  /** By intermediary, of the hours that began at or after `since`. */
  async counts(
    tx: Transaction,
    institutionId: number,
    since: Instant,
  ): Promise<ReadonlyMap<string, { all: number; faults: number }>> {
    const rows = await tx.query<{ epsp_id: string; calls: string; faults: string }>(
      `select epsp_id, sum(calls) as calls, sum(faults) as faults from call_count
       where institution_id = $1 and hour >= ${at(2)} group by epsp_id`,
      [institutionId, since],
    );
    return new Map(
      rows.map(({ epsp_id, calls, faults }) => [
        epsp_id,
        { all: Number(calls), faults: Number(faults) },
      ]),
    );
  }

  /** What the gateway has told lately: software that it no longer has is not told of any more. */
  async certificates(tx: Transaction, toldSince: Instant): Promise<ClientCertificate[]> {
    return tx.query<ClientCertificate>(
      `select client_id as "clientId", epsp_id as "epspId", good_until as "goodUntil"
       from federation.client_certificate where told_at >= ${at(1)} order by client_id`,
      [toldSince],
    );
  }
}
