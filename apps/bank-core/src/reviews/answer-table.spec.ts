import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answersCsv, answersFromCsv } from './csv-table.js';
import { ANSWERS, type ItemAnswer } from './domain/answer.js';
import {
  FINDINGS_MAX,
  hashesNamed,
  readAnswerRows,
  type AnswerGround,
} from './domain/answer-table.js';
import type { AnswerRow } from './domain/answer-columns.js';
import { wordingOf } from './domain/checklist-item.js';
import type { EvidenceFile } from './domain/evidence.js';
import { STARTER_ITEMS } from './domain/starter/index.js';
import type { KeptAnswer } from './domain/submission.js';

const [FIRST, SECOND] = STARTER_ITEMS;
if (!FIRST || !SECOND) throw new Error('The starter has items.');

const file = (at: number, state: EvidenceFile['state'] = 'clean'): EvidenceFile => ({
  id: `evd_${String(at).padStart(26, '0')}`,
  epspId: 'epsp_1',
  fileName: 'a.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1,
  sha256: String(at).padStart(64, 'a'),
  state,
  verdict: undefined,
  uploadedAt: 0,
  scannedAt: undefined,
  erasedAt: undefined,
});
const FILES = [file(1), file(2), file(3, 'infected')];
const HASH = FILES.map(({ sha256 }) => sha256);

const kept = (answer: Partial<ItemAnswer> = {}, version = 4, item = FIRST): KeptAnswer => ({
  answer: {
    itemId: item.itemId,
    wording: wordingOf(item),
    answer: 'met',
    level: 2,
    byAlternative: false,
    plannedOn: undefined,
    reason: '',
    measures: '記録を確かめている',
    evidence: [FILES[0]?.id ?? ''],
    ...answer,
  },
  version,
  updatedAt: 0,
});
const ground = (more: Partial<AnswerGround> = {}): AnswerGround => ({
  items: [FIRST, SECOND],
  kept: [kept()],
  files: FILES,
  ...more,
});

/** The rows of the form as it goes out, the first with something else in it. */
function rows(first: Partial<AnswerRow>, second: Partial<AnswerRow> = {}, of = ground()) {
  const form = answersFromCsv(Buffer.from(answersCsv(of)));
  if (!form.ok) throw new Error(form.refusal.code);
  const [one, other] = form.value;
  return [{ ...one, ...first } as AnswerRow, { ...other, ...second } as AnswerRow];
}
const ANSWERED = { answer: 'met', level: '1', byAlternative: 'no' };

