import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { LEDGER_REFUSALS, type LedgerRefusal } from '../domain/account.refusals.js';
import type { PostingGroup, PostingLine } from '../domain/posting.js';

const POST = `
  select ledger_post($1, $2, to_timestamp($3::float8 / 1000), array(
    select row(l.key, l.operation, l.debit_account, l.credit_account, l.amount, l.debit_text,
      l.credit_text, l.edi_text)::ledger_line from unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[],
      $8::bigint[], $9::text[], $10::text[], $11::text[]) with ordinality
      as l(key, operation, debit_account, credit_account, amount, debit_text, credit_text, edi_text, i)
    order by l.i)) as status`;

/** One call of `ledger_post`. An answer that the domain does not know is a bug, not a refusal. */
export async function postGroup(
  tx: Transaction,
  group: PostingGroup,
): Promise<Result<void, Refusal<LedgerRefusal>>> {
  const column = <T>(pick: (line: PostingLine) => T) => group.lines.map(pick);
  const rows = await tx.query<{ status: string }>(POST, [
    group.institutionId,
    group.bookedOn.toString(),
    group.postedAt,
    column((line) => line.key),
    column((line) => line.operation),
    column((line) => line.debitAccount),
    column((line) => line.creditAccount),
    column((line) => line.amountYen),
    column((line) => line.debitText),
    column((line) => line.creditText),
    column((line) => line.ediText ?? null),
  ]);
  const status = rows[0]?.status;
  if (status === 'posted') return accepted(undefined);
  const code = LEDGER_REFUSALS.find((refusal) => refusal === status);
  assert(code, `The ledger answered ${status}.`);
  return refused(code);
}
