import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiAnswer, ApiCall, Intermediary } from '../../../../tools/flow/intermediary.js';
import { ConsoleOfficers } from './console-officers.js';
import { AOBA, MINATO, Scene, TSUBAME } from './scene.js';

const LIMIT_MS = 120_000;
const ME = '/v1/participants/me';
const BANK = '2963';

interface Party {
  readonly software: Intermediary;
  readonly token: string;
}

let scene: Scene;
let officers: ConsoleOfficers;
let minato: Party;
let aoba: Party;

beforeAll(async () => {
  scene = await Scene.open();
  const { system } = scene;
  officers = await ConsoleOfficers.logIn({
    consoleOrigin: `https://console.localhost:${system.ports.console}`,
    fetch: system.fetch,
    officers: system.officers,
    databaseUrl: system.databases.bank.appUrl,
  });
  const partyOf = async (epspId: string): Promise<Party> => {
    const software = scene.intermediary(epspId);
    return { software, token: await software.ownToken('participants') };
  };
  minato = await partyOf(MINATO);
  aoba = await partyOf(AOBA);
}, LIMIT_MS);
afterAll(() => scene.close(), LIMIT_MS);

const ask = ({ software, token }: Party, method: string, path: string, call: ApiCall = {}) =>
  software.send(method, token, `${ME}${path}`, call);
const get = (party: Party, path: string) => ask(party, 'GET', path);
const post = (party: Party, path: string, body: object, key: string = randomUUID()) =>
  ask(party, 'POST', path, { body, headers: { 'idempotency-key': key } });
const dataOf = ({ body }: ApiAnswer) => body['data'] as Record<string, unknown>[];
const refusal = ({ status, body }: ApiAnswer) => [status, body['code']];

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
    expect(dataOf(await get(minato, '/improvement-demands'))).toEqual([]);
    demandId = await officers.demand(MINATO, BANK);
    const [demand] = dataOf(await get(minato, '/improvement-demands'));
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
    const owed = dataOf(await get(minato, '/duties'));
    expect(owed.filter(({ about }) => about === demandId)).toMatchObject([
      { clause: 'RKN-S4a', bankCode: BANK, by: null, procedure: 'security-review' },
    ]);
    expect(await get(minato, `/improvement-demands/${demandId}`)).toMatchObject({ body: demand });
  });

  test('RKN-S4a neither the list nor HEAD is an arrival', async () => {
    const [letter] = dataOf(await get(minato, '/letters'));
    expect(letter).toMatchObject({
      documentId: letterId,
      notice: 'improvement_demand',
      clause: 'RKN-S4a',
      about: demandId,
      arrivedAt: null,
      proof: null,
    });
    expect((await ask(minato, 'HEAD', `/letters/${letterId}`)).status).toBe(404);
    expect(await letterAtTheBank(MINATO, letterId)).toMatchObject({ arrivedAt: null });
  });

  test('RKN-S4a the letter is the same bytes as the bank’s, and fetching it is its arrival, once', async () => {
    for (const form of ['pdf', 'html', 'json'] as const) {
      const path = `/letters/${letterId}?form=${form}`;
      const [first, again] = [await get(minato, path), await get(minato, path)];
      expect(first.status).toBe(200);
      expect(first.headers.get('content-disposition')).toBe(
        `attachment; filename="${letterId}.${form}"`,
      );
      expect(first.headers.get('x-content-type-options')).toBe('nosniff');
      const atTheBank = await linkOf(MINATO, `letters/${letterId}?form=${form}`);
      expect(first.bytes.equals(atTheBank.bytes)).toBe(true);
      expect(first.bytes.equals(again.bytes)).toBe(true);
    }
    expect((await get(minato, `/letters/${letterId}`)).bytes.subarray(0, 5).toString()).toBe(
      '%PDF-',
    );
    const arrived = await letterAtTheBank(MINATO, letterId);
    expect(arrived).toMatchObject({ proof: 'fetched', arrivedAt: expect.any(String) });
    const [letter] = dataOf(await get(minato, '/letters'));
    expect(letter).toMatchObject({ proof: 'fetched', arrivedAt: arrived?.['arrivedAt'] });
    const { body } = await get(minato, `/improvement-demands/${demandId}`);
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
    const done = await post(minato, path, report, key);
    expect(done).toMatchObject({ status: 201, body: { state: 'REPORTED' } });
    const again = await post(minato, path, report, key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      done.body,
      'true',
    ]);
    expect(refusal(await post(minato, path, { ...report, text: 'other' }, key))).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    expect(refusal(await post(aoba, path, report, key))).toEqual([404, 'not_found']);
    expect(refusal(await get(aoba, `/letters/${letterId}`))).toEqual([404, 'letter_unknown']);
    expect(refusal(await get(aoba, `/improvement-demands/${demandId}`))).toEqual([
      404,
      'not_found',
    ]);
    for (const list of ['/letters', '/improvement-demands', '/duties']) {
      const seen = JSON.stringify((await get(aoba, list)).body);
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
    expect((await get(minato, '/standing')).body).toMatchObject({ worst: 'active' });
  });

  test('RKN-S4c a remedy is reported under a measure and not before', async () => {
    const remedy = { kind: 'remediation_reported', text: '直しました。', evidence: [] };
    const answer = await post(minato, `/improvement-demands/${demandId}/replies`, remedy);
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
    const path = `/links/${AOBA}/chain-partners/${TSUBAME}/stop-steps`;
    await officers.agree(path, {
      step: 'stop_demanded',
      bankCodes: [BANK],
      ground: 'partner_default',
      grounds: { text: '報告が滞っている', evidence: ['doc_1'] },
      explanation: '報告が滞っている',
    });
    const [request] = dataOf(await get(aoba, '/stop-requests'));
    expect(request).toMatchObject({ chainPartnerId: TSUBAME, bankCode: BANK, dueAt: null });
    const letter = await get(aoba, `/letters/${String(request?.['letterId'])}?form=json`);
    expect(letter.status).toBe(200);
    const requestId = String(request?.['requestId']);
    const arrived = await get(aoba, `/stop-requests/${requestId}`);
    expect(arrived.body).toMatchObject({ dueAt: expect.any(String), state: 'STOP_DEMANDED' });
    const report = { text: '連鎖接続を停止しました。', evidence: ['log-1'] };
    const replies = `/stop-requests/${requestId}/replies`;
    expect(refusal(await post(minato, replies, report))).toEqual([404, 'not_found']);
    expect(await post(aoba, replies, report)).toMatchObject({
      status: 201,
      body: { state: 'PARTNER_STOPPED' },
    });
    expect(JSON.stringify((await linkOf(AOBA, 'timeline')).body)).toContain(report.text);
  });
});

