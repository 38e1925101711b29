import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConsoleOfficers } from './console-officers.js';
import { dataOf, ME, ownAffairsOf, refusal, type OwnParty } from './own-party.js';
import { MINATO, Scene } from './scene.js';

const BANK = '2963';

let scene: Scene;
let officers: ConsoleOfficers;
let minato: OwnParty;
let aoba: OwnParty;

beforeAll(async () => {
  scene = await Scene.open();
  ({ officers, minato, aoba } = await ownAffairsOf(scene));
});
afterAll(() => scene.close());

const incident = (over: object = {}) => ({
  reference: `INC-${randomUUID()}`,
  kind: 'leak',
  text: '設定の誤りで、利用者の明細が別の利用者に見えました。',
  phase: 'ongoing',
  occurredAt: '2026-03-20T10:00:00+09:00',
  foundAt: '2026-03-21T09:30:00+09:00',
  functions: ['transactions_read'],
  evidence: ['access-log-0321.txt'],
  concerned: [{ bankCode: BANK, affectedUsers: 12 }, { bankCode: '2972' }],
  ...over,
});
const further = (over: object = {}) => ({
  text: '設定を直し、対象の利用者に知らせました。',
  phase: 'resolved',
  evidence: [],
  concerned: [],
  ...over,
});

describe('RKN-S1 an incident, from the intermediary to the officers of each institution', () => {
  let incidentId: string;
  const at = (what = '') => `/incidents/${incidentId}${what}`;

  test('RKN-S1 one report reaches every institution that it names, once per key', async () => {
    const report = incident();
    const key = randomUUID();
    const done = await minato.post('/incidents', report, key);
    expect(done).toMatchObject({
      status: 201,
      body: {
        reference: report.reference,
        clause: 'RKN-S1',
        institutions: [
          { bankCode: BANK, affectedUsers: 12, state: 'reported' },
          { bankCode: '2972', affectedUsers: null, state: 'reported' },
        ],
        reports: [{ kind: 'reported', text: report.text }],
        demands: [],
      },
    });
    incidentId = String(done.body['incidentId']);
    expect(done.headers.get('location')).toBe(`${ME}/incidents/${incidentId}`);
    const again = await minato.post('/incidents', report, key);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([done.body, 'true']);
    expect(refusal(await minato.post('/incidents', { ...report, text: 'other' }, key))).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    expect(refusal(await minato.post('/incidents', report))).toEqual([
      409,
      'incident_reported_before',
    ]);
    const seen = await officers.get(`${at()}?bankCode=2972`);
    expect(seen.body).toMatchObject({ epspId: MINATO, entries: [{ kind: 'reported' }] });
  });

  test('RKN-S4a the officers read, acknowledge and close; the intermediary sees where each stands', async () => {
    expect((await minato.post(at('/reports'), further())).status).toBe(201);
    await officers.post(at('/acknowledgements'), { bankCode: BANK, sequence: 2 });
    await officers.post(at('/closures'), { bankCode: BANK, note: '再発防止策を確認した。' });
    const { body } = await minato.get(at());
    expect(body).toMatchObject({
      institutions: [
        { bankCode: BANK, state: 'closed', acknowledgedAt: expect.any(String), phase: 'resolved' },
        { bankCode: '2972', state: 'reported', acknowledgedAt: null, closedAt: null },
      ],
      reports: [{ kind: 'reported' }, { kind: 'followed_up' }],
    });
    // What officers wrote for themselves stays with them.
    expect(JSON.stringify(body)).not.toContain('再発防止策');
  });

  test('T-20, T-21 it is nothing to another intermediary', async () => {
    expect(refusal(await aoba.get(at()))).toEqual([404, 'incident_unknown']);
    expect(refusal(await aoba.post(at('/reports'), further()))).toEqual([404, 'incident_unknown']);
    expect(dataOf(await aoba.get('/incidents'))).toEqual([]);
    const [line] = dataOf(await minato.get('/incidents'));
    expect(line).toMatchObject({ incidentId });
    expect(line).not.toHaveProperty('reports');
  });

  test.each([
    [
      'a partner’s breach without partner',
      { kind: 'partner_breach' },
      422,
      'chain_partner_missing',
    ],
    ['found tomorrow', { foundAt: '2999-01-01T00:00:00+09:00' }, 422, 'event_ahead_of_clock'],
    ['nobody concerned', { concerned: [] }, 400, 'validation_failed'],
    ['an unknown function', { functions: ['everything'] }, 400, 'validation_failed'],
    ['a bell', { text: 'done\u0007' }, 400, 'validation_failed'],
  ])('RKN-S1 %s is refused, and nobody has been told', async (_title, over, status, code) => {
    const before = dataOf(await minato.get('/incidents')).length;
    const answer = await minato.post('/incidents', incident(over));
    expect(refusal(answer)).toEqual([status, code]);
    expect(dataOf(await minato.get('/incidents'))).toHaveLength(before);
  });
});
