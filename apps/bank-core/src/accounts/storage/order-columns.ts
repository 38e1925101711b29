import { assert, instantToWire } from '#libs/kernel';
import { digest } from './digest.js';
import { ledgerKey, orderHash } from '../domain/ledger-key.js';
import type { LedgerOrder, OrderLine } from '../domain/ledger-order.js';

/** An array literal of values that need no quotes: numbers, booleans, dates, uuids, names of enums. */
const plain = (values: readonly unknown[]): string => `{${values.join(',')}}`;
const texts = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Shared things in ascending order, each once, and the place of each (1…) as `ledger_post_many` counts. */
class Places<Value> {
  private readonly values = new Map<string, Value>();
  private readonly places = new Map<string, number>();

  add(name: string, value: Value): void {
    this.values.set(name, value);
  }

  sorted(compare: (a: Value, b: Value) => number): Value[] {
    const entries = [...this.values].sort(([, a], [, b]) => compare(a, b));
    entries.forEach(([name], index) => this.places.set(name, index + 1));
    return entries.map(([, value]) => value);
  }

  /** 0 for none. */
  of(name: string | undefined): number {
    return name === undefined ? 0 : (this.places.get(name) ?? 0);
  }
}

const byBigint = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Row {
  /** The place of its order in the batch, and its own in the order. */
  readonly item: number;
  readonly number: number;
  readonly operation: string;
  readonly debit: bigint;
  readonly credit?: bigint;
  /** Null: the whole account. */
  readonly amount: bigint | null;
  readonly valueOn: string;
  readonly debitText: string;
  readonly creditText: string;
  readonly ediText: string;
}

/**
 * Rows name accounts by four bytes. A number beyond them is nobody's, and so are these two: the order is refused and
 * stored like every other that names an unknown account.
 */
const NOBODY = { debit: 0n, credit: -1n } as const;
const ID_MAX = 2n ** 31n - 1n;
const stored = (account: bigint, side: keyof typeof NOBODY): bigint =>
  account > ID_MAX || account < -ID_MAX ? NOBODY[side] : account;

/** The lines of an order; what moves no money has one leg, and a hold of the whole account no amount. */
function rowsOf(order: LedgerOrder, item: number): readonly Row[] {
  if (order.act === 'post')
    return order.lines.map((line, index) => rowOfLine(line, item, index + 1));
  const held = order.act === 'hold' ? order.amountYen : 0n;
  const amount = held === 'whole' ? null : held;
  const oneLeg = {
    operation: order.act,
    debit: stored(order.account, 'debit'),
    amount,
    debitText: order.text,
  };
  return [
    { ...oneLeg, item, number: 1, valueOn: order.bookedOn.toString(), creditText: '', ediText: '' },
  ];
}

const rowOfLine = (line: OrderLine, item: number, number: number): Row => ({
  item,
  number,
  operation: line.operation,
  debit: stored(line.debitAccount, 'debit'),
  credit: stored(line.creditAccount, 'credit'),
  amount: line.amountYen,
  valueOn: line.valueOn.toString(),
  debitText: line.debitText,
  creditText: line.creditText,
  ediText: line.ediText ?? '',
});

/** The name of the hold that an order is about: its own key where it places one. */
const holdOf = (order: LedgerOrder): string | undefined => {
  if (order.act === 'hold') return order.key;
  return order.act === 'post' ? order.captures : order.act === 'close' ? undefined : order.hold;
};

const partyName = (order: LedgerOrder): string | undefined =>
  order.party && `${order.party.epspId} ${order.party.chainPartnerId}`;

/** The values of `ledger_post_many` from p_epsps on, in the order of its parameters. */
export function columnsOf(orders: readonly LedgerOrder[]): readonly unknown[] {
  const parties = new Places<readonly [string, string]>();
  const accounts = new Places<bigint>();
  const days = new Places<readonly [string, string]>();
  const holds = new Places<string>();
  const rows: Row[] = [];
  const last: number[] = [];
  for (const order of orders) {
    const own = rowsOf(order, last.length + 1);
    assert(own.length > 0, 'An order has at least one line.');
    rows.push(...own);
    last.push(rows.length);
    const party = partyName(order);
    if (party && order.party) parties.add(party, [order.party.epspId, order.party.chainPartnerId]);
    for (const day of daysOf(order)) days.add(day.join(' '), day);
    const hold = holdOf(order);
    if (hold !== undefined) holds.add(hold, ledgerKey(hold, digest));
  }
  for (const row of rows) {
    accounts.add(String(row.debit), row.debit);
    if (row.credit !== undefined) accounts.add(String(row.credit), row.credit);
  }
  const sortedParties = parties.sorted(([a, b], [c, d]) => byText(a, c) || byText(b, d));
  const sortedAccounts = accounts.sorted(byBigint);
  const sortedDays = days.sorted(([a, b], [c, d]) => byText(a, c) || byText(b, d));
  const sortedHolds = holds.sorted(byText);
  const each = (pick: (order: LedgerOrder) => unknown): string => plain(orders.map(pick));
  const hasHolds = sortedHolds.length > 0;
  const hasCorrections = orders.some((order) => order.act === 'post' && order.corrects);
  return [
    texts(sortedParties.map(([epsp]) => epsp)),
    texts(sortedParties.map(([, partner]) => partner)),
    plain(sortedAccounts),
    texts(sortedDays.map(([subject]) => subject)),
    plain(sortedDays.map(([, day]) => day)),
    plain(sortedHolds),
    each((order) => ledgerKey(order.key, digest)),
    each((order) => orderHash(order, digest)),
    plain(last),
    each((order) => parties.of(partyName(order))),
    each(() => 'posted'),
    each((order) => order.mayUseOverdraft),
    each((order) => order.limit?.limitYen ?? 0),
    each((order) => order.limit?.chargeYen ?? 0),
    each((order) => days.of(daysOf(order)[0]?.join(' '))),
    each((order) => days.of(daysOf(order)[1]?.join(' '))),
    hasHolds ? each((order) => holds.of(holdOf(order))) : null,
    hasHolds ? each((order) => (order.act === 'hold' ? order.kind : 'NULL')) : null,
    hasHolds ? each(expiryOf) : null,
    hasCorrections
      ? each((o) => (o.act === 'post' && o.corrects ? ledgerKey(o.corrects, digest) : 'NULL'))
      : null,
    plain(rows.map((row) => row.item)),
    plain(rows.map((row) => row.number)),
    plain(rows.map((row) => row.operation)),
    plain(rows.map((row) => accounts.of(String(row.debit)))),
    plain(
      rows.map((row) => accounts.of(row.credit === undefined ? undefined : String(row.credit))),
    ),
    plain(rows.map((row) => row.amount ?? 'NULL')),
    plain(rows.map((row) => row.valueOn)),
    texts(rows.map((row) => row.debitText)),
    texts(rows.map((row) => row.creditText)),
    texts(rows.map((row) => row.ediText)),
  ];
}

/** The limit's rows: the day of the request, then the designated day. */
function daysOf({ limit }: LedgerOrder): readonly (readonly [string, string])[] {
  if (!limit) return [];
  const { subject, requestedOn, designatedOn } = limit;
  return [
    [subject, requestedOn.toString()],
    [subject, designatedOn.toString()],
  ];
}

const expiryOf = (order: LedgerOrder): string =>
  order.act === 'hold' && order.expiresAt !== undefined
    ? `"${instantToWire(order.expiresAt)}"`
    : 'infinity';
