import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventsDesk } from './events-desk.js';
import { AOBA, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let desk: EventsDesk;

beforeAll(async () => {
  gateway = await startGateway();
  desk = await EventsDesk.open(gateway);
});
afterAll(() => gateway.stop());

/** Acknowledges everything there is, so that a test begins with nothing. */
async function emptied(): Promise<void> {
  for (;;) {
    const events = await desk.poll({ maxEvents: 500 });
    if (events.length === 0) return;
    await desk.poll({ maxEvents: 0, acknowledged: events.map(({ id }) => id) });
  }
}

const unread = async (count: number) => {
  await until(async () => (await desk.poll({ maxEvents: 500 })).length >= count);
  return desk.poll({ maxEvents: 500 });
};

describe('the log of events', () => {
  test('B-5 what the calendar announces is told to everybody, once', async () => {
    await until(async () => (await desk.poll()).some(({ type }) => type === 'change.announced'));
    const rows = await gateway.asOwner<{ epsp_id: string; n: number }>(
      `select epsp_id, count(*)::int as n from intermediary_event
       where type = 'change.announced' group by epsp_id order by epsp_id`,
    );
    const { body } = await desk.software.send('GET', '/v1/changes');
    const announced = (body['data'] as unknown[]).length;
    expect(rows).toEqual([
      { epsp_id: AOBA, n: announced },
      { epsp_id: MINATO, n: announced },
    ]);
  });

  test('two processes take the same changes in and write each event once, in order, without a gap', async () => {
    await emptied();
    gateway.bank.changePage = 3;
    await gateway.asOwner(
      `update client_key set good_until = clock_timestamp() + interval '29 days'
       where client_id = 'minato-kakei'`,
    );
    const other = await gateway.another();
    const told = Array.from({ length: 40 }, () => desk.tell());
    const events = await unread(41);
    // B-20: the process that started found a key that ends within thirty days, and told it once.
    const [warning, ...more] = events.filter(({ type }) => type === 'certificate.expiring');
    expect(warning?.data).toMatchObject({ clientId: 'minato-kakei', daysLeft: 30 });
    expect(more).toEqual([]);
    const consents = events.filter(({ type }) => type === 'consent.revoked');
    expect(consents.map(({ data }) => data['consentId'])).toEqual(told);
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_value, index) => sequences[0]! + index));
    await other.stop();
    gateway.bank.changePage = 500;
  });

  test('a process that dies while it takes changes in loses none and doubles none', async () => {
    await emptied();
    gateway.bank.changePage = 2;
    const other = await gateway.another();
    const told = Array.from({ length: 20 }, () => desk.tell());
    await unread(1);
    await other.kill();
    const events = await unread(told.length);
    expect(events.map(({ data }) => data['consentId'])).toEqual(told);
    gateway.bank.changePage = 500;
  });

  test('T-30 of what bank-core says only ids, codes and dates become an event', async () => {
    await emptied();
    const planted = 'ヤマダ タロウ 1234567';
    desk.tell({ reason: planted, detail: { note: planted, name: planted } });
    desk.tell({
      subject: 'link',
      subjectId: 'hold_2',
      state: 'restricted',
      detail: { basis: planted },
    });
    const events = await unread(2);
    expect(JSON.stringify(events)).not.toContain('ヤマダ');
    const [{ text } = { text: '' }] = await gateway.asOwner<{ text: string }>(
      'select string_agg(e::text, chr(10)) as text from intermediary_event e',
    );
    expect(text).not.toContain('ヤマダ');
    expect(events[0]).toMatchObject({
      type: 'consent.revoked',
      data: { bankCode: '2963', epspId: MINATO, clientId: 'minato-kakei', chainPartnerId: 'none' },
    });
  });

  test("T-14 an event names its chain partner and is nobody else's", async () => {
    const stranger = await EventsDesk.open(gateway, gateway.aoba);
    const partner = 'cp_01j0000000000000000000tsbm';
    const consentId = desk.tell({
      epspId: AOBA,
      clientId: 'aoba-fintech',
      chainPartnerId: partner,
      state: 'frozen',
    });
    const isIt = ({ data }: { data: Record<string, unknown> }) => data['consentId'] === consentId;
    await until(async () => (await stranger.poll({ maxEvents: 500 })).some(isIt));
    const [event] = (await stranger.poll({ maxEvents: 500 })).filter(isIt);
    expect(event?.data['chainPartnerId']).toBe(partner);
    expect((await desk.poll({ maxEvents: 500 })).some(isIt)).toBe(false);
    const ack = await desk.call('POST', '/v1/events', { acknowledged: [event?.id] });
    expect([ack.status, ack.body['code']]).toEqual([422, 'event_unknown']);
  });
});

