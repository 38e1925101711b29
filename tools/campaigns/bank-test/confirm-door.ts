import { assert, type Instant } from '#libs/kernel';
import type { Database } from '#libs/platform';
import { orderHash } from '../../../apps/bank-core/src/accounts/domain/ledger-key.js';
import type {
  LedgerAnswer,
  LedgerOrder,
  LedgerStatus,
  OrderLine,
  PostOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { LEDGER_STATUSES } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { FixPlan } from '../../../apps/bank-core/src/transfers/storage/fix-transfers.store.pg.js';
import { TransferWriter } from '../../../apps/bank-core/src/transfers/transfer-writer.js';
import { Busy, Unknown, type Door } from './door.js';
import { accountsOf, type Books } from './world.js';

const HOLDER = 'hld_bank_test';
const A_TRANSFER = /^trf_[0-9a-z]{26}$/;
/** Later than any midnight that the campaign lets pass. */
const EXPIRES_AT = '2999-01-01T00:00:00Z';

/**
 * 確定, as the approval page does it: a transfer that its holder has seen goes through the writer of `fix_transfers`,
 * with its record and, where the money leaves, its message to clearing. Asked again, the same transfer says the same.
 */
export class ConfirmDoor implements Door {
  readonly name = 'confirm';
  readonly #writer: TransferWriter;

  constructor(
    database: Database,
    private readonly admin: Database,
    private readonly books: readonly Books[],
    private readonly now: () => Instant,
  ) {
    this.#writer = new TransferWriter(database.reserve(2));
  }

  /** Only of orders made by {@link asConfirmed}. */
  async place(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer> {
    const books = this.books.find((own) => own.institutionId === institutionId);
    assert(books && order.act === 'post', 'Such an order is no transfer.');
    const fixed = await this.#fix(books, order);
    if (fixed.ok) return { status: 'posted', detail: '' };
    const { code, clause = '', facts } = fixed.refusal;
    assert(isStatus(code), `A transfer was refused as ${code}.`);
    const bases = (facts as { bases?: readonly string[] } | undefined)?.bases ?? [];
    return { status: code, detail: code === 'limit_exceeded' ? bases.join(',') : linkOnly(clause) };
  }

  async #fix(books: Books, order: PostOrder) {
    try {
      await this.#push(books.institutionId, order);
      const plan = planOf(books, order, Math.floor(this.now()));
      const placed = await this.#writer.fix(books.institutionId, plan);
      if (!placed.ok) throw new Busy();
      return placed.value;
    } catch (error) {
      if (error instanceof Busy) throw error;
      throw new Unknown(error instanceof Error ? error.message : String(error));
    }
  }

  /** What stands when a holder looks at the page; once. */
  async #push(institutionId: number, { key, lines, party }: PostOrder): Promise<void> {
    const [line] = lines;
    await this.admin.pool.query(
      `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
         creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, edi_text, status,
         received_at, expires_at, changed_at, holder_id)
       values ($1, $2, 'c', $3, $4, $2, 'h', '2963', '001', '1', '1234567', 'ｱ', $5, $6, 'ACTC', now(), $7, now(), $8)
       on conflict do nothing`,
      [
        ...[institutionId, key, party?.epspId, party?.chainPartnerId, line?.amountYen],
        ...[line?.ediText ?? null, EXPIRES_AT, HOLDER],
      ],
    );
  }
}

const isStatus = (code: string): code is LedgerStatus =>
  (LEDGER_STATUSES as readonly string[]).includes(code);

/** The clause of a link's state is the ledger's detail; the other clauses are the page's. */
const linkOnly = (clause: string): string => (clause.startsWith('RKN') ? clause : '');

/** The same payment as a transfer that its holder confirms; undefined for what is none. */
export function asConfirmed(order: LedgerOrder, books: Books): PostOrder | undefined {
  if (order.act !== 'post' || order.captures || order.corrects) return undefined;
  if (!order.party || !order.limit || !A_TRANSFER.test(order.key)) return undefined;
  const own = new Set(accountsOf(books).map(({ id }) => id));
  if (!order.lines.every(({ debitAccount }) => own.has(debitAccount))) return undefined;
  // The page writes the fee's line itself.
  const lines = order.lines.map((line, index): OrderLine =>
    index === 0
      ? { ...line, operation: 'transfer' }
      : { ...line, debitText: '振込手数料', creditText: order.key, ediText: '' },
  );
  return { ...order, lines };
}

