import { assert, type CivilDate, type Instant } from '#libs/kernel';
import { ledgerKey, orderHash } from '../domain/ledger-key.js';
import {
  LEDGER_STATUSES,
  type LedgerAnswer,
  type LedgerOrder,
  type LedgerStatus,
} from '../domain/ledger-order.js';
import { digest } from './digest.js';
import { columnsOf } from './order-columns.js';

/** What a call of the ledger is sent through: a transaction's client or a connection of its own. */
export interface Statements {
  query(statement: {
    readonly name: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }): Promise<{ readonly rows: readonly object[] }>;
}

const POST_MANY = `
  select m.statuses::text as statuses,
         case when array_to_string(m.details, '') <> '' then m.details end as details
  from ledger_post_many($1::smallint, $2::date, to_timestamp($3::float8 / 1000), $4::boolean,
    $5::text[], $6::text[], $7::bigint[], $8::text[], $9::date[], $10::uuid[],
    $11::uuid[], $12::uuid[], $13::int[], $14::int[], $15::posting_status[], $16::boolean[], $17::bigint[],
    $18::bigint[], $19::int[], $20::int[], $21::int[], $22::text[], $23::timestamptz[], $24::uuid[],
    $25::int[], $26::smallint[], $27::posting_operation[], $28::int[], $29::int[], $30::bigint[], $31::date[],
    $32::text[], $33::text[], $34::text[]) m`;

const POST_ONE = `
  select ledger_post_one($1::smallint, $2::date, null, $3, $4::uuid, $5::uuid, $6::posting_operation,
    $7::bigint, $8::bigint, $9::bigint, $10::date, $11, $12, $13, $14::boolean, $15, $16::date, $17::bigint,
    $18::bigint)`;

/** Of a single posting that is not plain: nothing was done, `postMany` decides. */
export const NOT_PLAIN = 'RK001';

export interface Batch {
  readonly institutionId: number;
  /** Distinct keys; at most 512 by the writer's custom (LEDGER_LANES). */
  readonly orders: readonly LedgerOrder[];
  /** Whether keys may have been posted before: the answer of then is given again. */
  readonly mayBeKnown: boolean;
  /** Undefined: the bank's time at the call. */
  readonly postedAt?: Instant | undefined;
}

/**
 * Decides a batch in one call, in the caller's transaction or as one of its own; one answer per order, in their
 * order. Throws 23505 (unique_violation) when a key is known and `mayBeKnown` is false.
 */
export async function postMany(statements: Statements, batch: Batch): Promise<LedgerAnswer[]> {
  const { institutionId, orders, mayBeKnown, postedAt = null } = batch;
  const bookedOn = orders
    .map((order) => order.bookedOn)
    .reduce(later)
    .toString();
  const { rows } = await statements.query({
    name: 'ledger_post_many',
    text: POST_MANY,
    values: [institutionId, bookedOn, postedAt, mayBeKnown, ...columnsOf(orders)],
  });
  const row = rows[0] as
    { readonly statuses: string; readonly details: string[] | null } | undefined;
  assert(row, 'The ledger was asked outside of its institution.');
  const statuses = row.statuses.slice(1, -1).split(',');
  assert(statuses.length === orders.length, `The ledger gave ${statuses.length} answers.`);
  return statuses.map((status, index) => {
    assert(isStatus(status), `The ledger answered ${status}.`);
    return { status, detail: row.details?.[index] ?? '' };
  });
}

/** Whether an order may take the short way: one line, with a party and a limit of one day. */
export function isPlain(order: LedgerOrder): boolean {
  if (order.act !== 'post' || order.lines.length !== 1 || !order.party || !order.limit)
    return false;
  const { requestedOn, designatedOn } = order.limit;
  return !order.captures && !order.corrects && requestedOn.equals(designatedOn);
}

/** Posts one plain order; throws NOT_PLAIN or 23505 (known key), having done nothing. */
export async function postOne(
  statements: Statements,
  institutionId: number,
  order: LedgerOrder,
): Promise<LedgerAnswer> {
  assert(order.act === 'post' && order.limit, 'Only a plain order goes this way.');
  const { limit, party } = order;
  const [line] = order.lines;
  assert(line, 'An order has at least one line.');
  await statements.query({
    name: 'ledger_post_one',
    text: POST_ONE,
    values: [
      institutionId,
      order.bookedOn.toString(),
      party?.epspId,
      ledgerKey(order.key, digest),
      orderHash(order, digest),
      line.operation,
      line.debitAccount,
      line.creditAccount,
      line.amountYen,
      line.valueOn.toString(),
      line.debitText,
      line.creditText,
      line.ediText ?? '',
      order.mayUseOverdraft,
      limit.subject,
      limit.requestedOn.toString(),
      limit.limitYen,
      limit.chargeYen,
    ],
  });
  return { status: 'posted', detail: '' };
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (b.isAfter(a) ? b : a);
const STATUSES: ReadonlySet<string> = new Set(LEDGER_STATUSES);
const isStatus = (status: string): status is LedgerStatus => STATUSES.has(status);
