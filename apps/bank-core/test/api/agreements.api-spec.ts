import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AGREEMENT_INSTITUTIONS } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import { FollowPartiesJob } from '../../src/consents/follow-parties.job.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { MeasureWalk, type Outcome } from './measure-walk.js';
import { officerAtWork, type OfficerAtWork, type StaffAnswer } from './officers.js';
import { OwnWalk } from './own-walk.js';

const FIRST = 'agr_01j0000000000000000000mnat';
const OWN_OF_SAIKAI = 'agr_01j0000000000000000000mnas';
const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let consents: ConsentWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank, minato);
  consents = new ConsentWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

async function today(): Promise<CivilDate> {
  const [row] = await bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  return CivilDate.inTokyo(Number(row?.at));
}
const inDays = async (days: number) => (await today()).plusDays(days).toString();
const version = async (more: object = {}, by: OfficerAtWork = walk.proposer) =>
  by.post('/agreements', {
    epspId: minato.epsp,
    effectiveFrom: await inDays(10),
    supersedes: FIRST,
    ...more,
  });
const cover = (
  agreementId: string,
  act: 'join' | 'leave',
  bankCodes: string[],
  more: object = {},
  by: OfficerAtWork = walk.proposer,
) =>
  by.post(`/agreements/${agreementId}/coverage-acts`, {
    act,
    bankCodes,
    reason: '理事会の決定',
    ...more,
  });
async function effectsOf(proposed: StaffAnswer, by?: OfficerAtWork): Promise<Outcome[]> {
  const done = await walk.approve(proposed, by);
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return done.body['effects'] as Outcome[];
}
const published = async (id: string, path = '') => {
  const answer = await bank.app.inject({ url: `/public/v1/agreements/${id}${path}` });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers };
};
const current = async (bankCode = '2963') => {
  const answer = await bank.app.inject({ url: `/public/v1/notices/${bankCode}` });
  const body = JSON.parse(answer.body) as { agreements: { epspId: string; agreementId: string }[] };
  return body.agreements.find(({ epspId }) => epspId === minato.epsp)?.agreementId;
};
const asks = async (bankCode: string) => {
  const { status, body } = await consents.approvals.handOver({ bankCode });
  return status === 201 ? 'passes' : String(body['code']);
};
const reads = async (consentId: string, bankCode = '2963') => {
  const { status, body } = await bank.call({
    path: `/institutions/${bankCode}/accounts`,
    as: { consent: consentId },
  });
  return status === 200 ? 'passes' : { status, code: body['code'] };
};

let made = '';

