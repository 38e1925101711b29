import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { officerAtWork, type OfficerAtWork } from './officers.js';
import { OwnWalk, type OwnAnswer } from './own-walk.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';

let bank: BankCoreUnderTest;
let officer: OfficerAtWork;
let auditor: OfficerAtWork;
let own: OwnWalk;
let other: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  officer = await officerAtWork(bank, 'compliance');
  auditor = await officerAtWork(bank, 'auditor');
  own = new OwnWalk(bank);
  other = new OwnWalk(bank, aoba);
});
afterAll(() => bank.stop());

const leak = (over: object = {}) => ({
  reference: `INC-${randomUUID()}`,
  kind: 'leak',
  text: '設定の誤りで、利用者の明細が別の利用者に見えました。',
  phase: 'ongoing',
  occurredAt: '2026-03-20T10:00:00+09:00',
  foundAt: '2026-03-21T09:30:00+09:00',
  functions: ['transactions_read'],
  evidence: ['access-log-0321.txt'],
  concerned: [{ bankCode: '2963', affectedUsers: 12 }, { bankCode: '2972' }],
  ...over,
});
const further = (over: object = {}) => ({
  text: '設定を直しました。',
  phase: 'contained',
  evidence: [],
  concerned: [],
  ...over,
});
const refusal = ({ status, body }: Pick<OwnAnswer, 'status' | 'body'>) => [status, body['code']];
const idOf = ({ body }: OwnAnswer) => String(body['incidentId']);
const told = async (over: object = {}) => idOf(await own.post('/incidents', leak(over)));
const atBank = async (id: string, bankCode = '2963') =>
  (await officer.get(`/incidents/${id}?bankCode=${bankCode}`)).body;
const act = (id: string, what: string, body: object, by = officer) =>
  by.post(`/incidents/${id}/${what}`, { bankCode: '2963', ...body });
const countAt = async (): Promise<number> => {
  const [row] = await bank.admin<{ n: number }>('select count(*)::int as n from incident');
  return row?.n ?? 0;
};

