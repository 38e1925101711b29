import { Database } from '#libs/platform';
import { changeLink } from '../../../../apps/bank-core/src/links/change-link.js';
import { machineNow, pause } from '../../../machine-clock.js';
import { freeLimit, PARTY, transfer, TOMORROW } from '../../ledger-ground/house.js';
import { withConnection } from '../../../databases/index.js';
import type { LedgerOrder } from '../../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { Stage, Trial } from '../stage.js';

const NAME = 'trial-stop';

/** A stop while an order has read the link and not yet written (RKN-S4c, reliability.md 3.1). */
export const stopRaces: readonly Trial[] = (
  [
    ['singly', freeLimit('hld_stop')],
    ['in a batch', { ...freeLimit('hld_stop'), designatedOn: TOMORROW }],
  ] as const
).map(([way, limit]) => ({
  name: `a stop between the reading and the writing of an order, ${way}`,
  async play(stage) {
    const warm = { ...freeLimit('hld_stop') };
    await stage.place(
      await stage.session(),
      transfer({ from: 14n, to: 13n, yen: 1n, limit: warm }),
    );
    await stopWhile(stage, transfer({ from: 11n, to: 12n, yen: 100n, limit }));
  },
}));

async function stopWhile(stage: Stage, order: LedgerOrder): Promise<void> {
  const { barrier, clone, institutionId } = stage;
  const database = new Database({ url: clone.appUrl, connectionsMax: 2, applicationName: NAME });
  try {
    const session = await stage.session('write');
    await barrier.close('write');
    const placing = stage.place(session, order);
    if (!(await barrier.reached(session.pid, placing)))
      stage.find('the interleaving did not happen');
    const stopping = database
      .inInstitution(institutionId, (tx) =>
        changeLink(tx, institutionId, machineNow(), ({ put }) => put(suspended())),
      )
      .then(() => fixedNow(stage));
    await stopStandsStill(stage, stopping);
    await barrier.open('write');
    const [atStop] = await Promise.all([stopping, placing]);
    if ((await fixedNow(stage)) > atStop) stage.find('fixed after the commit of the stop');
    const late = await stage.place(await stage.session(), { ...order, key: `${order.key}/after` });
    if (late?.status !== 'linkage_suspended') stage.find('fixed through a stopped link');
  } finally {
    await database.close();
  }
}

/** Waits until the stop waits for the link's lock, or has come through. */
async function stopStandsStill(stage: Stage, stopping: Promise<unknown>): Promise<void> {
  const state = { hasEnded: false };
  const end = () => (state.hasEnded = true);
  stopping.then(end, end);
  for (;;) {
    const { rows } = await stage.admin.query(
      `select 1 from pg_locks l join pg_stat_activity a using (pid)
       where a.application_name = $1 and not l.granted`,
      [NAME],
    );
    if (rows.length > 0 || state.hasEnded) return;
    await pause(1);
  }
}

/** Counted by a connection that has seen nothing before. */
const fixedNow = (stage: Stage): Promise<number> =>
  withConnection(stage.clone.adminUrl, async (fresh) => {
    const { rows } = await fresh.query<{ n: number }>(
      `select count(*)::int as n from posting where institution_id = $1 and status = 'posted'`,
      [stage.institutionId],
    );
    return rows[0]?.n ?? 0;
  });

const suspended = () => ({
  ...PARTY,
  chainPartnerId: '*',
  function: 'transfer_initiation',
  state: 'suspended' as const,
  clause: 'RKN-S4c',
  basis: 'trial',
  measureId: 'trial',
  since: machineNow(),
  until: undefined,
});
