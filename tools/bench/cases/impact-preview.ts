import { LINK_RIGHTS, type RemovedRight } from '#libs/contracts';
import { assert } from '#libs/kernel';
import { ImpactService } from '../../../apps/bank-core/src/measures/impact.service.js';
import { minato } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { CHUO } from '../../../apps/bank-core/test/api/transfer-stories.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';

const ROUNDS = 5;
const OFFICER = 'compliance@renkei.example';

const everything: readonly RemovedRight[] = LINK_RIGHTS.map((right) => ({ right, reach: 'all' }));

/** What a suspension would touch among so many consents of one intermediary: seconds, median, and what it counted. */
export async function impactPreview(
  bank: BankCoreUnderTest,
  consents: number,
): Promise<{ seconds: number; counted: number }> {
  await fill(bank, consents);
  const impact = bank.app.get(ImpactService, { strict: false });
  const times: number[] = [];
  let counted = 0;
  for (let i = 0; i < ROUNDS; i += 1) {
    const since = stopwatch();
    const preview = await impact.at(CHUO, minato.epsp, everything, OFFICER);
    assert(preview.ok, 'A handful of previews is within the bound.');
    counted = preview.value.consents;
    times.push(elapsedMs(since));
  }
  const seconds = (times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0) / 1000;
  return { seconds, counted };
}

/** Two consents for each of half as many holders, behind triggers and foreign keys: nothing but the count is asked. */
async function fill(bank: BankCoreUnderTest, consents: number): Promise<void> {
  await bank.admin(
    `do $do$ begin
       set local session_replication_role = replica;
       insert into consent (institution_id, id, holder_id, epsp_id, client_id, chain_partner_id, permissions, purpose,
         state, state_reason, state_actor, wording_version, wording_hash, granted_at, expires_at, changed_at,
         asked_at, term_since)
       select ${CHUO}, 'cns_' || lpad(to_hex(n), 26, '0'), 'hld_' || lpad(to_hex(n / 2), 26, '0'), '${minato.epsp}',
         '${minato.client}', 'none', '{accounts_read,balances_read}', 'household_accounts', 'authorised', 'granted',
         'holder', 'v1', 'x', now(),
         now() + interval '90 days', now(), now(), now()
       from generate_series(1, ${consents}) n;
     end $do$`,
  );
  // As the server's own vacuum leaves a table that nobody rewrites: what is visible to all is known to be.
  await bank.admin('vacuum analyze consent');
}
