import { CivilDate } from '#libs/kernel';
import { LedgerModel } from '../../../apps/bank-core/src/accounts/domain/ledger-model.js';
import type { ModelPosting } from '../../../apps/bank-core/src/accounts/domain/model/posting-rows.js';
import type { LedgerOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { PostingRow, StandingAccount } from './rows.js';
import { accountsOf, type Books } from './world.js';

/** The order behind a row, from the history; undefined where nobody asked for it. */
export type OrderOf = (institutionId: number, key: string, hash: string) => LedgerOrder | undefined;

/** One institution's ledger once more, order by order, refusals included: it must come to the same rows. */
export class Replay {
  readonly #model = new LedgerModel();

  constructor(readonly books: Books) {
    for (const { id, overdraftYen } of accountsOf(books)) {
      this.#model.state.accounts.set(id, {
        balance: 0n,
        held: 0n,
        overdraft: overdraftYen,
        version: 0n,
        bookedOn: CivilDate.of(1970, 1, 1),
        closed: false,
        debitStops: 0,
        creditStopped: false,
      });
    }
  }

  /** `rows` of this institution in the order in which they took effect. Returns what differs. */
  follow(rows: readonly PostingRow[], orderOf: OrderOf): string[] {
    const found: string[] = [];
    for (const group of groupsOf(rows)) {
      const [first] = group;
      const order = orderOf(this.books.institutionId, first!.key, first!.hash);
      if (!order) found.push(`nobody asked for ${first!.key} (${first!.status})`);
      else {
        const { rows: expected } = this.#model.place(order, first!.posted_at);
        const words = differenceOf(group, expected);
        if (words) found.push(`${order.key} (${order.act}): ${words}`);
      }
    }
    return found;
  }

  /** Where the accounts differ from what the rows make of them. */
  differencesOf(accounts: readonly StandingAccount[]): string[] {
    return accounts.flatMap(({ id, ...stands }) => {
      const should = this.#model.state.accounts.get(id);
      if (!should) return [`nobody opened ${id}`];
      const { balance, held, version, closed, debitStops } = should;
      const expected = [balance, held, version, closed, debitStops].join(' ');
      const found = [
        stands.balance,
        stands.held,
        stands.version,
        stands.closed,
        stands.debit_stops,
      ];
      return found.join(' ') === expected ? [] : [`${id} is ${found.join(' ')}, not ${expected}`];
    });
  }
}

/** Rows of one key of one transaction stand together: they have one call's ids. */
function groupsOf(rows: readonly PostingRow[]): PostingRow[][] {
  const groups: PostingRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.key === row.key && last[0].xid === row.xid) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** The booking date is the batch's and no order's own: it is checked apart. */
const comparable = (row: PostingRow): readonly unknown[] => [
  row.line,
  row.status,
  row.detail,
  row.operation,
  row.debit_account,
  row.debit_seq,
  row.debit_balance,
  row.credit_account,
  row.credit_seq,
  row.credit_balance,
  row.amount,
  row.value_on,
  row.debit_text,
  row.credit_text,
  row.edi_text,
];

const expectedOf = (row: ModelPosting): readonly unknown[] => [
  row.line,
  row.status,
  row.detail,
  row.operation,
  row.debitAccount,
  row.debitSeq,
  row.debitBalance,
  row.creditAccount,
  row.creditSeq,
  row.creditBalance,
  row.amountYen,
  row.valueOn.toString(),
  row.debitText,
  row.creditText,
  row.ediText,
];

function differenceOf(
  rows: readonly PostingRow[],
  expected: readonly ModelPosting[],
): string | undefined {
  const stands = rows.map((row) => comparable(row).map(String).join(' '));
  const should = expected.map((row) => expectedOf(row).map(String).join(' '));
  const at = Array.from({ length: Math.max(stands.length, should.length) }, (_, index) => index);
  const first = at.find((index) => stands[index] !== should[index]);
  if (first === undefined) return undefined;
  return `stands [${stands[first] ?? 'nothing'}], should be [${should[first] ?? 'nothing'}]`;
}
