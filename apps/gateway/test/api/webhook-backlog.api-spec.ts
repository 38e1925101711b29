import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { rowsVisited } from '#libs/testing';
import { DueDeliveryStore } from '../../src/events/storage/due-delivery.store.pg.js';
import { TAKE_DUE } from '../../src/events/storage/take-due.js';
import { AOBA, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';

const BACKLOG = 4_000;
const idOf = (name: string) => `sub_${name.padStart(26, '0')}`;
/** Endpoints with as many messages each, all of them in one state, and one with a single message. */
const [REPLAYED, RETRIED, UNTESTED, BUSY, RESTING, TRIED, CALM] = [
  'rep',
  'ret',
  'nt',
  'bsy',
  'rest',
  'tr',
  'ca',
].map(idOf);

let gateway: GatewayUnderTest;
let app: pg.Client;

beforeAll(async () => {
  gateway = await startGateway({ webhookSenders: 0 });
  app = new pg.Client({ connectionString: gateway.databases.gateway.appUrl });
  await app.connect();
  await fill();
});
afterAll(async () => {
  await app.end();
  await gateway.stop();
});

async function fill(): Promise<void> {
  await gateway.asOwner(
    `insert into intermediary_event (epsp_id, sequence, id, source_key, type, chain_partner_id, data, occurred_at)
     select $1, 1000000 + n, 'evt_' || lpad(n::text, 26, '0'), 'backlog:' || n, 'consent.revoked', 'none', '{}', now()
     from generate_series(1, $2::int) n`,
    [MINATO, BACKLOG],
  );
  await gateway.asOwner(
    `insert into event_subscription (id, epsp_id, client_id, url, event_types, scheme, state, slow_until)
     select id, case when id = $2 then $3 else $4 end, case when id = $2 then 'aoba-fintech' else 'minato-kakei' end,
       'https://hooks.example/' || id, '{letter.*}', 'v1a', case when id = $5 then 'pending' else 'active' end,
       case id when $6 then now() + interval '1 hour' when $7 then now() - interval '1 second' end
     from unnest($1::text[]) id`,
    [
      [REPLAYED, RETRIED, UNTESTED, BUSY, RESTING, TRIED, CALM],
      CALM,
      AOBA,
      MINATO,
      UNTESTED,
      RESTING,
      TRIED,
    ],
  );
  await gateway.asOwner(
    `insert into event_delivery (id, subscription_id, event_id, sequence, type, next_attempt_at, lease_until)
     select 'dlv_' || substr(md5(s || n), 1, 26), s, 'evt_' || lpad(n::text, 26, '0'), 1000000 + n, 'consent.revoked',
       case when s = $3 then now() + interval '1 hour' else now() - interval '1 hour' end,
       case when s = $4 and n <= 8 then now() + interval '1 hour' end
     from unnest($1::text[]) s, generate_series(1, $2::int) n where s <> $5 or n = 1`,
    [[REPLAYED, RETRIED, UNTESTED, BUSY, RESTING, TRIED, CALM], BACKLOG, RETRIED, BUSY, CALM],
  );
  await gateway.asOwner(
    `insert into event_delivery (id, subscription_id, event_id, sequence, type)
     values ('dlv_' || lpad('1', 26, '0'), $1, null, 0, 'subscription.verification')`,
    [UNTESTED],
  );
}

const count = (ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, ids.filter((other) => other === id).length]));

describe('B-24 taking what is due', () => {
  describe.each(['as filled', 'after analyze'])('%s', (state) => {
    beforeAll(async () => {
      if (state === 'after analyze') await gateway.asOwner('analyze event_delivery');
    });
    test.each(['force_generic_plan', 'force_custom_plan'])(
      '%s: the rows looked at do not grow with what waits',
      async (mode) => {
        await app.query(`set plan_cache_mode = ${mode}`);
        await app.query('begin');
        const values = [32, 'somebody', 60, 8, []];
        const seen = await rowsVisited(app, 'event_delivery', TAKE_DUE, values);
        await app.query('rollback');
        // Of six endpoints eight each and those under way; then what is chosen is locked, changed and told.
        expect(seen).toBeGreaterThan(0);
        expect(seen).toBeLessThanOrEqual(120);
      },
    );
  });

  test('whoever has least under way comes first, and nobody has more than eight', async () => {
    const queue = gateway.app.get(DueDeliveryStore, { strict: false });
    const take = async (limit: number) =>
      count((await queue.take('somebody', limit, [])).map((one) => one.subscriptionId));
    // One each, though hundreds of one of them have waited longer than the test of another.
    expect(await take(4)).toEqual({
      [REPLAYED!]: 1,
      [UNTESTED!]: 1,
      [TRIED!]: 1,
      [CALM!]: 1,
    });
    // To the one that was given room no second message goes before it has answered the first.
    expect(await take(32)).toEqual({ [REPLAYED!]: 7 });
    expect(await take(32)).toEqual({});
  });
});