describe('RKN-0.1 versions of an agreement, and what is published of them', () => {
  test('RKN-0.1 without one of the three items a version is refused, and so is one from yesterday', async () => {
    const sections = [{ heading: 'loss_sharing', title: { ja: '損', en: 'l' }, clauses: [] }];
    expect(await version({ sections })).toMatchObject({
      status: 422,
      body: { code: 'section_missing', clause: 'RKN-0.1' },
    });
    expect(await version({ effectiveFrom: await inDays(-1) })).toMatchObject({
      status: 422,
      body: { code: 'date_in_the_past', clause: 'RKN-0.1' },
    });
    expect(await version({ supersedes: OWN_OF_SAIKAI })).toMatchObject({
      status: 409,
      body: { code: 'not_the_newest_version' },
    });
  });

  test('T-17 who prepares a version cannot approve it, and a bank’s compliance prepares none', async () => {
    const proposed = await version();
    expect((await walk.approve(proposed, walk.proposer)).body['code']).toBe('four_eyes_required');
    const chuo = await officerAtWork(bank, 'chuo-compliance');
    expect((await version({}, chuo)).body['code']).toBe('role_missing');
  });

  test('RKN-0.1/b a version to come leaves the one in force until its date', async () => {
    const [effect] = await effectsOf(await version());
    made = String(effect?.outcome['agreementId']);
    expect(made).toMatch(/^agr_/);
    const joined = await effectsOf(await cover(made, 'join', ['2963']));
    expect(joined[0]?.outcome).toEqual({ from: await inDays(10), to: null });
    expect(await current()).toBe(FIRST);
    await walk.daysPass(11);
    expect(await current()).toBe(made);
    // Who has not assented stays with the version before.
    expect(await current('2951')).toBe(FIRST);
  });

  test('RKN-0.1/a every version is read by itself, also a past one: parties, banks, items and dates', async () => {
    const past = await published(FIRST);
    expect(past.status).toBe(200);
    const body = JSON.parse(past.text) as Record<string, unknown>;
    expect(body).toMatchObject({
      version: 1,
      effectiveFrom: '2024-04-01',
      isCurrent: false,
      intermediary: { epspId: minato.epsp },
      institution: { ja: '労働金庫連合会' },
    });
    const sections = body['sections'] as { heading: string; clauses: { ja: string }[] }[];
    expect(sections.map(({ heading }) => heading)).toEqual([
      'loss_sharing',
      'user_information',
      'chain_connection',
    ]);
    for (const { clauses } of sections) expect(clauses.every(({ ja }) => ja !== '')).toBe(true);
    const banks = body['banks'] as { bankCode: string }[];
    expect(banks.map(({ bankCode }) => bankCode)).toEqual(
      AGREEMENT_INSTITUTIONS.map(({ code }) => code),
    );
    expect(body['versions']).toEqual([
      expect.objectContaining({ agreementId: FIRST, isCurrent: false }),
      expect.objectContaining({ agreementId: made, isCurrent: true }),
    ]);
    expect((await published('agr_none')).status).toBe(404);
  });

  test('RKN-0.1/a the same as a page without script, and as a signed document that is the same twice', async () => {
    const page = await published(made, '/page');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(String(page.headers['content-security-policy'])).toContain("default-src 'none'");
    for (const word of ['株式会社みなと家計', 'id="chain_connection"', 'RKN-L1a', '中央労働金庫'])
      expect(page.text).toContain(word);
    expect(page.text).not.toContain('<script');
    const once = await published(made, '/document?form=json');
    expect(once.status).toBe(200);
    expect((await published(made, '/document?form=json')).text).toBe(once.text);
    expect(once.text).toContain('"kind":"publication"');
    const pdf = await published(made, '/document');
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect((await published(FIRST, '/document')).status).toBe(404);
  });

  test('RKN-0.2 whose assent is missing is shown to people, and nothing follows by itself', async () => {
    const { body } = await walk.proposer.get(`/agreements/${made}`);
    expect(body).toMatchObject({ isCurrent: true, supersedes: FIRST });
    const missing = body['assentsMissing'] as string[];
    expect([missing.length, missing.includes('2963')]).toEqual([13, false]);
    const due = (await walk.proposer.get('/agreement-watch')).body['due'] as object[];
    expect(due).toContainEqual(
      expect.objectContaining({ kind: 'assent_missing', about: made, bankCode: '2951' }),
    );
    expect(await asks('2951')).toBe('passes');
  });

  test('the intermediary reads its own versions, and whom they cover', async () => {
    const { body } = await new OwnWalk(bank).get('/agreements');
    const own = body['agreements'] as { agreementId: string; coverage: object[] }[];
    expect(own.map(({ agreementId }) => agreementId)).toEqual([FIRST, OWN_OF_SAIKAI, made]);
    expect(own[2]?.coverage).toEqual([expect.objectContaining({ bankCode: '2963', to: null })]);
  });
});

