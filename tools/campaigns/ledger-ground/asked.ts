import type pg from 'pg';
import { ledgerKey, orderHash } from '../../../apps/bank-core/src/accounts/domain/ledger-key.js';
import type { LedgerOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { Asked } from './session.js';

interface Row {
  readonly key: string;
  readonly hash: string;
  readonly status: string;
}

/**
 * What the rows say against what was acknowledged: every answered key once with the same content and status, and
 * on both bases the sums of what was fixed (SM-5.3-1b). Names what differs. The key and the content come from the
 * caller's own memory, so that a wrong answer cannot hide behind a wrong row.
 */
export async function brokenPromises(
  reader: pg.Client,
  institutionId: number,
  asked: readonly Asked[],
): Promise<string[]> {
  const { rows } = await reader.query<Row>(
    `select key, hash, status from posting where institution_id = $1 and line = 1`,
    [institutionId],
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const broken = new Set<string>();
  for (const one of asked) {
    const lie = lieOf(one, byKey.get(ledgerKey(one.order.key)));
    if (lie) broken.add(lie);
  }
  for (const lie of await brokenSums(reader, institutionId, asked, byKey)) broken.add(lie);
  return [...broken];
}

function lieOf({ order, answer }: Asked, row: Row | undefined): string | undefined {
  if (!answer) return undefined;
  if (!row) return 'acknowledged, but not there';
  const isSame = row.hash === orderHash(order);
  if (answer.status === 'key_reused') {
    return isSame ? 'the same content refused as another' : undefined;
  }
  if (!isSame) return 'other content acknowledged under a known key';
  // Access comes before the answer of then (T-21): a stopped link says nothing about the row.
  if (answer.status.startsWith('linkage_')) return undefined;
  return row.status === answer.status ? undefined : 'the row has another status than the answer';
}

/** The daily limit: what was fixed on each basis is what its row says, and no more than was allowed. */
async function brokenSums(
  reader: pg.Client,
  institutionId: number,
  asked: readonly Asked[],
  byKey: ReadonlyMap<string, Row>,
): Promise<string[]> {
  const sums = new Map<string, { requested: bigint; designated: bigint; limit: bigint }>();
  const sumOf = (subject: string, day: string) => {
    const name = `${subject} ${day}`;
    const sum = sums.get(name) ?? { requested: 0n, designated: 0n, limit: 0n };
    sums.set(name, sum);
    return sum;
  };
  for (const order of fixedOnce(asked, byKey)) {
    const { limit } = order;
    if (!limit) continue;
    const requested = sumOf(limit.subject, limit.requestedOn.toString());
    const designated = sumOf(limit.subject, limit.designatedOn.toString());
    requested.requested += limit.chargeYen;
    designated.designated += limit.chargeYen;
    for (const sum of [requested, designated]) sum.limit = limit.limitYen;
  }
  const { rows } = await reader.query<{ name: string; requested: string; designated: string }>(
    `select subject || ' ' || to_char(on_date, 'YYYY-MM-DD') as name, requested, designated
     from limit_use where institution_id = $1`,
    [institutionId],
  );
  const used = new Map(rows.map((row) => [row.name, row]));
  const broken: string[] = [];
  for (const [name, { requested, designated, limit }] of sums) {
    if (requested > limit || designated > limit) broken.push('more was fixed than the daily limit');
    const row = used.get(name);
    if (String(requested) !== row?.requested || String(designated) !== row.designated) {
      broken.push('the sums of the day are not what was fixed');
    }
  }
  for (const row of rows) {
    const isEmpty = row.requested === '0' && row.designated === '0';
    if (!sums.has(row.name) && !isEmpty)
      broken.push('a day was charged on which nothing was fixed');
  }
  return broken;
}

/** Each order that has a posted row, once however often it was sent. */
function fixedOnce(asked: readonly Asked[], byKey: ReadonlyMap<string, Row>): LedgerOrder[] {
  const fixed = new Map<string, LedgerOrder>();
  for (const { order } of asked) {
    const row = byKey.get(ledgerKey(order.key));
    if (row?.status === 'posted' && row.hash === orderHash(order)) fixed.set(order.key, order);
  }
  return [...fixed.values()];
}