describe('an incident that an intermediary reports', () => {
  test('RKN-S1 is told once and kept at each institution concerned, with its own number and count', async () => {
    const report = leak();
    const key = randomUUID();
    const done = await own.post('/incidents', report, key);
    expect(done.status).toBe(200);
    const again = await own.post('/incidents', report, key);
    expect([again.body, again.replayed]).toEqual([done.body, 'true']);
    const { body } = await own.get(`/incidents/${idOf(done)}`);
    expect(body).toMatchObject({
      reference: report.reference,
      kind: 'leak',
      clause: 'RKN-S1',
      foundAt: '2026-03-21T09:30:00.000+09:00',
      chainPartnerId: null,
      institutions: [
        { bankCode: '2963', affectedUsers: 12, state: 'reported', acknowledgedAt: null },
        { bankCode: '2972', affectedUsers: null, state: 'reported' },
      ],
      reports: [{ kind: 'reported', text: report.text, evidence: ['access-log-0321.txt'] }],
    });
    expect(await atBank(idOf(done), '2972')).toMatchObject({
      number: expect.any(Number),
      epspId: minato.epsp,
      extent: { phase: 'ongoing', functions: ['transactions_read'], affectedUsers: null },
      entries: [{ sequence: 1, kind: 'reported', by: `${minato.epsp}/${minato.client}` }],
    });
  });

  test('RKN-S1 its number counts the institution’s incidents, also when several come at once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => told()));
    const numbers = await Promise.all(ids.map(async (id) => (await atBank(id))['number']));
    expect(new Set(numbers).size).toBe(6);
    const [row] = await bank.admin<{ last: number; n: number }>(
      `select max(number) as last, count(*)::int as n from incident i
       where institution_id = (select institution_id from institution_code where code = '2963')`,
    );
    expect(row?.last).toBe(row?.n);
  });

  test('RKN-S2 a key is used once, a reference is one incident', async () => {
    const report = leak({ kind: 'security_breach' });
    const key = randomUUID();
    expect((await own.post('/incidents', report, key)).status).toBe(200);
    const before = await countAt();
    expect(refusal(await own.post('/incidents', { ...report, text: 'other' }, key))).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    expect(refusal(await own.post('/incidents', report))).toEqual([
      409,
      'incident_reported_before',
    ]);
    expect(await countAt()).toBe(before);
  });

  test('RKN-0.2 an institution without agreement refuses it, and no other has been told', async () => {
    const before = await countAt();
    const hikari = { client: 'hikari', epsp: 'epsp_01j0000000000000000000hkra' };
    const concerned = [{ bankCode: '2963' }, { bankCode: '2997' }];
    const answer = await new OwnWalk(bank, hikari).post('/incidents', leak({ concerned }));
    expect([...refusal(answer), answer.body['clause']]).toEqual([
      422,
      'institution_not_covered',
      'RKN-0.2',
    ]);
    expect(await countAt()).toBe(before);
  });

  test.each([
    ['found tomorrow', { foundAt: '2999-01-01T00:00:00+09:00' }, 422, 'event_ahead_of_clock'],
    [
      'found before it occurred',
      { occurredAt: '2026-03-22T00:00:00+09:00' },
      422,
      'facts_contradict',
    ],
    [
      'a partner’s breach without partner',
      { kind: 'partner_breach' },
      422,
      'chain_partner_missing',
    ],
    ['a day without a calendar', { foundAt: '2026-02-30T99:00:00Z' }, 400, 'validation_failed'],
    [
      'a day before the calendar',
      { occurredAt: '0000-01-01T00:00:00+14:00' },
      400,
      'validation_failed',
    ],
    ['no institution', { concerned: [] }, 400, 'validation_failed'],
    [
      'an institution twice',
      { concerned: [{ bankCode: '2963' }, { bankCode: '2963' }] },
      400,
      'validation_failed',
    ],
  ])('RKN-S4a %s is no ground: refused', async (_title, over, status, code) => {
    expect(refusal(await own.post('/incidents', leak(over)))).toEqual([status, code]);
  });

  test('RKN-C1d a partner’s breach names the partner; a foreign one is as unknown as none (T-14)', async () => {
    const breach = leak({ kind: 'partner_breach', chainPartnerId: TSUBAME });
    const id = idOf(await other.post('/incidents', breach));
    const chainPartnerId = TSUBAME;
    expect(refusal(await own.post('/incidents', breach))).toEqual([404, 'not_found']);
    expect(await atBank(id)).toMatchObject({ clause: 'RKN-C1d', chainPartnerId });
  });
});

describe('what is told later', () => {
  test('RKN-S1 is appended at every institution, and one that it concerns besides learns all of it', async () => {
    const id = await told({ concerned: [{ bankCode: '2963', affectedUsers: 12 }] });
    const more = further({ concerned: [{ bankCode: '2972', affectedUsers: 3 }] });
    const key = randomUUID();
    const done = await own.post(`/incidents/${id}/reports`, more, key);
    expect(done.status).toBe(200);
    expect((await own.post(`/incidents/${id}/reports`, more, key)).replayed).toBe('true');
    expect((await own.get(`/incidents/${id}`)).body).toMatchObject({
      institutions: [
        { bankCode: '2963', phase: 'contained', affectedUsers: 12 },
        { bankCode: '2972', phase: 'contained', affectedUsers: 3 },
      ],
      reports: [{ kind: 'reported' }, { kind: 'followed_up', text: more.text }],
    });
    expect((await atBank(id, '2972'))['entries']).toMatchObject([
      { sequence: 1, kind: 'reported', content: { phase: 'ongoing' } },
      { sequence: 2, kind: 'followed_up', content: { phase: 'contained', affectedUsers: 3 } },
    ]);
  });

  test('RKN-S4a what was told is never changed, whoever tries', async () => {
    const id = await told();
    for (const statement of [
      `update incident_entry set content = '{}' where incident_id = '${id}'`,
      `delete from incident_entry where incident_id = '${id}'`,
    ])
      await expect(bank.admin(statement)).rejects.toThrow('append-only');
  });

  test('SM-3.5 each report and each act of an officer stands in the machine record', async () => {
    const id = await told();
    await own.post(`/incidents/${id}/reports`, further({ phase: 'resolved' }));
    await act(id, 'acknowledgements', { sequence: 2 });
    await act(id, 'closures', { note: '確認しました。' });
    const rows = await bank.admin<{ kind: string }>(
      `select kind from record where content::jsonb ->> 'incidentId' = $1
       and institution_id = (select institution_id from institution_code where code = '2963')
       order by id`,
      [id],
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'incident_reported',
      'incident_followed_up',
      'incident_acknowledged',
      'incident_closed',
    ]);
  });
});