describe('RKN-0.2 who is covered', () => {
  test('RKN-0.2/c each of the 14 is an institution of the reference data', async () => {
    for (const { code } of AGREEMENT_INSTITUTIONS) {
      const answer = await bank.app.inject({ url: `/public/v1/notices/${code}` });
      expect(answer.statusCode).toBe(200);
    }
  });

  test('RKN-0.2/a a bank outside the 14 cannot join their agreement, and is not covered by it', async () => {
    expect(await cover(FIRST, 'join', ['2825'])).toMatchObject({
      status: 403,
      body: { code: 'institution_not_covered', clause: 'RKN-0.2' },
    });
    const left = await cover(OWN_OF_SAIKAI, 'leave', ['2825']);
    expect((await effectsOf(left))[0]?.outcome).toMatchObject({ to: await inDays(-1) });
    expect(await asks('2825')).toBe('institution_not_covered');
    await effectsOf(await cover(OWN_OF_SAIKAI, 'join', ['2825']));
    expect(await asks('2825')).toBe('passes');
  });

  test(
    'RKN-0.2/b one bank is taken out: its consents are refused with 403, the others keep working',
    async () => {
      const consentId = await consents.consented();
      expect(await reads(consentId)).toBe('passes');
      const elsewhere = new Map<string, string>();
      for (const bankCode of ['2951', '2965', '2997'])
        elsewhere.set(bankCode, await consents.consented(undefined, 1, bankCode));
      // The federation does it for one bank; the decision about Chuo leaves the others as they are.
      await effectsOf(await cover(FIRST, 'leave', ['2963']));
      expect(await reads(consentId)).toEqual({ status: 403, code: 'institution_not_covered' });
      for (const [bankCode, consent] of elsewhere)
        expect(await reads(consent, bankCode)).toBe('passes');
      const answers = new Map<string, string>();
      for (const { code } of AGREEMENT_INSTITUTIONS) answers.set(code, await asks(code));
      expect(answers.get('2963')).toBe('institution_not_covered');
      // The federation is covered as before; it offers no accounts of its own (RKN-D4).
      expect(answers.get('2950')).toBe('function_not_offered');
      answers.delete('2963');
      answers.delete('2950');
      expect([answers.size, new Set(answers.values())]).toEqual([12, new Set(['passes'])]);
      expect(await current()).toBeUndefined();
    },
    LONG_MS,
  );

  test('RKN-0.2 a bank decides for itself, with effect at a date; it has no say about another', async () => {
    const chuo = await officerAtWork(bank, 'chuo-compliance');
    const chuoApprover = await officerAtWork(bank, 'chuo-approver');
    expect((await cover(FIRST, 'leave', ['2951'], {}, chuo)).body['code']).toBe('role_missing');
    const back = await cover(FIRST, 'join', ['2963'], { effectiveOn: await inDays(5) }, chuo);
    const [effect] = await effectsOf(back, chuoApprover);
    expect(effect?.outcome).toEqual({ from: await inDays(5), to: null });
    expect(await asks('2963')).toBe('institution_not_covered');
    await walk.daysPass(6);
    expect(await asks('2963')).toBe('passes');
    expect(await cover(FIRST, 'join', ['2963'])).toMatchObject({
      status: 409,
      body: { code: 'already_covered' },
    });
  });

  test('RKN-0.2 several at once: what one bank cannot do is its own outcome, and is recorded', async () => {
    const leaving = await cover(FIRST, 'leave', ['2951'], { effectiveOn: await inDays(3) });
    await effectsOf(leaving);
    const both = await effectsOf(await cover(FIRST, 'join', ['2951', '2954']));
    const outcomes = new Map(both.map(({ bankCode, outcome }) => [bankCode, outcome]));
    expect(outcomes.get('2951')).toMatchObject({ to: null });
    expect(outcomes.get('2954')).toEqual({ refused: 'already_covered', clause: 'RKN-0.2' });
    const { body } = await walk.proposer.get(`/agreements/${FIRST}`);
    const acts = body['acts'] as { bankCode: string; act: string; proposalId: string }[];
    expect(acts.filter(({ bankCode }) => bankCode === '2951').map(({ act }) => act)).toEqual([
      'leave',
      'join',
    ]);
    const [row] = await bank.admin<{ n: number }>(
      `select count(*)::int as n from record where kind in ('agreement_left', 'agreement_joined')
       and content ->> 'agreementId' = $1`,
      [FIRST],
    );
    expect(row?.n).toBe(acts.length);
  });

  test(
    'RKN-0.1/b a bank that assents late reads the version before until its own date',
    async () => {
      const joined = await cover(made, 'join', ['2954'], { effectiveOn: await inDays(2) });
      await effectsOf(joined);
      expect(await current('2954')).toBe(FIRST);
      await walk.daysPass(2);
      expect(await current('2954')).toBe(made);
    },
    LONG_MS,
  );

  test(
    'RKN-0.2 when the agreement ends its consents end with it, the day after its last',
    async () => {
      const consentId = await consents.consented();
      const ending = await walk.proposer.post(`/agreements/${FIRST}/endings`, {
        lastDay: await inDays(0),
        reason: '解約',
      });
      await effectsOf(ending);
      expect(await reads(consentId)).toBe('passes');
      await walk.daysPass(1);
      expect(await asks('2965')).toBe('institution_not_covered');
      // Who has assented to the next version goes on under that one.
      expect(await asks('2954')).toBe('passes');
      await bank.app.get(FollowPartiesJob, { strict: false }).run();
      expect(await reads(consentId)).toMatchObject({ status: 403 });
    },
    LONG_MS,
  );
});