describe('a table of answers', () => {
  test('RKN-S3a what goes out comes back as it was, and changes nothing', () => {
    expect(readAnswerRows(rows({}), ground())).toEqual({ ok: true, value: [] });
  });

  test('RKN-S3a whatever an answer says, its table read back and written again has the same bytes', () => {
    // As the database and the door of single answers take it: no control characters but a tab and a line's end.
    const text = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((raw) => raw.replace(/[^\P{Cc}\n\r\t]/gu, ''))
      .filter((raw) => raw.isWellFormed());
    const heads = fc.constantFrom('', '=', '+1', '-', '@', "'", "'=", '＝', ',', '"', '\r\n');
    const words = fc.tuple(heads, text).map(([head, rest]) => head + rest);
    fc.assert(
      fc.property(
        fc.record({
          answer: fc.constantFrom(...ANSWERS),
          level: fc.integer({ min: 0, max: 3 }),
          byAlternative: fc.boolean(),
          plannedOn: fc.constantFrom(undefined, '2027-03-31'),
          reason: words.map((word) => `${word}.`),
          measures: words,
          evidence: fc.subarray([FILES[0]?.id ?? '', FILES[1]?.id ?? '']),
        }),
        (answer) => {
          const before = ground({ kept: [kept(answer)] });
          const empty = ground({ kept: [] });
          const csv = answersCsv(before);
          const read = answersFromCsv(Buffer.from(csv));
          if (!read.ok) throw new Error(JSON.stringify(read.refusal));
          const fresh = read.value.map((row) => ({ ...row, version: '0' }));
          const changes = readAnswerRows(fresh, empty);
          if (!changes.ok) throw new Error(JSON.stringify(changes.refusal));
          const [change] = changes.value;
          if (!change) throw new Error('The answer was lost.');
          const again = { answer: change.answer, version: 4, updatedAt: 0 };
          expect(answersCsv(ground({ kept: [again] }))).toBe(csv);
          expect(readAnswerRows(read.value, before)).toEqual({ ok: true, value: [] });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('RKN-S3a a changed line is written over the version at which it was read, a blank one over none', () => {
    const changed = readAnswerRows(
      rows({ answer: 'partly', level: '1', plannedOn: '2027-03-31' }, ANSWERED),
      ground(),
    );
    expect(changed).toMatchObject({
      ok: true,
      value: [
        { read: 4, answer: { itemId: FIRST.itemId, answer: 'partly', plannedOn: '2027-03-31' } },
        { read: 0, answer: { itemId: SECOND.itemId, answer: 'met', evidence: [] } },
      ],
    });
  });

  test('RKN-S3a a line without an answer leaves the item as it is', () => {
    const blank = Object.fromEntries(
      ['answer', 'level', 'byAlternative', 'plannedOn', 'reason', 'measures', 'evidence'].map(
        (column) => [column, ''],
      ),
    );
    expect(readAnswerRows(rows(blank), ground())).toEqual({ ok: true, value: [] });
  });

  test.each<[Partial<AnswerRow>, string]>([
    [{ itemId: '99.1' }, 'itemId item_unknown'],
    [{ wording: `sha256:${'0'.repeat(64)}` }, 'itemId item_unknown'],
    [{ answer: 'yes' }, 'answer cell_wrong'],
    [{ answer: '' }, 'answer cell_wrong'],
    [{ level: '4' }, 'level cell_wrong'],
    [{ level: '' }, 'level cell_wrong'],
    [{ byAlternative: 'true' }, 'byAlternative cell_wrong'],
    [{ plannedOn: '2027-02-30' }, 'plannedOn cell_wrong'],
    [{ reason: 'x'.repeat(4_001) }, 'reason cell_wrong'],
    [{ measures: 'a\u0000b' }, 'measures cell_wrong'],
    [{ measures: '\ud800' }, 'measures cell_wrong'],
    [{ evidence: 'evd_1' }, 'evidence cell_wrong'],
    [{ evidence: `${HASH[0]} ${HASH[0]}` }, 'evidence cell_wrong'],
    [{ version: '-1' }, 'version cell_wrong'],
    [{ evidence: 'b'.repeat(64) }, 'evidence evidence_unknown'],
    [{ evidence: HASH[2] ?? '' }, 'evidence evidence_infected'],
    [{ answer: 'not_applicable', level: '0', reason: ' ' }, 'reason reason_required'],
    [{ level: '1', version: '3' }, 'version version_conflict'],
  ])('RKN-S3a line %j is refused: %s', (cells, expected) => {
    const refused = readAnswerRows(rows(cells, ANSWERED), ground());
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'answers_refused', clause: 'RKN-S3a', facts: { lines: [`1 ${expected}`] } },
    });
  });

  test('RKN-S3a every wrong line is told in both languages, and what is told is bounded', () => {
    const [one, other] = rows({ level: '9' }, { ...ANSWERED, plannedOn: 'soon' });
    if (!one || !other) throw new Error('Two rows.');
    const refused = readAnswerRows([one, other, other], ground());
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        facts: {
          wrong: 3,
          lines: ['1 level cell_wrong', '2 plannedOn cell_wrong', '3 itemId item_repeated'],
          linesJa: [
            '1行目 level：この列に入れられない値です。（0から3）',
            '2行目 plannedOn：この列に入れられない値です。（年-月-日、または空）',
            '3行目 itemId：同じ項目が二度あります。',
          ],
          linesEn: [
            'Row 1, level: The column does not take this value. (0 to 3)',
            'Row 2, plannedOn: The column does not take this value. (YYYY-MM-DD, or nothing)',
            'Row 3, itemId: The item is named twice.',
          ],
        },
      },
    });
    const many = readAnswerRows(Array<AnswerRow>(200).fill(one), ground());
    if (many.ok) throw new Error('It has to be refused.');
    expect(many.refusal.facts).toMatchObject({ wrong: 200 });
    expect(many.refusal.facts?.['lines']).toHaveLength(FINDINGS_MAX);
  });

  test('the hashes that a table names are looked up once', () => {
    const named = rows({ evidence: `${HASH[0]} ${HASH[1]}` }, { evidence: HASH[1] ?? '' });
    expect(hashesNamed(named)).toEqual([HASH[0], HASH[1]]);
  });
});
