import type pg from 'pg';
import { withConnection } from '../../../databases/index.js';
import { freeLimit, transfer } from '../../ledger-ground/house.js';
import { Session } from '../../ledger-ground/session.js';
import type { Stage, Trial } from '../stage.js';

/** What the ledger's functions alone may write. */
export const MONEY_TABLES = [
  'account',
  'posting',
  'hold',
  'limit_use',
  'posting_correction',
] as const;
export const HISTORY_TABLES = ['posting', 'posting_correction'] as const;

/** Rows to look at in every table of the ledger: a transfer with a limit, a correction of it, a hold. */
async function fill(stage: Stage): Promise<void> {
  const session = await stage.session();
  const wrong = transfer({ from: 11n, to: 12n, yen: 10n });
  await stage.place(session, wrong);
  const right = transfer({ from: 12n, to: 11n, yen: 10n });
  await stage.place(session, { ...right, act: 'post', corrects: wrong.key, lines: linesOf(right) });
  await stage.place(session, {
    act: 'hold',
    key: `${wrong.key}/hold`,
    bookedOn: wrong.bookedOn,
    mayUseOverdraft: false,
    account: 11n,
    kind: 'reservation',
    amountYen: 10n,
    text: '予約',
  });
  await stage.admin.query(
    `insert into limit_use (institution_id, subject, on_date) values ($1, 'hld_row', '2026-11-22')`,
    [stage.institutionId],
  );
}

const linesOf = (order: ReturnType<typeof transfer>) => (order.act === 'post' ? order.lines : []);

const stranger = (stage: Stage) => stage.institutionId + 1_000;

/** T-20: the application and the owner see rows of the institution they are in, and none without one. */
const onlyOwnRows: Trial = {
  name: 'rows of another institution',
  async play(stage) {
    await fill(stage);
    const { appUrl, ownerUrl } = stage.clone;
    for (const [role, url] of Object.entries({ application: appUrl, owner: ownerUrl })) {
      await withConnection(url, async (client) => {
        for (const entered of ['', String(stranger(stage))]) {
          await client.query(`select set_config('renkei.institution', $1, false)`, [entered]);
          for (const table of MONEY_TABLES) await lookInto(stage, client, role, table);
        }
      });
    }
  },
};

async function lookInto(
  stage: Stage,
  client: pg.Client,
  role: string,
  table: string,
): Promise<void> {
  const { rowCount } = await client.query(`select from ${table}`);
  if (rowCount) stage.find(`the ${role} reads ${table} of another institution`);
}

/** A call for another institution inside a transaction that has entered one. */
const onlyOwnCalls: Trial = {
  name: 'a call for another institution than the one entered',
  async play(stage) {
    const before = await versions(stage);
    for (const order of [
      transfer({ from: 11n, to: 12n, yen: 10n }),
      transfer({ from: 11n, to: 12n, yen: 10n, limit: await warmLimit(stage) }),
    ]) {
      // A sound ledger raises here, so that what the walls say is no finding.
      const session = await Session.open(stage.clone.appUrl, () => undefined);
      await session.client.query(`select set_config('renkei.institution', $1, false)`, [
        String(stranger(stage)),
      ]);
      const { answer } = await session.place(stage.institutionId, order);
      if (answer) stage.find('answered for another institution than the one entered');
      await session.close();
    }
    const moved = (await versions(stage)) - before;
    if (moved !== 0n) stage.find('posted for another institution than the one entered');
  },
};

async function warmLimit(stage: Stage) {
  const limit = freeLimit('hld_calls');
  await stage.place(await stage.session(), transfer({ from: 14n, to: 13n, yen: 1n, limit }));
  return limit;
}

async function versions(stage: Stage): Promise<bigint> {
  const { rows } = await stage.admin.query<{ n: string }>(
    `select sum(version) as n from account where institution_id = $1 and id in (11, 12)`,
    [stage.institutionId],
  );
  return BigInt(rows[0]?.n ?? 0);
}

export const tenancy: readonly Trial[] = [onlyOwnRows, onlyOwnCalls];
