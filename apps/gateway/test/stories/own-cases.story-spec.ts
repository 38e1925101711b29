import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../tools/flow/intermediary.js';
import type { ConsoleOfficers } from './console-officers.js';
import { dataOf, ME, ownAffairsOf, refusal, type OwnParty } from './own-party.js';
import { AOBA, MINATO, Scene } from './scene.js';

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
  const own = (party = minato) => party.get(`/compensation-cases/${caseId}`);
  const enter = (what: string, body: object, party = minato, key?: string) =>
    party.post(`/compensation-cases/${caseId}/${what}`, body, key);
  const atTheBank = async () => (await officers.get(`${BANK_CASES}/${caseId}`)).body;

  test('RKN-L1a a report opens one case; the officers see who told of it, and it is investigated', async () => {
    const report = loss();
    const key = randomUUID();
    const told = await minato.post('/compensation-cases', report, key);
    expect(told).toMatchObject({
      status: 201,
      body: { origin: 'intermediary', reference: report.reference, causeStatus: 'INVESTIGATING' },
    });
    caseId = String(told.body['caseId']);
    expect(told.headers.get('location')).toBe(`${ME}/compensation-cases/${caseId}`);
    const again = await minato.post('/compensation-cases', report, key);
    expect([again.body['caseId'], again.headers.get('idempotency-replayed')]).toEqual([
      caseId,
      'true',
    ]);
    const anew = await minato.post('/compensation-cases', report);
    expect(anew.body['caseId']).toBe(caseId);
    const other = { ...report, loss: { amount: '1', currency: 'JPY' } };
    expect(refusal(await minato.post('/compensation-cases', other))).toEqual([
      409,
      'event_repeated',
    ]);
    expect(await atTheBank()).toMatchObject({
      origin: 'intermediary',
      epspId: MINATO,
      openedBy: `${MINATO}/${minato.software.client.client_id}`,
    });
    const owed = dataOf(await minato.get('/duties')).filter(({ about }) => about === caseId);
    expect(owed).toMatchObject([{ clause: 'RKN-L1a', procedure: 'liability-case' }]);
    const [line] = dataOf(await minato.get('/compensation-cases'));
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
    const owed = dataOf(await minato.get('/duties')).map(({ about }) => about);
    expect(owed).not.toContain(caseId);
    expect((await own()).body).toMatchObject({
      causeStatus: 'FOUND',
      entries: [{ about: 'cause', text: said.text, evidence: ['config-diff.txt'] }],
    });
    expect(JSON.stringify(await atTheBank())).toContain(said.text);
  });

  test('RKN-L1c/a an exemption names its clause and is the intermediary’s own to declare, once', async () => {
    const { caseId: other } = (await minato.post('/compensation-cases', loss())).body;
    const declare = (body: object, party = minato, key?: string) =>
      party.post(`/compensation-cases/${String(other)}/exemptions`, body, key);
    const said = { text: '天災による停止でした。', evidence: ['outage-report.pdf'] };
    expect(refusal(await declare({ ...said, agreementClause: '' }))).toEqual([
      422,
      'agreement_clause_required',
    ]);
    const exemption = { ...said, agreementClause: '利用規約 第15条' };
    expect(refusal(await declare(exemption, aoba))).toEqual([404, 'case_unknown']);
    const key = randomUUID();
    const done = await declare(exemption, minato, key);
    expect(done.status).toBe(201);
    const again = await declare(exemption, minato, key);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([done.body, 'true']);
    expect((await minato.get(`/compensation-cases/${String(other)}`)).body).toMatchObject({
      exemptionClause: exemption.agreementClause,
      entries: [{ about: 'case', text: said.text, evidence: said.evidence }],
    });
    const atBank = (await officers.get(`${BANK_CASES}/${String(other)}`)).body;
    expect(atBank).toMatchObject({ exempt: { value: 'yes', evidence: ['利用規約 第15条'] } });
  });

  test('RKN-L1c/b of fraud the intermediary’s exemption alone is refused', async () => {
    const fraud = await minato.post('/compensation-cases', loss({ category: 'fraud' }));
    const path = `/compensation-cases/${String(fraud.body['caseId'])}`;
    const body = { agreementClause: '利用規約 第15条', text: '免責です。', evidence: [] };
    const answer = await minato.post(`${path}/exemptions`, body);
    expect([...refusal(answer), answer.body['clause']]).toEqual([
      409,
      'fraud_assessment_required',
      'RKN-L1d',
    ]);
    expect((await minato.get(path)).body).toMatchObject({ exemptionClause: null, entries: [] });
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
    const mine = await minato.get(path);
    const theirs = await officers.get(`${BANK_CASES}/${caseId}/documents/${documentId}?form=pdf`);
    expect([mine.status, mine.bytes.equals(theirs.bytes)]).toEqual([200, true]);
    expect(refusal(await aoba.get(path))).toEqual([404, 'case_unknown']);
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
    expect(JSON.stringify((await aoba.get('/compensation-cases')).body)).not.toContain(caseId);
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
    expect(opened.status).toBe(200);
    const id = String(opened.body['caseId']);
    await officers.post(`${BANK_CASES}/${id}/notes`, {
      kind: 'minutes',
      text: '庁内の検討の記録',
      evidence: [],
    });
    const { status, body } = await minato.get(`/compensation-cases/${id}`);
    expect([status, body['origin'], body['reference']]).toEqual([200, 'institution', null]);
    for (const secret of ['hld_', '@', '庁内', 'compensation'])
      expect(JSON.stringify(body)).not.toContain(secret);
  });

  test('RKN-0.2 a loss at an institution that no agreement covered is no case here', async () => {
    const report = loss({ bankCode: '2825' });
    await scene.rows(
      `update federation.agreement_institution c set covered_to = c.covered_from + 1
       from federation.agreement a, institution_code i
       where a.id = c.agreement_id and a.intermediary_id = $1 and i.institution_id = c.institution_id
         and i.code = '2825'`,
      [AOBA],
    );
    expect(refusal(await aoba.post('/compensation-cases', report))).toEqual([
      403,
      'institution_not_covered',
    ]);
    expect((await minato.post('/compensation-cases', report)).status).toBe(201);
  });

  test('RKN-L1a lists follow the server’s own links, and a cursor opens no other list', async () => {
    for (let count = 0; count < 3; count += 1) await minato.post('/compensation-cases', loss());
    const whole = dataOf(await minato.get('/compensation-cases')).map((one) => one['caseId']);
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
      expect(refusal(await party.get(`/${list}?cursor=${cursor}`))).toEqual([
        400,
        'list_cursor_invalid',
      ]);
  });
});
