import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aClaim, at, CaseWalk, refusal } from './case-walk.js';
import { officerAtWork } from './officers.js';
import { stolen } from './stolen-money.js';
import { partyOf, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

/** A call of the bank's own internet banking on behalf of a holder who has logged in. */
async function ask(
  path: string,
  body?: object,
  { holderId = walk.taro.holderId, key = randomUUID() as string } = {},
) {
  const answer = await bank.app.inject({
    method: body ? 'POST' : 'GET',
    url: `/internal/v1/institutions/2963/holders/${holderId}${path}`,
    headers: {
      'x-renkei-idempotency-key': key,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
}

const theft = (amountYen: string, feeYen = '0') =>
  stolen(bank, walk.taro, { at: at('2026-11-10'), amountYen, feeYen });
const telling = (transferIds: string[], more: object = {}) => ({
  noticedAt: at('2026-11-11'),
  transferIds,
  words: '身に覚えのない振込がありました。',
  ...more,
});
const police = { station: '見本署', number: '令8-123', filedOn: '2026-11-12' };

const mailsAbout = async (caseId: unknown) =>
  bank.admin<{ kind: string; body: string; recipient: string }>(
    `select kind, body, recipient from notice where body like '%' || $1 || '%' order by id`,
    [caseId],
  );

describe('a holder reports a theft', () => {
  test('SM-14.1-1 SM-14.2d the report is the notice, the ledger says the loss', async () => {
    const ids = [await theft('60000', '330'), await theft('40000')];
    const told = await ask('/misuse-reports', telling(ids));
    expect(told).toMatchObject({
      status: 200,
      body: {
        causeStatus: 'INVESTIGATING',
        lossYen: '100330',
        uncoveredYen: '100330',
        paidYen: '0',
        decision: null,
        transfers: [
          { transferId: ids[0], amountYen: '60000', feeYen: '330' },
          { transferId: ids[1], amountYen: '40000', feeYen: '0' },
        ],
      },
    });
    const needed = told.body['needed'] as { fact: string; clause: string }[];
    expect(needed.map(({ fact, clause }) => [fact, clause])).toEqual([
      ['adequateExplanation', 'SM-14.1-2'],
      ['policeReport', 'SM-14.1-3'],
      ['otherTheftEvidence', 'SM-14.1-3'],
      ['cooperation', 'SM-14.1-3'],
    ]);
    expect(told.body['answerBy']).toEqual(expect.stringContaining('T'));
    expect(told.body['openAtInstitution']).toBeGreaterThan(0);
    expect(JSON.stringify(told.body)).not.toContain('institutionFaultless');
    const { caseId } = told.body;
    const [mail, ...others] = await mailsAbout(caseId);
    expect(others).toEqual([]);
    expect(mail?.kind).toBe('case_reported');
    for (const word of ['すみやかに', 'police report']) expect(mail?.body).toContain(word);
    for (const secret of [...ids, walk.taro.holderId, walk.taro.accountNumber, '60000'])
      expect(mail?.body).not.toContain(secret);
    const page = await walk.page(String(caseId));
    expect(page).toMatchObject({ origin: 'holder', category: 'fraud', claim: { version: 1 } });
    expect(page['claim']).toMatchObject({
      facts: {
        notices: [{ kind: 'notice', tellsOfMisuse: true }],
        holderIsIndividual: { value: 'yes' },
        holderFault: { value: 'unknown' },
      },
    });
  });

  test('SM-14.1-1 RKN-L* told twice it is one report; the same transfer under another one is refused', async () => {
    const ids = [await theft('5000')];
    const key = randomUUID();
    const once = await ask('/misuse-reports', telling(ids), { key });
    const again = await ask('/misuse-reports', telling(ids), { key });
    expect(again).toEqual(once);
    expect(await mailsAbout(once.body['caseId'])).toHaveLength(1);
    expect(
      await ask('/misuse-reports', telling([...ids, await theft('1')]), { key }),
    ).toMatchObject(refusal(409, 'event_repeated', 'RKN-L1a'));
    const before = await ask('/claims');
    expect(await ask('/misuse-reports', telling(ids))).toMatchObject(
      refusal(409, 'transfer_in_other_case', 'RKN-L*'),
    );
    expect(await ask('/claims')).toEqual(before);
  });

  test('SM-13.1b SM-14.1-1 without a transfer of the own, at a time to come, without a key: refused', async () => {
    const hanako = await partyOf(bank, 4, 'hanako-2963');
    const theirs = await stolen(bank, hanako, { at: at('2026-11-10'), amountYen: '1000' });
    const own = await theft('10');
    const before = await ask('/claims');
    expect(await ask('/misuse-reports', telling([]))).toMatchObject(
      refusal(422, 'transfers_missing', 'SM-13.1b'),
    );
    expect(await ask('/misuse-reports', telling([own, theirs]))).toMatchObject({
      ...refusal(422, 'transfer_unknown', 'SM-13.1b'),
      body: { facts: { field: 'transferIds[1]' } },
    });
    const ahead = telling([own], { noticedAt: at('2099-01-01') });
    expect(await ask('/misuse-reports', ahead)).toMatchObject(refusal(422, 'event_ahead_of_clock'));
    const earlier = telling([own], { noticedAt: at('2026-11-09') });
    expect(await ask('/misuse-reports', earlier)).toMatchObject(refusal(422, 'facts_contradict'));
    expect((await ask('/misuse-reports', telling([own]), { key: '' })).status).toBe(400);
    expect(await ask('/claims')).toEqual(before);
  });

  test('SM-14.1-3 INT-20 the police report may come later; nobody else sees the claim or adds to it', async () => {
    const { caseId } = (await ask('/misuse-reports', telling([await theft('700')]))).body;
    const path = `/claims/${String(caseId)}`;
    const hanako = { holderId: (await partyOf(bank, 4, 'hanako-2963')).holderId };
    expect(await ask(path, undefined, hanako)).toMatchObject(refusal(404, 'case_unknown'));
    expect(await ask(`${path}/police-reports`, police, hanako)).toMatchObject(
      refusal(404, 'case_unknown'),
    );
    expect((await ask('/claims', undefined, hanako)).body['claims']).toEqual([]);
    const after = await ask(`${path}/police-reports`, police);
    const needed = after.body['needed'] as { fact: string }[];
    expect(needed.map(({ fact }) => fact)).toEqual(['adequateExplanation', 'cooperation']);
    expect((await mailsAbout(caseId)).map(({ kind }) => kind)).toEqual([
      'case_reported',
      'case_police_report',
    ]);
    expect(await walk.page(String(caseId))).toMatchObject({
      claim: {
        version: 2,
        facts: { policeReport: { value: 'yes', evidence: ['police:見本署/令8-123'] } },
      },
    });
  });

  test('SM-14.2a SM-14.7 from the report to the payment: the holder sees what was decided', async () => {
    const id = await theft('9000');
    const { caseId } = (await ask('/misuse-reports', telling([id]))).body;
    const page = await walk.page(String(caseId));
    const { facts } = page['claim'] as { facts: Record<string, unknown> };
    const { theftDate, notices, noticedAt, transfers } = facts;
    const claim = aClaim({
      theftDate,
      noticedAt: new Date(Number(noticedAt)).toISOString(),
      notices: (notices as { at: number }[]).map((one) => ({
        ...one,
        at: new Date(one.at).toISOString(),
      })),
      transfers: (transfers as { happenedAt: number }[]).map((one) => ({
        ...one,
        happenedAt: new Date(one.happenedAt).toISOString(),
      })),
    });
    expect((await walk.facts(String(caseId), claim, 1)).status).toBe(200);
    const open = await ask(`/claims/${String(caseId)}`);
    // Nothing is promised before two people have decided.
    expect(open.body).toMatchObject({ decision: null, needed: [], openAtInstitution: 0 });
    await walk.approved(await walk.award(String(caseId), { factsVersion: 2 }));
    const recovery = { id: walk.unique('recovery'), forSide: 'FI', amountYen: '12000' };
    await walk.post(String(caseId), 'recoveries', recovery);
    const closed = await ask(`/claims/${String(caseId)}`);
    expect(closed.body).toMatchObject({
      decision: { kind: 'full', clause: 'SM-14.2a', payableYen: '9000' },
      paidYen: '9000',
      uncoveredYen: '0',
      returned: [{ amountYen: '12000', toHolderYen: '3000' }],
    });
    expect((closed.body['decision'] as { documentIds: string[] }).documentIds).toHaveLength(1);
    expect((await mailsAbout(caseId)).map(({ kind }) => kind)).toEqual([
      'case_reported',
      'case_decided',
    ]);
    expect(await ask(`/claims/${String(caseId)}/police-reports`, police)).toMatchObject(
      refusal(409, 'named_twice', 'SM-14.6'),
    );
  });
});

describe('the desk takes it in', () => {
  test('SM-14.1-1 INT-26 by telephone, also for a holder whose service is locked', async () => {
    const clerk = await officerAtWork(bank, 'saikai-clerk');
    const hanako = await partyOf(bank, SAIKAI, 'hanako-2825');
    await bank.admin(`update holder set service_state = 'locked' where id = $1`, [hanako.holderId]);
    const day = at('2026-11-10');
    const theirs = { at: day, amountYen: '4000', institutionId: SAIKAI };
    const transferIds = [await stolen(bank, hanako, theirs)];
    const body = {
      ...telling(transferIds),
      holderId: hanako.holderId,
      channel: 'telephone',
      reference: walk.unique('call'),
    };
    const taken = await clerk.post('/cases/2825/misuse-reports', body);
    expect(taken).toMatchObject({ status: 200, body: { lossYen: '4000', decision: null } });
    expect((await clerk.post('/cases/2825/misuse-reports', body)).body).toEqual(taken.body);
    const { caseId } = taken.body;
    const path = `/cases/2825/${String(caseId)}`;
    expect(await clerk.post(`${path}/police-reports`, police)).toMatchObject({ status: 200 });
    const notes = (await clerk.get(path)).body['notes'];
    expect(notes).toMatchObject([
      { kind: 'misuse_report', content: { channel: 'telephone' } },
      { kind: 'police_report', recordedBy: 'saikai-clerk@renkei.example' },
    ]);
    expect(await walk.officer.post('/cases/2825/misuse-reports', body)).toMatchObject(
      refusal(403, 'role_missing'),
    );
  });
});
