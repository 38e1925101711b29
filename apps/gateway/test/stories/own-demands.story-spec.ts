import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConsoleOfficers } from './console-officers.js';
import { dataOf, ownAffairsOf, refusal, type OwnParty } from './own-party.js';
import { AOBA, MINATO, Scene, TSUBAME, until } from './scene.js';

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

const linkOf = (epspId: string, rest: string) =>
  officers.get(`/links/${epspId}/${rest}${rest.includes('?') ? '&' : '?'}bankCode=${BANK}`);

async function letterAtTheBank(epspId: string, documentId: string) {
  const { body } = await linkOf(epspId, 'letters');
  const letters = body['letters'] as Record<string, unknown>[];
  return letters.find((one) => one['documentId'] === documentId);
}

describe('RKN-S4 a demand, from the officers to the intermediary and back', () => {
  let demandId: string;
  let letterId: string;

  test('RKN-S4a the intermediary reads what is demanded, under which clause, and what to submit', async () => {
    expect(dataOf(await minato.get('/improvement-demands'))).toEqual([]);
    demandId = await officers.demand(MINATO, BANK);
    const [demand] = dataOf(await minato.get('/improvement-demands'));
    expect(demand).toMatchObject({
      demandId,
      bankCode: BANK,
      state: 'IMPROVEMENT_REQUESTED',
      items: ['4.2'],
      dueAt: null,
      letterId: expect.stringMatching(/^doc_/),
      duties: [{ clause: 'RKN-S4a', ja: expect.stringContaining('改善') }],
    });
    letterId = String(demand?.['letterId']);
    const owed = dataOf(await minato.get('/duties'));
    expect(owed.filter(({ about }) => about === demandId)).toMatchObject([
      { clause: 'RKN-S4a', bankCode: BANK, by: null, procedure: 'security-review' },
    ]);
    expect(await minato.get(`/improvement-demands/${demandId}`)).toMatchObject({ body: demand });
  });

  test('RKN-S4a the intermediary is told that a letter waits: ids, the clause and nothing of its words', async () => {
    const token = await minato.software.ownToken('events');
    const found: Record<string, unknown>[] = [];
    await until(async () => {
      const page = { maxEvents: 100, returnImmediately: true, acknowledged: [], errors: [] };
      const { body } = await minato.software.post(token, '/v1/events', page);
      found.splice(0, found.length, ...(body['events'] as Record<string, unknown>[]));
      return found.some(({ type }) => type === 'improvement.requested');
    });
    const told = found.find(({ type }) => type === 'improvement.requested');
    const data = { bankCode: BANK, documentId: letterId, demandId, clause: 'RKN-S4a' };
    expect(told).toMatchObject({ data });
    expect(found).toContainEqual(
      expect.objectContaining({
        type: 'letter.issued',
        data: expect.objectContaining({ documentId: letterId, notice: 'improvement_demand' }),
      }),
    );
    // The item that is found deficient, not the seconds of an instant.
    expect(JSON.stringify(found)).not.toMatch(/(?<![0-9])4\.2(?![0-9])/);
  });

  test('RKN-S4a neither the list nor HEAD is an arrival', async () => {
    const [letter] = dataOf(await minato.get('/letters'));
    expect(letter).toMatchObject({
      documentId: letterId,
      notice: 'improvement_demand',
      clause: 'RKN-S4a',
      about: demandId,
      arrivedAt: null,
      proof: null,
    });
    expect((await minato.ask('HEAD', `/letters/${letterId}`)).status).toBe(404);
    expect(await letterAtTheBank(MINATO, letterId)).toMatchObject({ arrivedAt: null });
  });

  test('RKN-S4a the letter is the same bytes as the bank’s, and fetching it is its arrival, once', async () => {
    for (const form of ['pdf', 'html', 'json'] as const) {
      const path = `/letters/${letterId}?form=${form}`;
      const [first, again] = [await minato.get(path), await minato.get(path)];
      expect(first.status).toBe(200);
      expect(first.headers.get('content-disposition')).toBe(
        `attachment; filename="${letterId}.${form}"`,
      );
      expect(first.headers.get('x-content-type-options')).toBe('nosniff');
      const atTheBank = await linkOf(MINATO, `letters/${letterId}?form=${form}`);
      expect(first.bytes.equals(atTheBank.bytes)).toBe(true);
      expect(first.bytes.equals(again.bytes)).toBe(true);
    }
    expect((await minato.get(`/letters/${letterId}`)).bytes.subarray(0, 5).toString()).toBe(
      '%PDF-',
    );
    const arrived = await letterAtTheBank(MINATO, letterId);
    expect(arrived).toMatchObject({ proof: 'fetched', arrivedAt: expect.any(String) });
    const [letter] = dataOf(await minato.get('/letters'));
    expect(letter).toMatchObject({ proof: 'fetched', arrivedAt: arrived?.['arrivedAt'] });
    const { body } = await minato.get(`/improvement-demands/${demandId}`);
    expect(body).toMatchObject({
      dueAt: expect.any(String),
      deadlines: [{ name: 'improvement', clause: 'RKN-S4a', dueAt: body['dueAt'] }],
      duties: [{ by: body['dueAt'] }],
    });
  });

  test('T-20, T-21 another intermediary finds no demand and no letter, and its key replays nothing', async () => {
    const key = randomUUID();
    const report = {
      kind: 'improvement_reported',
      text: '権限の見直しを終えました。',
      evidence: ['access-review-2026-11.pdf'],
    };
    const path = `/improvement-demands/${demandId}/replies`;
    const done = await minato.post(path, report, key);
    expect(done).toMatchObject({ status: 201, body: { state: 'REPORTED' } });
    const again = await minato.post(path, report, key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      done.body,
      'true',
    ]);
    expect(refusal(await minato.post(path, { ...report, text: 'other' }, key))).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    expect(refusal(await aoba.post(path, report, key))).toEqual([404, 'not_found']);
    expect(refusal(await aoba.get(`/letters/${letterId}`))).toEqual([404, 'letter_unknown']);
    expect(refusal(await aoba.get(`/improvement-demands/${demandId}`))).toEqual([404, 'not_found']);
    for (const list of ['/letters', '/improvement-demands', '/duties']) {
      const seen = JSON.stringify((await aoba.get(list)).body);
      for (const id of [demandId, letterId]) expect(seen).not.toContain(id);
    }
  });

  test('RKN-S4b the officers find the report on the timeline, and it moves nothing by itself', async () => {
    const { body } = await linkOf(MINATO, 'timeline');
    const entries = body['entries'] as Record<string, unknown>[];
    expect(entries.filter(({ what }) => what === 'improvement_reported')).toMatchObject([
      {
        cameTo: 'REPORTED',
        detail: { text: '権限の見直しを終えました。', evidence: ['access-review-2026-11.pdf'] },
      },
    ]);
    expect((await minato.get('/standing')).body).toMatchObject({ worst: 'active' });
  });

  test('RKN-S4c a remedy is reported under a measure and not before', async () => {
    const remedy = { kind: 'remediation_reported', text: '直しました。', evidence: [] };
    const answer = await minato.post(`/improvement-demands/${demandId}/replies`, remedy);
    expect([answer.status, answer.body['code'], answer.body['clause']]).toEqual([
      409,
      'event_out_of_order',
      expect.stringMatching(/^RKN-S4/),
    ]);
    expect(answer.body).toMatchObject({
      detail_ja: expect.any(String),
      detail_en: expect.any(String),
    });
  });
});

