import { assert, hashOf } from '#libs/kernel';
import type { Database } from '#libs/platform';
import type pg from 'pg';
import type { FixPlan } from '../../../apps/bank-core/src/transfers/storage/fix-transfers.store.pg.js';
import { TransferWriter } from '../../../apps/bank-core/src/transfers/transfer-writer.js';
import { machineNow } from '../../machine-clock.js';
import { newKey, OWN_ACCOUNT, PARTY, TODAY } from '../ledger-ground/house.js';
import { seeded, type Random } from '../oracle/random.js';
import { CUSTOMERS, INSTITUTION } from './askers.js';
import type { Asker } from './load.js';

const TOGETHER = 6;
const HOLDER = 'hld_transfers';
const DAY_MS = 86_400_000;

/** Those who confirm real transfers (確定), before the writer that `fix_transfers` is called by. */
export async function transferAskers(database: Database, admin: pg.Pool): Promise<Asker[]> {
  await admin.query(
    `insert into holder values ($1, $2, 'individual', 'k', 'k', 'm', $2, 'active', '2020-01-01', 1, 1)`,
    [INSTITUTION, HOLDER],
  );
  await admin.query(
    `insert into service_account
     select $1, $2, id, id = $3::bigint, true from unnest($4::bigint[]) id`,
    [INSTITUTION, HOLDER, CUSTOMERS[0], CUSTOMERS],
  );
  await admin.query(
    `insert into system_account values ($1, 'clearing', $2), ($1, 'fee_income', $2)`,
    [INSTITUTION, OWN_ACCOUNT],
  );
  const writer = new TransferWriter(database.reserve(2));
  return Array.from({ length: TOGETHER }, (_, n) => {
    const random = seeded(n + 1_001);
    return async () => {
      const plan = await drafted(admin, random);
      const placed = await writer.fix(INSTITUTION, plan);
      assert(placed.ok, 'The writer was never that full.');
      const fixed = placed.value;
      if (!fixed.ok) {
        const { code } = fixed.refusal;
        assert(code === 'linkage_suspended', `A transfer was refused as ${code}.`);
        return code;
      }
      return 'posted';
    };
  });
}

/** A transfer that its holder has seen and may confirm now, with what was decided about it. */
async function drafted(admin: pg.Pool, random: Random): Promise<FixPlan> {
  const [transferId, now] = [newKey(), machineNow()];
  await admin.query(
    `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
       creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, status, received_at,
       expires_at, changed_at, holder_id)
     values ($1, $2, 'c', $3, $4, $2, 'h', '2963', '001', '1', '1234567', 'ｱ', 1, 'ACTC', now(),
       to_timestamp($5::float8 / 1000), now(), $6)`,
    [INSTITUTION, transferId, PARTY.epspId, PARTY.chainPartnerId, now + DAY_MS, HOLDER],
  );
  const debitAccount = random.pick(CUSTOMERS);
  return {
    institutionId: INSTITUTION,
    transferId,
    holderId: HOLDER,
    debitAccount,
    creditAccount: random.pick(CUSTOMERS.filter((customer) => customer !== debitAccount)),
    receivedAt: now,
    requestedOn: TODAY,
    designatedOn: TODAY,
    kind: 'furikae',
    feeYen: 0n,
    limitSubject: HOLDER,
    limitYen: 1_000_000_000n,
    chargeYen: 1n,
    contentHash: hashOf(transferId),
    shown: {},
    factors: [],
    interactionId: 'stop-race',
    debitText: '振込',
    creditText: '振込',
    payerName: 'ｱ',
    overdraftUsable: false,
  };
}
