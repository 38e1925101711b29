import { withConnection } from '../../databases/index.js';

/** What the ledger says about one instruction id, read from the rows themselves. */
export interface LedgerTruth {
  /** Rows of `transfer` with this instruction id: never more than one. */
  readonly transfers: number;
  readonly transferId: string | undefined;
  readonly status: string | undefined;
  readonly statusReason: string | undefined;
  /** Postings that moved the amount, by their key. */
  readonly postings: number;
  readonly postedYen: bigint;
  readonly amountYen: bigint;
}

export type Verdict = 'formed' | 'not_formed' | 'lost' | 'doubled' | 'unexplained';

/** What was promised about the instruction, to the holder or by the status call. */
export interface Promised {
  /** The holder was led back with a code, or a status said that it was debited. */
  readonly done: boolean;
  /** The status that the intermediary reads in the end; undefined where there was no answer. */
  readonly status: string | undefined;
}

const FORMED = new Set(['ACSP', 'ACSC']);
/** States in which an instruction may rest without money having moved. */
const AT_REST = new Set(['RCVD', 'ACTC', 'RJCT', 'CANC', 'EXPD']);

export async function readTruth(bankUrl: string, instructionId: string): Promise<LedgerTruth> {
  return withConnection(bankUrl, async (client) => {
    const found = await client.query<{
      id: string;
      status: string;
      status_reason: string | null;
      amount: string;
      postings: string;
      posted: string;
    }>(
      `SELECT t.id, t.status, t.status_reason, t.amount,
              count(p.id) AS postings, coalesce(sum(p.amount), 0) AS posted
         FROM transfer t
         LEFT JOIN posting p ON p.institution_id = t.institution_id
          AND p.operation IN ('transfer', 'book_transfer')
          AND p.key = ledger_key(t.id) AND p.status = 'posted'
        WHERE t.instruction_id = $1
        GROUP BY t.institution_id, t.id, t.status, t.status_reason, t.amount`,
      [instructionId],
    );
    const [row] = found.rows;
    return {
      transfers: found.rows.length,
      transferId: row?.id,
      status: row?.status,
      statusReason: row?.status_reason ?? undefined,
      postings: Number(row?.postings ?? 0),
      postedYen: BigInt(row?.posted ?? 0),
      amountYen: BigInt(row?.amount ?? 0),
    };
  });
}

/** One word for one instruction id. Order matters: twice is worse than never. */
export function judge(truth: LedgerTruth, promised: Promised): Verdict {
  if (truth.transfers > 1 || truth.postings > 1) return 'doubled';
  if (truth.postings === 1 && truth.postedYen !== truth.amountYen) return 'unexplained';
  const isPosted = truth.postings === 1;
  if (promised.done && !isPosted) return 'lost';
  if (promised.status !== truth.status) return 'unexplained';
  if (isPosted) return FORMED.has(truth.status ?? '') ? 'formed' : 'unexplained';
  return truth.status === undefined || AT_REST.has(truth.status) ? 'not_formed' : 'unexplained';
}

/**
 * What no list of instruction ids would show: postings beside them, accounts whose balance is not
 * their history, money made or gone. Each is a difference to explain; all are 0 in a sound ledger.
 */
export async function ledgerDifferences(
  bankUrl: string,
  since: bigint,
  formed: number,
): Promise<Readonly<Record<string, number>>> {
  return withConnection(bankUrl, async (client) => {
    const moved = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM posting
        WHERE xid > $1 AND status = 'posted' AND operation IN ('transfer', 'book_transfer')
          AND debit_account IN (SELECT account_id FROM service_account s
                                 WHERE s.institution_id = posting.institution_id)`,
      [since.toString()],
    );
    const books = await client.query<{ total: string; differences: string; below: string }>(
      `WITH legs AS (
         SELECT institution_id, debit_account AS id, -sum(amount) AS moved
           FROM posting WHERE status = 'posted' AND credit_seq IS NOT NULL GROUP BY 1, 2
         UNION ALL
         SELECT institution_id, credit_account, sum(amount)
           FROM posting WHERE status = 'posted' AND credit_seq IS NOT NULL GROUP BY 1, 2
       ), history AS (
         SELECT institution_id, id, sum(moved) AS moved FROM legs GROUP BY 1, 2
       )
       SELECT abs(coalesce(sum(a.balance), 0)) AS total,
              count(*) FILTER (WHERE a.balance <> coalesce(h.moved, 0)) AS differences,
              count(*) FILTER (WHERE a.balance - a.held + a.overdraft < 0) AS below
         FROM account a LEFT JOIN history h USING (institution_id, id)`,
    );
    return {
      postings_without_instruction: Number(moved.rows[0]?.n ?? 0) - formed,
      yen_made_or_gone: Number(books.rows[0]?.total ?? 0),
      balances_without_history: Number(books.rows[0]?.differences ?? 0),
      accounts_below_their_bound: Number(books.rows[0]?.below ?? 0),
    };
  });
}

/** The transaction of the newest posting of a ledger at rest; ids do not say it, since sessions take them in sets. */
export async function lastPosting(bankUrl: string): Promise<bigint> {
  return withConnection(bankUrl, async (client) => {
    const found = await client.query<{ xid: string | null }>('SELECT max(xid) AS xid FROM posting');
    return BigInt(found.rows[0]?.xid ?? 0);
  });
}

/** The state of a consent, or undefined where bank-core has none of that id. */
export async function consentState(bankUrl: string, id: string): Promise<string | undefined> {
  return withConnection(bankUrl, async (client) => {
    const found = await client.query<{ state: string }>('SELECT state FROM consent WHERE id = $1', [
      id,
    ]);
    return found.rows[0]?.state;
  });
}
