import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { officerSends, PDF, ReviewWalk } from './review-walk.js';

const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let walk: ReviewWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

type Row = Record<string, string>;

const exported = (id: string, party = walk) => party.file('GET', `/submissions/${id}/answers`);
const imported = (id: string, table: Buffer, party = walk) =>
  party.file('PUT', `/submissions/${id}/answers`, table);
const answersOf = async (id: string, party = walk) =>
  (await party.own('GET', `/submissions/${id}`)).body['answers'] as Row[];

/** Changes the rows of a table as somebody at a spreadsheet does. */
function edited(table: Buffer, change: (row: Row) => Row): Buffer {
  const rows = parse<Row>(table, { bom: true, columns: true });
  return Buffer.from(stringify(rows.map(change), { header: true, bom: true }));
}

async function uploaded(party = walk): Promise<string> {
  const bytes = Buffer.concat([PDF, Buffer.from(`% ${randomUUID()}\n`)]);
  return String((await party.upload('policy.pdf', bytes)).body['sha256']);
}

describe('RKN-S3a a checklist is filled in as a table', () => {
  let id = '';

  test(
    'RKN-S3a the form goes out with every item that is asked, and comes back answered as a whole',
    async () => {
      id = await walk.begin();
      const form = await exported(id);
      expect(form.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(form.headers['content-disposition']).toContain(`${id}-answers.csv`);
      const asked = await walk.asked();
      const rows = parse<Row>(form.bytes, { bom: true, columns: true });
      expect(rows.map(({ itemId }) => itemId)).toEqual(asked.map(({ itemId }) => itemId));
      expect(rows.every(({ answer, version }) => answer === '' && version === '0')).toBe(true);
      const hash = await uploaded();
      const filled = edited(form.bytes, (row) => ({
        ...row,
        answer: 'met',
        level: '2',
        byAlternative: 'no',
        measures: '=HYPERLINK("http://x")',
        evidence: hash,
      }));
      expect(await imported(id, filled)).toMatchObject({
        status: 200,
        body: { changed: asked.length },
      });
      const [answer] = await answersOf(id);
      expect(answer).toMatchObject({
        answer: 'met',
        level: 2,
        measures: '=HYPERLINK("http://x")',
        evidence: [expect.stringMatching(/^evd_/)],
        version: 1,
      });
    },
    LONG_MS,
  );

  test('RKN-S3a, T-25 what goes out is no formula, and out, in and out again are the same bytes', async () => {
    const once = await exported(id);
    expect(once.bytes.toString('utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(await imported(id, once.bytes)).toMatchObject({ status: 200, body: { changed: 0 } });
    const again = await exported(id);
    expect(again.bytes.equals(once.bytes)).toBe(true);
  });

  test('RKN-S3a one wrong line refuses the whole table, and every wrong line is told in both languages', async () => {
    const before = await exported(id);
    let line = 0;
    const wrong = edited(before.bytes, (row) => {
      line += 1;
      if (line === 2) return { ...row, level: '7' };
      if (line === 4) return { ...row, evidence: 'f'.repeat(64) };
      return { ...row, reason: '変更' };
    });
    expect(await imported(id, wrong)).toMatchObject({
      status: 422,
      body: {
        code: 'answers_refused',
        clause: 'RKN-S3a',
        facts: {
          wrong: 2,
          lines: ['2 level cell_wrong', '4 evidence evidence_unknown'],
          linesJa: [expect.stringContaining('2行目'), expect.stringContaining('4行目')],
          linesEn: [expect.stringContaining('Row 2'), expect.stringContaining('Row 4')],
        },
      },
    });
    expect((await exported(id)).bytes.equals(before.bytes)).toBe(true);
  });

  test('RKN-S3a what somebody else changed meanwhile is not written over', async () => {
    const table = await exported(id);
    const [first] = await answersOf(id);
    await walk.putFirst(id, { measures: '画面から変更', version: 1 });
    const late = edited(table.bytes, (row) => ({ ...row, reason: '遅れて' }));
    expect(await imported(id, late)).toMatchObject({
      status: 422,
      body: { facts: { wrong: 1, lines: [expect.stringMatching(/ version version_conflict$/)] } },
    });
    const now = await answersOf(id);
    expect(now.filter(({ reason }) => reason === '遅れて')).toEqual([]);
    expect(now.find(({ itemId }) => itemId === first?.['itemId'])).toMatchObject({
      measures: '画面から変更',
    });
  });

  test.each<[string, Buffer, string]>([
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'UTF-8'],
    ['another heading', Buffer.from('a,b\r\n1,2\r\n'), 'heading'],
    ['half a quote', Buffer.from('"itemId'), 'CSV_QUOTE_NOT_CLOSED'],
  ])('RKN-S3a a file that is %s is no table', async (_, bytes, why) => {
    expect(await imported(id, bytes)).toMatchObject({
      status: 422,
      body: { code: 'file_malformed', facts: { row: 0, why } },
    });
  });

  test('T-20 nobody takes another’s table out or in, and its evidence is no evidence of theirs', async () => {
    const other = new ReviewWalk(bank, aoba);
    expect((await exported(id, other)).status).toBe(404);
    const own = await exported(id);
    expect((await imported(id, own.bytes, other)).status).toBe(404);
    expect((await imported(id, Buffer.from('a note'), other)).status).toBe(404);
    const theirs = await other.begin();
    const hash = await uploaded();
    const table = edited((await exported(theirs, other)).bytes, (row) => ({
      ...row,
      answer: 'met',
      level: '2',
      byAlternative: 'no',
      evidence: hash,
    }));
    const refused = await imported(theirs, table, other);
    expect(refused.status).toBe(422);
    expect(refused.body['facts']).toMatchObject({
      lines: expect.arrayContaining(['1 evidence evidence_unknown']),
    });
    expect(await answersOf(theirs, other)).toEqual([]);
  });

  test('T-25 a table larger than its bound, or sent as something else, is not read', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, 0x20);
    expect(await imported(id, large)).toMatchObject({ status: 413 });
    const asText = await walk.file('PUT', `/submissions/${id}/answers`, PDF, 'text/csv');
    expect(asText.status).toBe(415);
  });

  test(
    'RKN-S3a/a after the submission the table goes out as it was submitted, and none comes in',
    async () => {
      expect((await walk.submit(id)).status).toBe(200);
      const table = await exported(id);
      expect(
        await imported(
          id,
          edited(table.bytes, (row) => ({ ...row, level: '1' })),
        ),
      ).toMatchObject({ status: 409, body: { code: 'submission_immutable', clause: 'RKN-S3a' } });
      const path = `/links/${walk.party.epsp}/submissions/${id}/file?bankCode=2963`;
      const seen = await officerSends(bank, walk.proposer, path);
      const own = parse<Row>(table.bytes, { bom: true, columns: true }).at(-1);
      expect(own?.['evidence']).toMatch(/^[0-9a-f]{64}$/);
      const rows = parse<Row>(seen.bytes, { bom: true, columns: true });
      const row = rows.find(({ wording }) => wording === own?.['wording']);
      expect(row?.['evidence']).toBe(own?.['evidence']);
    },
    LONG_MS,
  );
});
