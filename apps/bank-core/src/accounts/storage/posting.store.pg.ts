import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { LEDGER_REFUSALS, type LedgerRefusal } from '../domain/account.refusals.js';
import type { PostingGroup } from '../domain/posting.js';
import { postMany, type Statements } from './order.store.pg.js';

/** Asked before the function is called: a call that has lost its transaction moves nothing. */
const ENTERED = 'where renkei_institution() = $1::smallint';

/** The ledger's calls inside a transaction that somebody else ends, and that has entered their institution. */
export const statementsOf = (tx: Transaction): Statements => ({
  query: async ({ text, values }) => ({
    rows: await tx.query<object>(`${text} ${ENTERED}`, values),
  }),
});

/** Posts a group in the caller's transaction. An answer that the room does not know is a bug, not a refusal. */
export async function postGroup(
  tx: Transaction,
  group: PostingGroup,
): Promise<Result<void, Refusal<LedgerRefusal>>> {
  const { institutionId, key, bookedOn, postedAt, lines } = group;
  const order = { act: 'post', key, bookedOn, mayUseOverdraft: true, lines } as const;
  const batch = { institutionId, orders: [order], mayBeKnown: false, postedAt };
  const [answer] = await postMany(statementsOf(tx), batch);
  if (answer?.status === 'posted') return accepted(undefined);
  const code = LEDGER_REFUSALS.find((refusal) => refusal === answer?.status);
  assert(code, `The ledger answered ${answer?.status}.`);
  return refused(code);
}