/** What was decided before 確定, so that the ledger's order is this one and no other. */
function planOf({ institutionId, clearing }: Books, order: PostOrder, now: Instant): FixPlan {
  const { key, lines, limit } = order;
  const [line, fee] = lines;
  assert(line && limit, 'A transfer has a line and a limit.');
  const half = orderHash(order).replaceAll('-', '');
  return {
    ...{ institutionId, transferId: key, holderId: HOLDER, kind: 'furikomi' },
    debitAccount: line.debitAccount,
    creditAccount: line.creditAccount === clearing ? null : line.creditAccount,
    receivedAt: now,
    requestedOn: order.bookedOn,
    designatedOn: limit.designatedOn,
    feeYen: fee?.amountYen ?? 0n,
    limitSubject: limit.subject,
    limitYen: limit.limitYen,
    chargeYen: limit.chargeYen,
    contentHash: `sha256:${half}${half}`,
    ...{ shown: {}, factors: [], interactionId: 'bank-test', payerName: 'ｱ' },
    debitText: line.debitText,
    creditText: line.creditText,
    overdraftUsable: order.mayUseOverdraft,
  };
}

/** The holder whose internet-banking contract takes in every account, and the house's own accounts. */
export async function openContract(admin: Database, books: Books): Promise<void> {
  const { institutionId, clearing, feeIncome, people } = books;
  const accounts = accountsOf(books).map(({ id }) => id);
  await admin.pool.query(
    `insert into holder values ($1, $2, 'individual', 'k', 'k', 'm', $2, 'active', '2020-01-01', 1, 1)`,
    [institutionId, HOLDER],
  );
  await admin.pool.query(
    `insert into service_account select $1, $2, id, id = $3::bigint, true from unnest($4::bigint[]) id`,
    [institutionId, HOLDER, people[0], accounts],
  );
  await admin.pool.query(
    `insert into system_account values ($1, 'clearing', $2), ($1, 'fee_income', $3)`,
    [institutionId, clearing, feeIncome],
  );
}

/**
 * Where a transfer, its posting, its record and its message to clearing do not say the same; `ids` are of transfers
 * that were answered.
 */
export async function differencesOfTransfers(
  admin: Database,
  institutionId: number,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await admin.pool.query<Confirmed>(
    `select t.id, t.status, t.formed_at is not null as formed, p.status = 'posted' as posted,
       p.credit_account = s.account_id as leaves,
       (select count(*)::int from record r where r.institution_id = $1 and r.transfer_id = t.id
          and r.kind in ('transfer_fixed', 'transfer_refused')) as records,
       (select count(*)::int from clearing_outbox o where o.institution_id = $1 and o.transfer_id = t.id) as messages
     from transfer t
     join system_account s on s.institution_id = $1 and s.role = 'clearing'
     left join posting p on p.institution_id = $1 and p.key = ledger_key(t.id) and p.line = 1
     where t.institution_id = $1 and t.id = any($2)`,
    [institutionId, ids],
  );
  return rows.flatMap((row) => {
    const { id, status, formed, posted, leaves, records, messages } = row;
    const should = posted ? (leaves ? 'ACSP' : 'ACSC') : 'RJCT';
    const isRight =
      posted !== null &&
      formed === posted &&
      status === should &&
      records === 1 &&
      messages === (posted && leaves ? 1 : 0);
    return isRight ? [] : [`the transfer ${id} stands as ${JSON.stringify(row)}`];
  });
}

interface Confirmed {
  readonly id: string;
  readonly status: string;
  readonly formed: boolean;
  /** Null: the ledger has no row of it. */
  readonly posted: boolean | null;
  readonly leaves: boolean | null;
  readonly records: number;
  readonly messages: number;
}
