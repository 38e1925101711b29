import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { officerAtWork } from './officers.js';
import { ReviewWalk } from './review-walk.js';

let bank: BankCoreUnderTest;
let walk: ReviewWalk;
const LONG_MS = 240_000;
const FOREIGN = { ...aoba };

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Difference {
  readonly against: string | null;
  readonly items: { itemId: string; binding: boolean; reworded: boolean }[];
}

describe('one checklist from the draft to the acceptance, for several institutions', () => {
  let first = '';

  test('RKN-S3a everything that is asked is asked once, with the institutions that ask it', async () => {
    const { status, body } = await walk.own('GET', '/standards');
    expect(status).toBe(200);
    const items = body['items'] as { itemId: string; askedBy: unknown[]; goal: object }[];
    expect(items.length).toBeGreaterThanOrEqual(40);
    expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length);
    expect(items.every(({ askedBy }) => askedBy.length === 15)).toBe(true);
    expect(items.map(({ itemId }) => itemId).slice(0, 2)).toEqual(['1.1', '1.2']);
  });

  test('RKN-S3a there is one draft at a time: begun twice it is begun once', async () => {
    const both = await Promise.all([walk.begin(), walk.begin()]);
    first = both[0];
    expect(both[1]).toBe(first);
    expect(await walk.own('GET', `/submissions/${first}`)).toMatchObject({
      body: { submittedAt: null, basedOn: null, answers: [], targets: [] },
    });
  });

  test('RKN-S3a another intermediary sees nothing of it and changes nothing', async () => {
    const stranger = new ReviewWalk(bank, FOREIGN);
    const put = await stranger.putFirst(first);
    for (const answer of [
      put,
      await stranger.own('GET', `/submissions/${first}`),
      await stranger.submit(first),
      await stranger.own('GET', `/submissions/${first}/difference`),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'submission_unknown' } });
  });

  test('RKN-S2/a an item of the protection family without evidence leaves the submission incomplete', async () => {
    await walk.answer(first, (item) => (item.family === 'protection' ? { evidence: [] } : {}));
    const protection = (await walk.asked()).filter(({ family }) => family === 'protection');
    expect(await walk.submit(first)).toMatchObject({
      status: 422,
      body: {
        code: 'submission_incomplete',
        clause: 'RKN-S2',
        facts: { bankCode: '2963', items: protection.map(({ itemId }) => itemId) },
      },
    });
    expect(await walk.review()).toMatchObject({ state: 'NO_CHECKLIST', submissionId: null });
    expect((await walk.own('GET', `/submissions/${first}`)).body).toMatchObject({
      submittedAt: null,
      targets: [],
    });
  });

  test('RKN-S3a an item said not to apply needs its reason, and evidence has to be one’s own', async () => {
    const put = (more: object) => walk.putFirst(first, { version: 1, ...more });
    expect(await put({ answer: 'not_applicable', reason: ' ' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S3a' },
    });
    const foreign = await new ReviewWalk(bank, FOREIGN).evidence();
    expect(await put({ evidence: [foreign] })).toMatchObject({
      status: 404,
      body: { code: 'evidence_unknown' },
    });
    expect(await put({ wording: `sha256:${'0'.repeat(64)}` })).toMatchObject({
      status: 422,
      body: { code: 'item_unknown', clause: 'RKN-S3b' },
    });
    expect(await put({ version: 7 })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict' },
    });
    expect((await put({})).body).toMatchObject({ version: 2 });
  });

  test('RKN-S3a one submission reaches many institutions, all of them or none', async () => {
    await walk.answer(first);
    expect(await walk.submit(first, ['2963', '9999'])).toMatchObject({ status: 404 });
    const filed = await walk.submit(first, ['2963', '2825', '2951']);
    expect(filed).toMatchObject({ status: 200 });
    expect(filed.body['filings']).toHaveLength(3);
    for (const bankCode of ['2963', '2825', '2951'])
      expect(await walk.review(bankCode)).toMatchObject({ state: 'FILED', submissionId: first });
    expect(await walk.review('2950')).toMatchObject({ state: 'NO_CHECKLIST' });
    // Sent again it is where it was.
    expect((await walk.submit(first, ['2963'])).body['filings']).toHaveLength(1);
    const rows = await bank.admin('select 1 from submission_filing where submission_id = $1', [
      first,
    ]);
    expect(rows).toHaveLength(3);
  });

  test('RKN-S3a/a what was submitted is never changed: not over the wire, nor in the database', async () => {
    const put = await walk.putFirst(first, { answer: 'not_met', level: 0, version: 3 });
    expect(put).toMatchObject({
      status: 409,
      body: { code: 'submission_immutable', clause: 'RKN-S3a' },
    });
    for (const sin of [
      `update federation.submission_answer set version = version + 1 where submission_id = '${first}'`,
      `update federation.submission set submitted_by = 'x' where id = '${first}'`,
    ])
      await expect(bank.admin(sin)).rejects.toThrow('RKN-S3a');
  });

  test('RKN-S3b steps out of order are refused with their clause and change nothing', async () => {
    const before = await bank.admin('select count(*) as n from matter_event');
    expect(await walk.proposeAcceptance(first)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S3b' },
    });
    expect(await walk.open(`sub_${'0'.repeat(26)}`)).toMatchObject({ status: 404 });
    expect(await walk.open(first, '2950')).toMatchObject({ status: 404 });
    expect(await bank.admin('select count(*) as n from matter_event')).toEqual(before);
    expect((await walk.open(first)).body).toEqual({ state: 'ASSESSING' });
    expect(await walk.open(first)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S3b' },
    });
  });

  test('RKN-S3b officers ask and mark item by item; the intermediary reads what is meant for it', async () => {
    const path = walk.staff(`/${first}/comments`);
    const say = (more: object) =>
      walk.proposer.post(path, {
        bankCode: '2963',
        itemId: '3.1',
        body: '権限表の版は？',
        ...more,
      });
    expect((await say({ mark: 'question' })).status).toBe(201);
    expect((await say({ internal: true, body: '前回も同じ' })).status).toBe(201);
    expect(await say({ itemId: '99.9' })).toMatchObject({
      status: 422,
      body: { code: 'item_unknown' },
    });
    expect(await say({ itemId: undefined, mark: 'insufficient' })).toMatchObject({
      status: 422,
      body: { code: 'item_required', clause: 'RKN-S3b' },
    });
    const own = `/submissions/${first}/comments`;
    expect(
      (await walk.own('POST', own, { bankCode: '2963', itemId: '3.1', body: '第三版です' })).status,
    ).toBe(201);
    const { body } = await walk.own('GET', `${own}?bankCode=2963`);
    expect(body['comments']).toMatchObject([
      { body: '権限表の版は？', side: 'institution', author: '' },
      { body: '第三版です', side: 'epsp', author: 'minato-kakei' },
    ]);
    expect((await walk.proposer.get(`${path}?bankCode=2963`)).body['comments']).toHaveLength(3);
    // Another institution that received the same submission sees nothing of this.
    expect((await walk.own('GET', `${own}?bankCode=2825`)).body['comments']).toEqual([]);
    const other = new ReviewWalk(bank, FOREIGN);
    expect((await other.own('GET', `${own}?bankCode=2963`)).status).toBe(404);
  });

  test('RKN-S3b the score shows its formula, counts marks, and a critical item caps it', async () => {
    const before = (await walk.seen(first))['score'] as { points: number; formula: object };
    expect(before).toMatchObject({ points: 100, uncapped: 100, cappedBy: [] });
    expect(before.formula).toMatchObject({ ja: expect.stringContaining('重み') });
    await walk.proposer.post(walk.staff(`/${first}/comments`), {
      bankCode: '2963',
      itemId: '3.1',
      mark: 'insufficient',
      body: '権限表がない',
    });
    const seen = await walk.seen(first);
    expect(seen).toMatchObject({ unmet: ['3.1'], score: { points: 59, cappedBy: ['3.1'] } });
    // The other institution judges for itself.
    expect(await walk.seen(first, '2825')).toMatchObject({ unmet: [], score: { points: 100 } });
    expect(await walk.review()).toMatchObject({ state: 'ASSESSING' });
  });

  test('RKN-S3b a return needs a reason; it comes back as a new submission with its difference', async () => {
    const giveBack = (reason: string) =>
      walk.proposer.post(walk.staff(`/${first}/returns`), {
        bankCode: '2963',
        reason,
        items: ['3.1'],
      });
    expect(await giveBack('  ')).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S3b' },
    });
    expect((await giveBack('3.1 の権限表を示してください')).body).toEqual({ state: 'RETURNED' });
    expect(await walk.review()).toMatchObject({
      state: 'RETURNED',
      duties: [{ clause: 'RKN-S3a' }],
    });
    const letter = JSON.stringify(await walk.receive('checklist_returned'));
    expect(letter).toContain('3.1 の権限表を示してください');
    expect(await walk.submit(first)).toMatchObject({ status: 200 });

    const second = await walk.begin();
    expect(second).not.toBe(first);
    const draft = (await walk.own('GET', `/submissions/${second}`)).body;
    expect(draft).toMatchObject({ basedOn: first });
    expect(draft['answers']).toHaveLength((await walk.asked()).length);
    const file = await walk.evidence();
    await walk.answer(second, ({ itemId }) =>
      itemId === '3.1' ? { evidence: [file], measures: '権限表 第三版' } : undefined,
    );
    const difference = (await walk.own('GET', `/submissions/${second}/difference`))
      .body as unknown as Difference;
    expect(difference).toMatchObject({ against: first });
    expect(difference.items).toMatchObject([{ itemId: '3.1', binding: true, reworded: false }]);
    expect(await walk.submit(second)).toMatchObject({ status: 200 });
    expect(await walk.seen(second)).toMatchObject({
      state: 'FILED',
      current: true,
      difference: { against: first, items: [{ itemId: '3.1' }] },
    });
    expect(await walk.seen(first)).toMatchObject({ current: false });
    expect(await walk.open(first)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order' },
    });
    await walk.open(second);
  });

  test('RKN-S3b two people accept, at each institution on its own; who proposed does not approve', async () => {
    const [{ id: second } = { id: '' }] = await bank.admin<{ id: string }>(
      'select id from federation.submission order by id desc limit 1',
    );
    const proposed = await walk.proposeAcceptance(second);
    expect(proposed.body).toMatchObject({
      content: { judged: [{ standardVersion: 'v1', unmet: [], points: 100 }] },
    });
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({
      status: 403,
      body: { code: 'four_eyes_required' },
    });
    expect(await walk.review()).toMatchObject({ state: 'ASSESSING' });
    expect((await walk.approve(proposed)).body).toMatchObject({
      effects: [{ bankCode: '2963', outcome: { state: 'COMPLIANT', standardVersion: 'v1' } }],
    });
    expect(await walk.review()).toMatchObject({
      state: 'COMPLIANT',
      deadlines: [{ name: 'attestation', clause: 'RKN-S3a' }],
    });
    expect(await walk.review('2825')).toMatchObject({ state: 'FILED', submissionId: first });
    // What 2963 accepted is reused: 2825 returns the first and receives the second.
    await walk.open(first, '2825');
    expect(await walk.submit(second, ['2825'])).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', facts: { bankCode: '2825' } },
    });
    await walk.proposer.post(walk.staff(`/${first}/returns`), {
      bankCode: '2825',
      reason: '新しいものを',
    });
    expect(await walk.submit(second, ['2825'])).toMatchObject({ status: 200 });
    expect(await walk.review('2825')).toMatchObject({ state: 'FILED', submissionId: second });
  });

  test('RKN-S3a/a an accepted submission binds: a change is a new one, and no acceptance is taken back', async () => {
    const [{ id: second } = { id: '' }] = await bank.admin<{ id: string }>(
      'select submission_id as id from submission_filing where accepted_at is not null',
    );
    const anew = await walk.submit(second, ['2963']);
    expect(anew).toMatchObject({ status: 200, body: { filings: [{ bankCode: '2963' }] } });
    expect(await walk.review()).toMatchObject({ state: 'COMPLIANT' });
    await expect(
      bank.admin(
        `update submission_filing set accepted_at = null, accepted_version = null,
        proposal_id = null where submission_id = $1 and accepted_at is not null`,
        [second],
      ),
    ).rejects.toThrow('RKN-S3a');
    const third = await walk.begin();
    await walk.answer(third, ({ itemId }) =>
      itemId === '1.5' ? { answer: 'partly', level: 1, plannedOn: '2027-03-31' } : undefined,
    );
    expect(await walk.submit(third)).toMatchObject({ status: 200 });
    expect(await walk.seen(third)).toMatchObject({
      unmet: ['1.5'],
      difference: { items: [{ itemId: '1.5', before: { answer: 'met' } }] },
    });
    await walk.open(third);
    await walk.take(walk.proposeAcceptance(third));
    expect(await walk.review()).toMatchObject({ state: 'COMPLIANT', submissionId: third });
  });

  test(
    'RKN-S3a/b when the interval has lapsed it is flagged, told and shown, and nothing is stopped',
    async () => {
      await walk.daysPass(366);
      expect(await walk.review()).toMatchObject({ state: 'COMPLIANT', attestationDue: true });
      expect(await walk.stateOf('link')).toBe('active');
      await walk.receive('attestation_due');
      const { body } = await walk.proposer.get('/watch?bankCode=2963');
      expect(JSON.stringify(body)).toContain('attestation_due');
      // Attesting anew is a submission and its acceptance.
      const id = await walk.accepted();
      expect(await walk.review()).toMatchObject({ attestationDue: false, submissionId: id });
    },
    LONG_MS,
  );

  test('RKN-0.2 an institution that no agreement covers receives nothing, and nothing is sent', async () => {
    const hikari = new ReviewWalk(bank, {
      client: 'hikari-kaikei',
      epsp: 'epsp_01j0000000000000000000hkra',
      partner: 'none',
    });
    const id = await hikari.begin();
    await hikari.answer(id);
    expect(await hikari.submit(id, ['2963', '2997'])).toMatchObject({
      status: 422,
      body: { code: 'institution_not_covered', clause: 'RKN-0.2', facts: { bankCode: '2997' } },
    });
    expect(await hikari.review()).toMatchObject({ state: 'NO_CHECKLIST' });
  });

  test('T-20 an officer of one institution sees and moves nothing of another', async () => {
    const officer = await officerAtWork(bank, 'saikai-clerk');
    expect((await officer.get(walk.staff(`?bankCode=2963`))).status).toBe(404);
    expect((await officer.get(`/standards?bankCode=2963`)).status).toBe(404);
    const { body } = await officer.get(walk.staff(`?bankCode=2825`));
    expect((body['submissions'] as unknown[]).length).toBe(2);
    const auditor = await officerAtWork(bank, 'auditor');
    const [{ id } = { id: '' }] = await bank.admin<{ id: string }>(
      'select submission_id as id from submission_filing order by filed_at desc limit 1',
    );
    expect(
      await auditor.post(walk.staff(`/${id}/assessments`), { bankCode: '2963' }),
    ).toMatchObject({ status: 403, body: { code: 'role_missing' } });
  });
});