describe('polling', () => {
  test('what is not acknowledged comes again, in order; what is acknowledged does not', async () => {
    await emptied();
    const told = [desk.tell(), desk.tell(), desk.tell(), desk.tell()];
    const [a, b, c, d] = await unread(4);
    const consentsOf = (events: { data: Record<string, unknown> }[]) =>
      events.map(({ data }) => data['consentId']);
    expect(consentsOf(await desk.poll({ maxEvents: 2 }))).toEqual(told.slice(0, 2));
    // The answer was lost: the same two come again.
    expect(consentsOf(await desk.poll({ maxEvents: 2 }))).toEqual(told.slice(0, 2));
    const page = await desk.call('POST', '/v1/events', {
      maxEvents: 1,
      acknowledged: [b!.id],
      errors: [{ eventId: d!.id, code: 'unknown_consent' }],
    });
    expect(page.body).toMatchObject({ events: [{ id: a!.id }], moreAvailable: true });
    expect((await desk.poll()).map(({ id }) => id)).toEqual([a!.id, c!.id]);
    // Acknowledging once more changes nothing.
    const rest = await desk.poll({ acknowledged: [a!.id, b!.id, c!.id] });
    expect(rest).toEqual([]);
    const [floor] = await gateway.asOwner<{ floor: string; left: string }>(
      `select floor::text, (select count(*) from event_acknowledgement)::text as left
       from event_reader where client_id = 'minato-kakei'`,
    );
    expect(floor).toEqual({ floor: String(d!.sequence), left: '0' });
  });

  test('an acknowledgement of what does not exist refuses all of it', async () => {
    await emptied();
    desk.tell();
    const [event] = await unread(1);
    const unknown = 'evt_01j00000000000000000000000';
    const answer = await desk.call('POST', '/v1/events', { acknowledged: [event!.id, unknown] });
    expect(answer.body['code']).toBe('event_unknown');
    expect((await desk.poll()).map(({ id }) => id)).toEqual([event!.id]);
  });

  test('a reader that waits is answered when something happens', async () => {
    await emptied();
    const waiting = desk.poll({ returnImmediately: false });
    const consentId = desk.tell();
    expect((await waiting).map(({ data }) => data['consentId'])).toEqual([consentId]);
  });

  test('the scope is asked for: neither a status token nor none will do', async () => {
    const status = await desk.software.ownToken('transfers:status');
    const method = 'POST';
    const refused = await desk.software.call('/v1/events', status, { method, body: {} });
    expect([refused.status, refused.body['code']]).toEqual([403, 'permission_not_granted']);
    const bare = await desk.software.send('POST', '/v1/events');
    expect(bare.status).toBe(401);
  });
});

describe('what everybody may know', () => {
  const get = (path: string, etag?: string) =>
    desk.software.send('GET', path, etag ? { headers: { 'if-none-match': etag } } : {});

  test.each(['/v1/status', '/v1/outages', '/v1/changes'])(
    '%s asks for no token and has an ETag',
    async (path) => {
      const first = await get(path);
      expect([first.status, first.headers.get('content-type')]).toEqual([
        200,
        'application/json; charset=utf-8',
      ]);
      const etag = first.headers.get('etag') ?? '';
      const again = await get(path, `"other", W/${etag}`);
      expect([again.status, again.text]).toEqual([304, '']);
      expect((await get(path, '"other"')).status).toBe(200);
      expect(again.headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('B-12 an outage shows in status and list', async () => {
    const stateOf = async (bankCode: string) => {
      const { body } = await get('/v1/status');
      const banks = body['banks'] as { bankCode: string; state: string; outageId: string | null }[];
      return banks.find((one) => one.bankCode === bankCode);
    };
    expect(await stateOf('2963')).toMatchObject({ state: 'available', outageId: null });
    const outageId = 'out_01j00000000000000000000000';
    gateway.bank.outages.push({
      outageId,
      bankCode: '2963',
      kind: 'planned',
      state: 'running',
      functions: [],
      announcedAt: '2026-11-01T00:00:00.000+09:00',
      startsAt: '2026-11-22T00:00:00.000+09:00',
      endsAt: '2099-11-22T00:00:00.000+09:00',
      endedAt: null,
    });
    await until(async () => (await stateOf('2963'))?.state === 'maintenance');
    expect(await stateOf('2972')).toMatchObject({ state: 'available' });
    const { body } = await get('/v1/outages');
    expect(body['data']).toMatchObject([{ outageId, bankCode: '2963', state: 'running' }]);
  });

  test('B-5 an outage is told to every intermediary that the bank serves, and to no other', async () => {
    await emptied();
    const stranger = await EventsDesk.open(gateway, gateway.aoba);
    const detail = { kind: 'planned', functions: [], startsAt: '2026-12-01T00:00:00+00:00' };
    const over = {
      subject: 'outage',
      state: 'planned',
      epspId: null,
      clientId: null,
      detail,
    } as const;
    desk.tell({ ...over, bankCode: '2972', subjectId: 'out_of_2972' });
    desk.tell({ ...over, subjectId: 'out_of_2963' });
    const mine = await unread(2);
    expect(mine.map(({ type, data }) => [type, data['outageId'], data['startsAt']])).toEqual([
      ['outage.planned', 'out_of_2972', '2026-12-01T09:00:00.000+09:00'],
      ['outage.planned', 'out_of_2963', '2026-12-01T09:00:00.000+09:00'],
    ]);
    const theirs = (await stranger.poll({ maxEvents: 500 })).map(({ data }) => data['outageId']);
    expect(theirs).toContain('out_of_2963');
    expect(theirs).not.toContain('out_of_2972');
  });
});
