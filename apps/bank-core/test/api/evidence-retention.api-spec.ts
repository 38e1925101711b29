import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EraseEvidence } from '../../src/reviews/erase-evidence.job.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds } from './measure-walk.js';
import { officerSends, PDF, ReviewWalk } from './review-walk.js';

const LONG_MS = 240_000;
const YEAR = 366;

let bank: BankCoreUnderTest;
let walk: ReviewWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  await walk.logIn();
  await term(1);
  await term(3, '2963');
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const idOf = 'select institution_id from institution_code where code =';

/** The years that an institution has set, or all of them. */
const term = (years: number, bankCode?: string) =>
  bank.admin(
    `insert into parameter_value (institution_id, parameter, effective_from, value, entered_by, approved_by,
       sample)
     select id, 'P.rkn.evidenceRetention', date '2026-01-02' + $1::int, to_jsonb($1::int), 'a', 'b', true
     from institution where $2::text is null or id = (${idOf} $2)`,
    [years, bankCode ?? null],
  );
const erase = () => bank.app.get(EraseEvidence).eraseDue();

let made = 0;
async function sent(party = walk): Promise<{ id: string; sha256: string; bytes: Buffer }> {
  made += 1;
  const bytes = Buffer.concat([PDF, Buffer.from(`% ${made}\n`)]);
  const { body } = await party.upload('policy.pdf', bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { id: String(body['evidenceId']), sha256, bytes };
}
const stateOf = async (id: string) => (await walk.own('GET', `/evidence/${id}`)).body;
const isKept = async (id: string) => {
  const rows = await bank.admin(
    'select 1 from federation.evidence_content where evidence_id = $1',
    [id],
  );
  const { erasedAt } = await stateOf(id);
  expect(erasedAt === null).toBe(rows.length === 1);
  return rows.length === 1;
};
const recordOf = (id: string) =>
  bank.admin<{ bank_code: string; content: { keptThrough: string; sha256: string } }>(
    `select c.code as bank_code, r.content from record r join institution_code c using (institution_id)
     where r.kind = 'evidence_erased' and r.content ->> 'evidenceId' = $1 order by c.code`,
    [id],
  );

/** A checklist that names the file with every item of protection, filed and accepted. */
async function acceptedWith(evidence: string, bankCodes = ['2963']): Promise<string> {
  const id = await walk.begin();
  await walk.answer(id, ({ family }) =>
    family === 'protection' ? { evidence: [evidence] } : { evidence: [] },
  );
  const filed = await walk.submit(id, bankCodes);
  if (filed.status !== 200) throw new Error(JSON.stringify(filed.body));
  for (const bankCode of bankCodes) await walk.open(id, bankCode);
  await walk.take(walk.proposeAcceptance(id, bankCodes));
  return id;
}

describe('RKN-S2 evidence is kept for its term, and then its bytes are erased', () => {
  let gone: Awaited<ReturnType<typeof sent>>;

  test(
    'RKN-S2 what nobody was shown is kept for the federation’s term, and the hash and the record stay',
    async () => {
      gone = await sent();
      await walk.daysPass(YEAR - 2);
      await erase();
      expect(await isKept(gone.id)).toBe(true);
      await walk.daysPass(3);
      await erase();
      expect(await isKept(gone.id)).toBe(false);
      expect(await stateOf(gone.id)).toMatchObject({ sha256: gone.sha256, fileName: 'policy.pdf' });
      const [record, ...more] = await recordOf(gone.id);
      expect(record?.content).toMatchObject({
        sha256: gone.sha256,
        keptThrough: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        clause: 'RKN-S2',
      });
      expect(more).toEqual([]);
      // Done twice it is done once.
      await erase();
      expect(await recordOf(gone.id)).toHaveLength(1);
    },
    LONG_MS,
  );

  test('RKN-S2 an erased file is told as gone in both languages, and proves nothing any more', async () => {
    const id = await walk.begin();
    expect(await walk.putFirst(id, { evidence: [gone.id] })).toMatchObject({
      status: 410,
      body: {
        code: 'evidence_erased',
        clause: 'RKN-S2',
        detail_ja: expect.stringContaining('消去'),
        detail_en: expect.stringContaining('erased'),
      },
    });
  });

  test('RKN-S2 the same bytes sent again are another file, under the same hash', async () => {
    const again = await walk.upload('policy.pdf', gone.bytes);
    expect(again).toMatchObject({ status: 201, body: { sha256: gone.sha256, erasedAt: null } });
    expect(again.body['evidenceId']).not.toBe(gone.id);
    expect((await walk.upload('policy.pdf', gone.bytes)).status).toBe(200);
  });

  test('RKN-S2 the database lets no bytes go that are kept, and keeps none of what was erased', async () => {
    const { id } = await sent();
    await expect(
      bank.admin('delete from federation.evidence_content where evidence_id = $1', [id]),
    ).rejects.toThrow('is kept');
    await expect(
      bank.admin('update federation.evidence_file set erased_at = now() where id = $1', [id]),
    ).rejects.toThrow('its bytes are there');
    await expect(
      bank.admin('update federation.evidence_file set erased_at = null where id = $1', [gone.id]),
    ).rejects.toThrow('was erased');
  });
});

describe('RKN-S2 nothing is erased while anything that names it is open', () => {
  test(
    'RKN-S3a a checklist that binds keeps its evidence; superseded, each institution keeps it for its own term',
    async () => {
      const file = await sent();
      await acceptedWith(file.id, ['2963', '2951']);
      await walk.daysPass(5 * YEAR);
      await erase();
      expect(await isKept(file.id)).toBe(true);
      const later = await sent();
      await acceptedWith(later.id, ['2963', '2951']);
      // Its last use was its acceptance five years ago: nothing keeps it any more.
      await erase();
      expect(await isKept(file.id)).toBe(false);
      const records = await recordOf(file.id);
      const [long, short] = ['2963', '2951'].map((code) =>
        records.find((one) => one.bank_code === code),
      );
      const yearOf = (one: typeof long) => Number(one?.content.keptThrough.slice(0, 4));
      expect(yearOf(long) - yearOf(short)).toBe(2);
      expect(await isKept(later.id)).toBe(true);
      const path = `/evidence/${file.id}/content?bankCode=2963`;
      const opened = await officerSends(bank, walk.proposer, path);
      expect([opened.status, JSON.parse(opened.bytes.toString('utf8'))]).toMatchObject([
        410,
        { code: 'evidence_erased', clause: 'RKN-S2' },
      ]);
      const seen = await walk.proposer.get(`/evidence/${file.id}?bankCode=2963`);
      expect(seen.body).toMatchObject({ mayOpen: false, erasedAt: expect.any(String) });
    },
    LONG_MS,
  );

  test(
    'RKN-S4a a demand that names the file keeps it until it is over, and the term counts from there',
    async () => {
      const file = await sent();
      const id = await walk.begin();
      await walk.answer(id);
      await walk.submit(id);
      await walk.open(id);
      const named = { ...grounds, evidence: [`sha256:${file.sha256}`] };
      const items = ['4.2'];
      await walk.take(walk.propose('found_deficient', { items, grounds: named }));
      await walk.take(
        walk.propose('improvement_demanded', { items, grounds: named, periodDays: 30 }),
      );
      await walk.receive('improvement_demand');
      await walk.daysPass(10 * YEAR);
      await erase();
      expect(await isKept(file.id)).toBe(true);
      await walk.take(walk.propose('judged_sufficient'));
      await walk.daysPass(2 * YEAR);
      await erase();
      expect(await isKept(file.id)).toBe(true);
      await walk.daysPass(2 * YEAR);
      await erase();
      expect(await isKept(file.id)).toBe(false);
      expect((await recordOf(file.id)).map(({ bank_code }) => bank_code)).toContain('2963');
    },
    LONG_MS,
  );

  test('RKN-L1a an open case that names the file keeps it, a closed one lets its term begin', async () => {
    const file = await sent();
    await bank.admin(
      `insert into loss_case (institution_id, id, origin, reference, report_hash, category, epsp_id,
         request_ids, loss, occurred_at, known_at, reported_at, opened_by, cause_status)
       select (${idOf} '2963'), 'case_' || repeat('0', 26), 'institution', 'r', 'h', 'other', $1, '{}', 1,
         renkei_now(), renkei_now(), renkei_now(), 'x', 'INVESTIGATING'`,
      [walk.party.epsp],
    );
    await bank.admin(
      `insert into case_note (institution_id, case_id, kind, content, recorded_at, recorded_by)
       select institution_id, id, 'evidence', $1, renkei_now(), 'x' from loss_case
       where id = 'case_' || repeat('0', 26)`,
      [JSON.stringify({ file: file.sha256 })],
    );
    await walk.daysPass(4 * YEAR);
    await erase();
    expect(await isKept(file.id)).toBe(true);
    await bank.admin(
      `update loss_case set closed_at = renkei_now() where id = 'case_' || repeat('0', 26)`,
    );
    await walk.daysPass(2 * YEAR);
    await erase();
    expect(await isKept(file.id)).toBe(true);
    await walk.daysPass(2 * YEAR);
    await erase();
    expect(await isKept(file.id)).toBe(false);
  });

  test('RKN-S3a a draft that names the file keeps it', async () => {
    const file = await sent();
    const id = await walk.begin();
    await walk.answer(id, () => ({ evidence: [file.id] }));
    await walk.daysPass(2 * YEAR);
    await erase();
    expect(await isKept(file.id)).toBe(true);
  });
});