describe('a crash between two steps', () => {
  test(
    'RKN-S3a what was submitted and not yet filed is filed once by the next run',
    async () => {
      const party = new ReviewWalk(bank, FOREIGN);
      const id = await party.begin();
      await party.answer(id);
      const database = bank.database;
      const inInstitution = database.inInstitution.bind(database);
      let isDead = false;
      // The server dies when it goes on to the second institution.
      database.inInstitution = (institutionId, work) =>
        isDead && institutionId === 2
          ? Promise.reject(new Error('the server died here'))
          : inInstitution(institutionId, work);
      const { FilingsService } = await import('../../src/reviews/filings.service.js');
      const filings = bank.app.get(FilingsService);
      const fileOpen = filings.fileOpen.bind(filings);
      filings.fileOpen = (only) => {
        isDead = true;
        return fileOpen(only);
      };
      expect((await party.submit(id, ['2963', '2951'])).status).toBe(500);
      filings.fileOpen = fileOpen;
      database.inInstitution = inInstitution;
      await Promise.all([party.resume(), party.resume()]);
      for (const bankCode of ['2963', '2951'])
        expect(await party.review(bankCode)).toMatchObject({ state: 'FILED', submissionId: id });
      const told = await bank.admin(`select 1 from matter_event where event_id = $1`, [
        `filed:${id}`,
      ]);
      expect(told).toHaveLength(2);
    },
    LONG_MS,
  );
});