describe('the officers of an institution', () => {
  test('RKN-S4a acknowledge up to what they have read; what comes later stands out again', async () => {
    const id = await told();
    expect(await act(id, 'acknowledgements', { sequence: 2 })).toMatchObject({
      status: 422,
      body: { code: 'entry_unknown' },
    });
    const seen = await act(id, 'acknowledgements', { sequence: 1, note: '確認した' });
    expect(seen).toMatchObject({ status: 200, body: { state: 'acknowledged', readTo: 1 } });
    const twice = await act(id, 'acknowledgements', { sequence: 1, note: 'again' });
    expect(twice.body['lastSequence']).toBe(seen.body['lastSequence']);
    expect((await own.get(`/incidents/${id}`)).body).toMatchObject({
      institutions: [
        { bankCode: '2963', state: 'acknowledged', acknowledgedAt: expect.any(String) },
        { bankCode: '2972', state: 'reported', acknowledgedAt: null },
      ],
    });
    await own.post(`/incidents/${id}/reports`, further());
    expect(await atBank(id)).toMatchObject({ state: 'reported' });
  });

  test('RKN-S4a close what is read and resolved, and nothing else; a later report opens it again', async () => {
    const id = await told();
    const close = () => act(id, 'closures', { note: '再発防止策を確認した。' });
    expect(refusal(await close())).toEqual([409, 'incident_unread']);
    await act(id, 'acknowledgements', { sequence: 1 });
    expect(refusal(await close())).toEqual([409, 'incident_unresolved']);
    await own.post(`/incidents/${id}/reports`, further({ phase: 'resolved' }));
    const { lastSequence } = await atBank(id);
    await act(id, 'acknowledgements', { sequence: lastSequence as number });
    expect(await close()).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(refusal(await close())).toEqual([409, 'incident_closed']);
    await own.post(`/incidents/${id}/reports`, further({ phase: 'ongoing' }));
    expect(await atBank(id)).toMatchObject({ state: 'reported', closedAt: null });
  });

  test('T-17, T-28 read and act within their own roles and institutions alone', async () => {
    const id = await told();
    const read = { sequence: 1 };
    expect(refusal(await act(id, 'acknowledgements', read, auditor))).toEqual([
      403,
      'role_missing',
    ]);
    expect(refusal(await act(id, 'closures', { note: 'x' }, auditor))).toEqual([
      403,
      'role_missing',
    ]);
    expect((await auditor.get(`/incidents/${id}?bankCode=2963`)).status).toBe(200);
    const elsewhere = await officer.get(`/incidents/${id}?bankCode=2951`);
    expect(refusal(elsewhere)).toEqual([404, 'incident_unknown']);
    expect(refusal(await act('inc_1', 'closures', { note: 'x' }))).toEqual([
      404,
      'incident_unknown',
    ]);
  });

  test('T-28 page through all of them, each once, the newest first', async () => {
    for (let nth = 0; nth < 3; nth += 1) await told({ concerned: [{ bankCode: '2951' }] });
    const seen: string[] = [];
    let before = '';
    for (;;) {
      const { body } = await officer.get(`/incidents?bankCode=2951&limit=2${before}`);
      const page = (body['incidents'] as { incidentId: string }[]).map((one) => one.incidentId);
      seen.push(...page);
      if (page.length < 2) break;
      before = `&before=${page.at(-1)}`;
    }
    expect(seen).toHaveLength(3);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });
});

