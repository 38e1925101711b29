import type pg from 'pg';
import { CivilDate, newId, type Yen } from '#libs/kernel';
import type {
  LedgerLimit,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { postMany } from '../../../apps/bank-core/src/accounts/storage/order.store.pg.js';
import { machineNow } from '../../machine-clock.js';

export const PARTY = { epspId: 'epsp_01j0000000000000000000mnat', chainPartnerId: 'none' };
export const TODAY = CivilDate.from('2026-11-22');
export const TOMORROW = CivilDate.from('2026-11-23');

/** The institution's own account: without a lower bound in practice, every opening stands against it. */
export const OWN_ACCOUNT = 1n;
const OWN_OVERDRAFT = 1_000_000_000_000n;

/** An institution with its own account and customers who have paid in `openingYen` each. */
export async function furnish(
  admin: pg.Client,
  institutionId: number,
  customers: readonly bigint[],
  openingYen: Yen,
): Promise<void> {
  await admin.query(`insert into institution values ($1, 'labour_bank')`, [institutionId]);
  await admin.query(
    `insert into federation.intermediary values ($1, 'a', 'a', 'a', 'r', 'c', 'c', 'active')
     on conflict do nothing`,
    [PARTY.epspId],
  );
  await admin.query(
    `insert into account (institution_id, id, overdraft)
     select $1, id, case id when $3 then $4::bigint else 0 end from unnest($2::bigint[]) id`,
    [institutionId, [OWN_ACCOUNT, ...customers], OWN_ACCOUNT, OWN_OVERDRAFT],
  );
  const orders = customers.map((customer) =>
    transfer({ from: OWN_ACCOUNT, to: customer, yen: openingYen, mayUseOverdraft: true }),
  );
  await postMany(admin, { institutionId, orders, mayBeKnown: false });
}

export interface Wish {
  readonly from: bigint;
  readonly to: bigint;
  readonly yen: Yen;
  readonly key?: string;
  readonly mayUseOverdraft?: boolean;
  /** With a limit the order comes from an intermediary, and takes the short way when it is alone. */
  readonly limit?: LedgerLimit;
}

/** A posting of one line. Without a limit it belongs to no intermediary and goes through the batch function. */
export function transfer(wish: Wish): LedgerOrder {
  return {
    act: 'post',
    key: wish.key ?? newKey(),
    bookedOn: TODAY,
    mayUseOverdraft: wish.mayUseOverdraft ?? false,
    ...(wish.limit ? { party: PARTY, limit: wish.limit } : {}),
    lines: [
      {
        operation: 'transfer',
        debitAccount: wish.from,
        creditAccount: wish.to,
        amountYen: wish.yen,
        valueOn: TODAY,
        debitText: '振込',
        creditText: '振込',
      },
    ],
  };
}

export const newKey = (): string => newId('trf', machineNow());

/** A charge on one day, or on two where the designated day is another (SM-5.3-1b). */
export const limitOf = (
  subject: string,
  limitYen: Yen,
  chargeYen: Yen,
  [requestedOn, designatedOn = requestedOn]: readonly [CivilDate, CivilDate?] = [TODAY],
): LedgerLimit => ({ subject, limitYen, chargeYen, requestedOn, designatedOn });

/** So high that it stands in nobody's way. */
export const freeLimit = (subject: string): LedgerLimit => limitOf(subject, OWN_OVERDRAFT, 1n);
