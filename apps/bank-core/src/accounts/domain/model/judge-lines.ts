import { mayProcessRequest } from '#libs/contracts';
import { assert, type Yen } from '#libs/kernel';
import type { LedgerStatus, OrderLine, PostOrder } from '../ledger-order.js';
import { processingFacts, refuse, type Judged, type ModelAccount } from './ledger-state.js';
import type { ModelLeg } from './ledger-state.js';

/**
 * Each line as if the earlier ones were posted, all or nothing; the first refusal is the order's. `freedYen` is what
 * a captured hold kept on the account of the first line.
 */
export function judgeLines(
  order: PostOrder,
  accounts: ReadonlyMap<bigint, ModelAccount>,
  freedYen: Yen,
): Judged {
  const draft = new Map<bigint, ModelAccount>();
  const standing = (id: bigint) => draft.get(id) ?? accounts.get(id);
  const legs: ModelLeg[] = [];
  const [first] = order.lines;
  const payer = first && accounts.get(first.debitAccount);
  if (payer) draft.set(first.debitAccount, { ...payer, held: payer.held - freedYen });
  for (const line of order.lines) {
    const [debit, credit] = [standing(line.debitAccount), standing(line.creditAccount)];
    const refusal = refusalOf(line, debit, credit, order.mayUseOverdraft);
    if (refusal) return refuse(refusal);
    assert(debit && credit, 'A line that is not refused has both accounts.');
    const [debited, credited] = [moved(debit, -line.amountYen), moved(credit, line.amountYen)];
    draft.set(line.debitAccount, debited).set(line.creditAccount, credited);
    legs.push({
      amountYen: line.amountYen,
      debitSeq: debited.version,
      debitBalance: debited.balance,
      creditSeq: credited.version,
      creditBalance: credited.balance,
    });
  }
  return { legs, accounts: draft };
}

/** The debit side of SM-3.4(1) is the contract's; between its stops and its funds stands the payee's side. */
function refusalOf(
  line: OrderLine,
  debit: ModelAccount | undefined,
  credit: ModelAccount | undefined,
  usable: boolean,
): LedgerStatus | undefined {
  if (!debit) return 'debit_account_unknown';
  const facts = processingFacts(debit, line.amountYen, debit.debitStops);
  const processing = mayProcessRequest(facts, { usable, lendingLimit: debit.overdraft });
  const code = processing.ok ? undefined : processing.refusal.code;
  assert(code !== 'service_stopped', 'Whether the service is stopped is not the ledger’s to say.');
  if (code && code !== 'insufficient_funds') return code;
  if (!credit) return 'payee_account_unknown';
  if (credit.closed || credit.creditStopped) return 'payee_account_closed';
  return code;
}

const moved = (account: ModelAccount, by: Yen): ModelAccount => ({
  ...account,
  balance: account.balance + by,
  version: account.version + 1n,
});