describe('RKN-S4a an incident as a ground', () => {
  let walk: MeasureWalk;
  const watched = async () => {
    const { body } = await officer.get('/watch');
    const all = body['suggestions'] as Record<string, unknown>[];
    return all.filter((one) => one['rule'] === 'incident_reported' && one['bankCode'] === '2997');
  };

  beforeAll(async () => {
    walk = new MeasureWalk(bank);
    await walk.logIn();
    const [row] = await bank.admin<{ id: number }>(
      `select institution_id as id from institution_code where code = '2997'`,
    );
    await underAssessment(walk, [row?.id ?? 0]);
  });

  test('RKN-S4a the watch shows what nobody has read, proposes, and takes no step', async () => {
    expect(await watched()).toEqual([]);
    const id = await told({ concerned: [{ bankCode: '2997' }] });
    expect(await watched()).toMatchObject([
      {
        epspId: minato.epsp,
        clause: 'RKN-S4a',
        proposes: 'found_deficient',
        facts: { count: 1, newest: id },
      },
    ]);
    expect(await walk.stateOf('security-review', '2997')).toBe('ASSESSING');
    await officer.post(`/incidents/${id}/acknowledgements`, { bankCode: '2997', sequence: 1 });
    expect(await watched()).toEqual([]);
  });

  test('RKN-C2a a partner’s breach is watched for the request to stop that partner', async () => {
    const concerned = [{ bankCode: '2997' }];
    const breach = leak({ kind: 'partner_breach', chainPartnerId: TSUBAME, concerned });
    const id = idOf(await other.post('/incidents', breach));
    expect(await watched()).toMatchObject([
      { epspId: aoba.epsp, chainPartnerId: TSUBAME, clause: 'RKN-C2a', proposes: 'stop_demanded' },
    ]);
    await officer.post(`/incidents/${id}/acknowledgements`, { bankCode: '2997', sequence: 1 });
  });

  test('RKN-S4a a demand names it by id; letter, incident and intermediary know of each other', async () => {
    const id = await told({ concerned: [{ bankCode: '2997', affectedUsers: 3 }] });
    const elsewhere = await told({ concerned: [{ bankCode: '2963' }] });
    const foreign = idOf(await other.post('/incidents', leak()));
    const step = (name: string, incidentIds: readonly string[]) =>
      walk.propose(name, { items: ['4.2'], grounds, incidentIds }, ['2997']);
    for (const wrong of [elsewhere, foreign])
      expect(refusal(await step('found_deficient', [id, wrong]))).toEqual([
        404,
        'incident_unknown',
      ]);
    await walk.take(step('found_deficient', [id]));
    const { about: demandId } = await walk.take(step('improvement_demanded', [id]));
    const { entries, state } = await atBank(id, '2997');
    expect((entries as object[]).at(-1)).toMatchObject({
      kind: 'became_ground',
      content: { demandId, proposalId: expect.stringMatching(/^prp_/) },
    });
    // Whoever makes a demand of it has not thereby acknowledged it.
    expect(state).toBe('reported');
    expect((await own.get(`/incidents/${id}`)).body).toMatchObject({
      demands: [{ bankCode: '2997', demandId }],
    });
    expect(JSON.stringify(await walk.receive('improvement_demand', '2997'))).toContain(id);
    const timeline = await officer.get(`/links/${minato.epsp}/timeline?bankCode=2997`);
    const demanded = (timeline.body['entries'] as Record<string, unknown>[]).find(
      ({ what }) => what === 'improvement_demanded',
    );
    expect(demanded).toMatchObject({ detail: { incidentIds: [id] } });
  });
});

describe('T-20 another intermediary', () => {
  test('T-20, T-21 finds no incident, tells nothing of it and replays nothing', async () => {
    const report = leak();
    const key = randomUUID();
    const id = idOf(await own.post('/incidents', report, key));
    expect(refusal(await other.get(`/incidents/${id}`))).toEqual([404, 'incident_unknown']);
    expect(refusal(await other.post(`/incidents/${id}/reports`, further()))).toEqual([
      404,
      'incident_unknown',
    ]);
    const list = (await other.get('/incidents')).body['incidents'] as { incidentId: string }[];
    expect(list.map(({ incidentId }) => incidentId)).not.toContain(id);
    const replayed = await other.post('/incidents', report, key);
    expect(replayed.replayed).toBeUndefined();
    expect(idOf(replayed)).not.toBe(id);
  });
});
