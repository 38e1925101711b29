import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { Database } from '#libs/platform';
import { Catalogue } from '../../src/bank/index.js';
import { AnnounceChangesJob } from '../../src/events/announce-changes.job.js';
import { KEPT_DAYS } from '../../src/events/domain/decide-replay.js';
import type { ApiChange } from '../../src/events/domain/change-calendar.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventStore } from '../../src/events/storage/event.store.pg.js';
import { ToldChangeStore } from '../../src/events/storage/told-change.store.pg.js';
import { HostClock } from '../../src/platform/host-clock.js';
import { AOBA, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway({ webhookSenders: 0 });
  const catalogue = gateway.app.get(Catalogue, { strict: false });
  await until(() => catalogue.current() !== undefined);
});
afterAll(() => gateway.stop());

/** The job with a calendar of its own, whose rounds are run by hand. */
class Announcer extends AnnounceChangesJob {
  static of(calendar: readonly ApiChange[]): Announcer {
    const part = <T>(type: abstract new (...args: never[]) => T) =>
      gateway.app.get<T>(type, { strict: false });
    return new Announcer(
      calendar,
      part(Catalogue),
      part(HostClock),
      part(EventLog),
      part(Database),
      part(ToldChangeStore),
    );
  }

  once(): Promise<number> {
    return this.round();
  }
}

test('B-5 a removal is told once to each, also after its event has gone with age', async () => {
  const today = CivilDate.inTokyo(Date.now());
  const change: ApiChange = {
    id: '2026-01-end-of-v0',
    kind: 'removal',
    announcedOn: today.plusDays(-200),
    effectiveOn: today.plusDays(165),
    affects: ['v0'],
    words: { ja: 'v0 を廃止します。', en: 'v0 will be retired.' },
  };
  const announcer = Announcer.of([change]);
  const told = async () => {
    await announcer.once();
    const rows = await gateway.asOwner<{ epsp_id: string }>(
      'select epsp_id from intermediary_event where source_key = $1 order by epsp_id',
      [`change:${change.id}`],
    );
    return rows.map((row) => row.epsp_id);
  };
  expect(await told()).toEqual([AOBA, MINATO]);
  await gateway.asOwner(
    `update intermediary_event set recorded_at = recorded_at - make_interval(days => $2)
     where source_key = $1`,
    [`change:${change.id}`, KEPT_DAYS],
  );
  const events = gateway.app.get(EventStore, { strict: false });
  expect(await events.sweep(KEPT_DAYS, 1_000)).toBe(2);
  expect(await told()).toEqual([]);
  // Whoever was not there then is told now.
  await gateway.asOwner('delete from told_change where change_id = $1 and epsp_id = $2', [
    change.id,
    AOBA,
  ]);
  expect(await told()).toEqual([AOBA]);
});