describe('RKN-C2 a request to stop a chain partner', () => {
  test('RKN-C2a it is read with its period, and answered by the report that the partner is stopped', async () => {
    await officers.askToStop(AOBA, TSUBAME, BANK);
    const [request] = dataOf(await aoba.get('/stop-requests'));
    expect(request).toMatchObject({ chainPartnerId: TSUBAME, bankCode: BANK, dueAt: null });
    const letter = await aoba.get(`/letters/${String(request?.['letterId'])}?form=json`);
    expect(letter.status).toBe(200);
    const requestId = String(request?.['requestId']);
    const arrived = await aoba.get(`/stop-requests/${requestId}`);
    expect(arrived.body).toMatchObject({ dueAt: expect.any(String), state: 'STOP_DEMANDED' });
    const report = { text: '連鎖接続を停止しました。', evidence: ['log-1'] };
    const replies = `/stop-requests/${requestId}/replies`;
    expect(refusal(await minato.post(replies, report))).toEqual([404, 'not_found']);
    expect(await aoba.post(replies, report)).toMatchObject({
      status: 201,
      body: { state: 'PARTNER_STOPPED' },
    });
    expect(JSON.stringify((await linkOf(AOBA, 'timeline')).body)).toContain(report.text);
    expect(dataOf(await aoba.get('/closed-demands'))).toMatchObject([
      {
        about: requestId,
        procedure: 'chain-stop',
        chainPartnerId: TSUBAME,
        endedBy: 'partner_stopped',
        state: 'PARTNER_STOPPED',
        ledToMeasure: false,
      },
    ]);
    expect(dataOf(await minato.get('/closed-demands'))).toEqual([]);
  });
});

describe('RKN-S4c a prior notice, and what the intermediary says to it', () => {
  const DAYS = 40;
  const grounds = { text: '期間内に改善がなかった', evidence: ['doc_evidence_2'] };
  const announced = async () => {
    const { body } = await minato.get('/standing');
    const at = (body['banks'] as Record<string, unknown>[]).find((one) => one['bankCode'] === BANK);
    return at?.['announced'] as { measure: Record<string, unknown> }[];
  };

  test('RKN-S4c it is in the standing, is answered in time, and officers read the answer beside it', async () => {
    const step = (name: string, more: object) =>
      officers.agree(`/links/${MINATO}/review-steps`, { step: name, bankCodes: [BANK], ...more });
    expect(await announced()).toEqual([]);
    await scene.moveBankTime(DAYS * 24 * 60);
    await officers.logInAgain(DAYS * 24 * 3_600_000);
    await step('judged_insufficient', { grounds });
    const removed = [{ right: 'transfer_initiation', reach: 'all' }];
    const { about: noticeId } = await step('notice_sent', { kind: 'restriction', removed });
    const [waiting] = await announced();
    expect(waiting?.measure).toMatchObject({ noticeId, statementUntil: null, statements: [] });
    await minato.get(`/letters/${String(waiting?.measure['letterId'])}`);
    const said = { text: '対象の項目は10月に改めています。', evidence: ['review-10.pdf'] };
    const path = `/notices/${String(noticeId)}/statements`;
    const key = randomUUID();
    const done = await minato.post(path, said, key);
    expect(done.status).toBe(201);
    expect((await minato.post(path, said, key)).body).toEqual(done.body);
    expect(refusal(await aoba.post(path, said))).toEqual([404, 'letter_unknown']);
    expect(await announced()).toMatchObject([
      { measure: { noticeId, statementUntil: expect.any(String), statements: [said] } },
    ]);
    const procedures = (await linkOf(MINATO, 'standing')).body['procedures'] as object[];
    expect(procedures).toContainEqual(
      expect.objectContaining({
        machine: 'security-review',
        state: 'NOTICE_SENT',
        statements: [expect.objectContaining(said)],
      }),
    );
  });
});