describe('RKN-L a loss, from the intermediary’s report to its claim', () => {
  const BANK_CASES = `/cases/${BANK}`;
  const loss = (changes: object = {}) => ({
    bankCode: BANK,
    reference: `incident-${randomUUID()}`,
    category: 'outage',
    loss: { amount: '80000', currency: 'JPY' },
    occurredAt: '2026-03-20T10:00:00+09:00',
    knownAt: '2026-03-31T10:00:00+09:00',
    requestIds: [randomUUID()],
    ...changes,
  });
  let caseId: string;
  const own = (party: Party = minato) => get(party, `/compensation-cases/${caseId}`);
  const enter = (what: string, body: object, party: Party = minato, key?: string) =>
    post(party, `/compensation-cases/${caseId}/${what}`, body, key);
  const atTheBank = async () => (await officers.get(`${BANK_CASES}/${caseId}`)).body;

  test('RKN-L1a a report opens one case; the officers see who told of it, and it is investigated', async () => {
    const report = loss();
    const key = randomUUID();
    const told = await post(minato, '/compensation-cases', report, key);
    expect(told).toMatchObject({
      status: 201,
      body: { origin: 'intermediary', reference: report.reference, causeStatus: 'INVESTIGATING' },
    });
    caseId = String(told.body['caseId']);
    expect(told.headers.get('location')).toBe(`${ME}/compensation-cases/${caseId}`);
    const again = await post(minato, '/compensation-cases', report, key);
    expect([again.body['caseId'], again.headers.get('idempotency-replayed')]).toEqual([
      caseId,
      'true',
    ]);
    const anew = await post(minato, '/compensation-cases', report);
    expect(anew.body['caseId']).toBe(caseId);
    const other = { ...report, loss: { amount: '1', currency: 'JPY' } };
    expect(refusal(await post(minato, '/compensation-cases', other))).toEqual([
      409,
      'event_repeated',
    ]);
    expect(await atTheBank()).toMatchObject({
      origin: 'intermediary',
      epspId: MINATO,
      openedBy: `${MINATO}/${minato.software.client.client_id}`,
    });
    const [line] = dataOf(await get(minato, '/compensation-cases'));
    expect(line).toMatchObject({ caseId, loss: { amount: '80000', currency: 'JPY' } });
  });

  test('RKN-L1a/c a cause without evidence is refused; with it the case knows it and keeps the words', async () => {
    const said = { status: 'found', text: '当社の設定の誤りでした。' };
    expect(refusal(await enter('causes', { ...said, evidence: [] }))).toEqual([
      422,
      'evidence_required',
    ]);
    expect((await own()).body).toMatchObject({ causeStatus: 'INVESTIGATING', entries: [] });
    expect((await enter('causes', { ...said, evidence: ['config-diff.txt'] })).status).toBe(201);
    expect((await own()).body).toMatchObject({
      causeStatus: 'FOUND',
      entries: [{ about: 'cause', text: said.text, evidence: ['config-diff.txt'] }],
    });
    expect(JSON.stringify(await atTheBank())).toContain(said.text);
  });

  test('RKN-L1b/a a payment names its clause; it is entered once, and never above the loss', async () => {
    const paid = {
      id: 'payment-1',
      amount: { amount: '80000', currency: 'JPY' },
      paidAt: '2026-04-02T10:00:00+09:00',
      agreementClause: '利用規約 第12条',
    };
    expect(refusal(await enter('payments', { ...paid, agreementClause: '' }))).toEqual([
      422,
      'agreement_clause_required',
    ]);
    const above = { ...paid, amount: { amount: '80001', currency: 'JPY' } };
    expect(refusal(await enter('payments', above))).toEqual([422, 'payment_exceeds_loss']);
    expect((await enter('payments', paid)).status).toBe(201);
    expect(refusal(await enter('payments', paid))).toEqual([409, 'named_twice']);
    const sums = [{ side: 'EPSP', paid: { amount: '80000', currency: 'JPY' } }, { side: 'FI' }];
    expect((await own()).body).toMatchObject({ sides: sums, uncovered: { amount: '0' } });
  });

  test('RKN-L2b one immutable text is accepted by its hash, on both sides', async () => {
    await officers.post(`${BANK_CASES}/${caseId}/scope`, { scope: 'service', evidence: ['ev-1'] });
    await officers.agree(`${BANK_CASES}/${caseId}/attributions`, {
      finding: 'BOTH',
      grounds: '双方の記録により確認した。',
      evidence: ['ev-log'],
    });
    const text = {
      version: 1,
      claimant: 'EPSP',
      amount: { amount: '30000', currency: 'JPY' },
      rationale: '双方の責めの大きさを考慮した。',
    };
    expect((await enter('agreements', text)).status).toBe(201);
    const seen = (await own()).body;
    expect(seen).toMatchObject({ attributions: [{ finding: 'BOTH' }] });
    const [agreement] = seen['agreements'] as { textHash: string }[];
    const accepting = {
      version: 1,
      person: 'みなと家計 リスク管理部長',
      textHash: agreement!.textHash,
    };
    const wrong = { ...accepting, textHash: `sha256:${'0'.repeat(64)}` };
    expect(refusal(await enter('acceptances', wrong))).toEqual([409, 'text_changed']);
    const claim = { amount: text.amount, against: [{ institution: BANK }] };
    expect((await enter('acceptances', accepting)).status).toBe(201);
    expect(refusal(await enter('acceptances', accepting))).toEqual([409, 'already_accepted']);
    expect(refusal(await enter('recourse', claim))).toEqual([409, 'agreement_not_accepted']);
    await officers.post(`${BANK_CASES}/${caseId}/agreements/1/acceptances`, {
      side: 'FI',
      textHash: agreement!.textHash,
    });
    expect((await own()).body).toMatchObject({
      agreements: [{ acceptedByIntermediary: true, acceptedByInstitution: true }],
    });
    const above = { ...claim, amount: { amount: '30001', currency: 'JPY' } };
    expect(refusal(await enter('recourse', above))).toEqual([422, 'claim_exceeds_agreed']);
    const claimed = await enter('recourse', claim);
    expect(claimed).toMatchObject({ status: 201, body: { caseId, number: 1 } });
    const documentId = String(claimed.body['documentId']);
    const path = `/compensation-cases/${caseId}/statements/${documentId}`;
    const mine = await get(minato, path);
    const theirs = await officers.get(`${BANK_CASES}/${caseId}/documents/${documentId}?form=pdf`);
    expect([mine.status, mine.bytes.equals(theirs.bytes)]).toEqual([200, true]);
    expect(refusal(await get(aoba, path))).toEqual([404, 'case_unknown']);
  });

  test('T-20, T-21 a case is nothing to another intermediary: reading, entering, replaying', async () => {
    const key = randomUUID();
    const said = { text: '証拠を追加します。', evidence: ['file-1'] };
    expect((await enter('evidence', said, minato, key)).status).toBe(201);
    expect(refusal(await own(aoba))).toEqual([404, 'case_unknown']);
    for (const what of [
      'evidence',
      'causes',
      'payments',
      'agreements',
      'acceptances',
      'recourse',
    ]) {
      const body = {
        evidence: said,
        causes: { ...said, status: 'found' },
        payments: {
          id: 'p',
          amount: { amount: '1', currency: 'JPY' },
          paidAt: '2026-04-02T10:00:00+09:00',
          agreementClause: 'x',
        },
        agreements: {
          version: 2,
          claimant: 'EPSP',
          amount: { amount: '1', currency: 'JPY' },
          rationale: 'x',
        },
        acceptances: { version: 1, person: 'x', textHash: `sha256:${'0'.repeat(64)}` },
        recourse: { amount: { amount: '1', currency: 'JPY' }, against: [{ institution: BANK }] },
      }[what];
      expect([what, ...refusal(await enter(what, body!, aoba, key))]).toEqual([
        what,
        404,
        'case_unknown',
      ]);
    }
    expect(JSON.stringify((await get(aoba, '/compensation-cases')).body)).not.toContain(caseId);
  });

  test('T-29 of a case that the bank opened the intermediary sees no holder and no person of the bank', async () => {
    const opened = await officers.post(BANK_CASES, {
      origin: 'institution',
      reference: `bank-${randomUUID()}`,
      category: 'wrong_data',
      lossYen: '5000',
      occurredAt: '2026-03-20T10:00:00+09:00',
      knownAt: '2026-03-31T10:00:00+09:00',
      holderId: `hld_${'0'.repeat(26)}`,
      epspId: MINATO,
      requestIds: [],
    });
    const id = String(opened.body['caseId']);
    await officers.post(`${BANK_CASES}/${id}/notes`, {
      kind: 'minutes',
      text: '庁内の検討の記録',
      evidence: [],
    });
    const { status, body } = await get(minato, `/compensation-cases/${id}`);
    expect([status, body['origin'], body['reference']]).toEqual([200, 'institution', null]);
    for (const secret of ['hld_', '@', '庁内', 'claim', 'compensation":'])
      expect(JSON.stringify(body)).not.toContain(secret);
  });

  test('RKN-0.2 a loss at an institution that no agreement covered is no case here', async () => {
    const report = loss({ bankCode: '2950' });
    const covered = (await get(minato, '/standing')).body['banks'] as { bankCode: string }[];
    const bankCode = covered.some((bank) => bank.bankCode === '2950') ? '2825' : '2950';
    const answer = await post(minato, '/compensation-cases', { ...report, bankCode });
    if (covered.some((bank) => bank.bankCode === bankCode)) return;
    expect(refusal(answer)).toEqual([403, 'institution_not_covered']);
  });

  test('RKN-L1a lists follow the server’s own links, and a cursor opens no other list', async () => {
    for (let count = 0; count < 3; count += 1) await post(minato, '/compensation-cases', loss());
    const whole = dataOf(await get(minato, '/compensation-cases')).map((one) => one['caseId']);
    const seen: unknown[] = [];
    let next: string | undefined = `${ME}/compensation-cases?limit=2`;
    let cursor = '';
    while (next !== undefined) {
      const page: ApiAnswer = await minato.software.get(minato.token, next);
      seen.push(...dataOf(page).map((one) => one['caseId']));
      next = (page.body['links'] as { next?: string }).next;
      cursor = new URL(next ?? `x:?cursor=${cursor}`, 'https://x').searchParams.get('cursor') ?? '';
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(3);
    for (const [party, list] of [
      [minato, 'letters'],
      [aoba, 'compensation-cases'],
    ] as const)
      expect(refusal(await get(party, `/${list}?cursor=${cursor}`))).toEqual([
        400,
        'list_cursor_invalid',
      ]);
  });
});
