import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate, instantToWire } from '#libs/kernel';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { officerSends, ReviewWalk } from './review-walk.js';

let bank: BankCoreUnderTest;
let walk: ReviewWalk;
const LONG_MS = 240_000;
const FROM = CivilDate.inTokyo(Date.now()).plusDays(120);
/** 90 days from the day on which it takes effect, that day not counted. */
const DUE = instantToWire(FROM.plusDays(91).startsAt() - 1);
const STARTER = '/checklist-templates/renkei-starter/file';
const target = (id: string, form: string) =>
  `/checklist-templates?templateId=${id}&titleJa=${encodeURIComponent('見本')}&titleEn=Sample&form=${form}`;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const read = async (path: string) => (await officerSends(bank, walk.proposer, path)).bytes;
async function take(id: string, form: string, bytes: Buffer) {
  const answer = await officerSends(bank, walk.proposer, target(id, form), bytes);
  return { status: answer.status, body: JSON.parse(answer.bytes.toString('utf8')) as object };
}

interface Item {
  itemId: string;
  goalJa: string;
  levelRequired: number;
  reference: string;
}
/** The starter as JSON, with changes, as the next version of a template. */
async function template(id: string, change: (items: Item[]) => Item[]) {
  const file = JSON.parse((await read(`${STARTER}?form=json`)).toString('utf8')) as {
    items: Item[];
  };
  return take(id, 'json', Buffer.from(JSON.stringify({ items: change(file.items) })));
}

const publish = (more: object, bankCodes: readonly string[] = ['2963']) =>
  walk.proposer.post('/standards', {
    bankCodes,
    templateId: 'renkei-starter',
    templateVersion: 1,
    effectiveFrom: FROM.toString(),
    ...more,
  });

describe('templates go out and come in', () => {
  test('RKN-S3a a template as CSV and as JSON loses nothing on the way out and back', async () => {
    const csv = await officerSends(bank, walk.proposer, STARTER);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; /),
    });
    expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect((await take('copy-csv', 'csv', csv.bytes)).status).toBe(201);
    const json = await read(`${STARTER}?form=json`);
    expect((await take('copy-json', 'json', json)).status).toBe(201);
    const [starter, fromCsv, fromJson] = await bank.admin<{ items: string; content_hash: string }>(
      `select items, content_hash from federation.checklist_template
       where template_id in ('renkei-starter', 'copy-csv', 'copy-json') order by imported_at`,
    );
    expect(fromCsv).toEqual(starter);
    expect(fromJson).toEqual(starter);
    expect((await read('/checklist-templates/copy-csv/file')).equals(csv.bytes)).toBe(true);
  });

  test('T-25 an exported cell is never a formula, and comes back as it was', async () => {
    const formula = '=HYPERLINK("https://x.example","押す")';
    const made = await template('with-formulas', (items) =>
      items.map((item, at) => ({
        ...item,
        reference: [formula, '+1', '-1', '@SUM(A1)', '＝1', "'quoted", 'plain'][at] ?? '',
      })),
    );
    expect(made.status).toBe(201);
    const csv = (await read('/checklist-templates/with-formulas/file')).toString('utf8');
    expect(csv).toContain(`'=HYPERLINK`);
    // Every cell as a spreadsheet would take it: none begins with what makes it a formula.
    const cells = csv.slice(1).split(/[\r\n,]+/);
    expect(cells.filter((cell) => /^"?[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect((await take('with-formulas', 'csv', Buffer.from(csv))).status).toBe(201);
    const [one, two] = await bank.admin<{ items: string }>(
      `select items from federation.checklist_template where template_id = 'with-formulas'`,
    );
    expect(two).toEqual(one);
  });

  test.each<[string, string, (csv: string) => string, object]>([
    ['a cell', 'csv', (csv) => csv.replace(',protection,', ',magic,'), { column: 'family' }],
    ['a heading', 'csv', (csv) => csv.replace('goalEn', 'goal'), { row: 0, column: 'goalEn' }],
    ['a row', 'csv', (csv) => `${csv}"12.9",12\r\n`, { row: 53, column: 'family' }],
    [
      'a number twice',
      'csv',
      (csv) => csv.replace('\n1.2,', '\n1.1,'),
      { row: 2, column: 'itemId' },
    ],
    ['a quote', 'csv', (csv) => `${csv}"12.9`, { column: 'itemId' }],
    ['nothing', 'csv', () => 'itemId\r\n', { row: 0, column: 'division' }],
    ['no list', 'json', () => '{"items":{}}', { row: 0, column: 'items' }],
    ['no JSON', 'json', () => '{', { row: 0, column: 'items' }],
    ['a poisoned key', 'json', () => '{"items":[{"__proto__":{"a":1}}]}', { row: 0 }],
    ['an unknown key', 'json', () => '{"items":[{"a":1}]}', { row: 1, column: 'a' }],
  ])('RKN-S3a a file in which %s is wrong is refused with its row and column', async (...row) => {
    const [, form, spoil, facts] = row;
    const csv = (await read(STARTER)).toString('utf8');
    const before = await bank.admin('select count(*) as n from federation.checklist_template');
    expect(await take('renkei-starter', form, Buffer.from(spoil(csv)))).toMatchObject({
      status: 422,
      body: { code: 'file_malformed', facts },
    });
    expect(await bank.admin('select count(*) as n from federation.checklist_template')).toEqual(
      before,
    );
  });

  test('RKN-S3a what is not UTF-8 or too large is refused', async () => {
    expect(await take('renkei-starter', 'csv', Buffer.from([0x82, 0xa0]))).toMatchObject({
      status: 422,
      body: { facts: { why: 'UTF-8' } },
    });
    expect(await take('renkei-starter', 'csv', Buffer.alloc(1024 * 1024 + 1, 'a'))).toMatchObject({
      status: 413,
      body: { code: 'file_too_large' },
    });
  });
});

describe('a new standard and the gaps that it opens', () => {
  let submission = '';

  test(
    'RKN-S3b/a one gap for each item added or changed and each intermediary, with the end of the transition',
    async () => {
      submission = await walk.accepted();
      await new ReviewWalk(bank, aoba).withOfficersOf(walk).accepted();
      await template('second', (items) => [
        ...items.map((item) =>
          item.itemId === '3.1'
            ? { ...item, goalJa: `${item.goalJa}（改）` }
            : item.itemId === '4.1'
              ? { ...item, levelRequired: 3 }
              : item,
        ),
        { ...(items[0] as Item), itemId: '1.9' },
      ]);
      const asked = { templateId: 'second', leaveOut: ['8.3'] };
      const outcome = await walk.take(publish(asked));
      expect(outcome).toEqual({ version: 'v2', gapsOpened: 6 });
      const { body } = await walk.proposer.get('/standards/2/gaps?bankCode=2963');
      const gaps = body['gaps'] as {
        itemId: string;
        kind: string;
        epspId: string;
        dueAt: string;
      }[];
      expect(gaps.map(({ itemId, kind }) => `${itemId} ${kind}`).sort()).toEqual([
        '1.9 added',
        '1.9 added',
        '3.1 changed',
        '3.1 changed',
        '4.1 changed',
        '4.1 changed',
      ]);
      expect(new Set(gaps.map(({ dueAt }) => dueAt))).toEqual(new Set([DUE]));
      expect((await walk.own('GET', '/gaps')).body['gaps']).toMatchObject([
        { bankCode: '2963', itemId: '1.9', standardVersion: 'v2' },
        { itemId: '3.1' },
        { itemId: '4.1' },
      ]);
      expect(await walk.review()).toMatchObject({
        state: 'COMPLIANT',
        openGaps: 3,
        deadlines: expect.arrayContaining([expect.objectContaining({ name: 'standard_gap' })]),
      });
      await walk.receive('standard_published');
      expect(await walk.review('2825')).toMatchObject({ openGaps: 0 });
    },
    LONG_MS,
  );

  test('RKN-S3b the gap analysis can be read for each intermediary and each version', async () => {
    const of = (version: number, epsp = walk.party.epsp) =>
      walk.proposer.get(`/standards/${version}/gaps/${epsp}?bankCode=2963`);
    expect((await of(1)).body).toMatchObject({ submissionId: submission, gaps: [] });
    expect((await of(2)).body).toMatchObject({
      standardVersion: 'v2',
      gaps: [
        { itemId: '1.9', kind: 'added', dueAt: DUE },
        { itemId: '3.1', kind: 'changed' },
        { itemId: '4.1', kind: 'changed' },
      ],
    });
    const unheard = await of(2, 'epsp_01j0000000000000000000hkra');
    expect(unheard.body).toMatchObject({ submissionId: null });
    expect(await of(9)).toMatchObject({ status: 404, body: { code: 'standard_unknown' } });
  });

  test('RKN-S3b a day that has passed, an unknown item, nothing to ask, nothing new: refused', async () => {
    for (const [more, status, code] of [
      [{ effectiveFrom: '2024-01-01' }, 422, 'deadline_in_the_past'],
      [{ leaveOut: ['55.5'] }, 422, 'item_unknown'],
      [{ templateId: 'second', leaveOut: ['8.3'] }, 409, 'standard_unchanged'],
      [{ templateId: 'nowhere' }, 404, 'template_unknown'],
      [{ effectiveFrom: '2027-02-30' }, 400, 'validation_failed'],
    ] as const)
      expect(await publish(more)).toMatchObject({ status, body: { code } });
    const auditor = await walk.approver.post('/standards', {});
    expect(auditor.status).toBe(400);
    expect((await walk.proposer.get('/standards?bankCode=2963')).body['standards']).toHaveLength(2);
  });

  test('RKN-S3b who proposed a standard does not publish it, and what is published is never edited', async () => {
    const proposed = await publish({ leaveOut: ['8.2'] });
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({ status: 403 });
    await expect(bank.admin('update standard_version set version = 9')).rejects.toThrow(
      'append-only',
    );
    await expect(bank.admin('delete from federation.checklist_template')).rejects.toThrow();
  });

  test(
    'RKN-S3b a gap that is still running goes on after an acceptance, and ends with the one that meets it',
    async () => {
      const partly = await walk.begin();
      await walk.answer(partly, ({ itemId }) =>
        itemId === '3.1' ? undefined : itemId === '4.1' ? { level: 3 } : {},
      );
      // What 2963 now words otherwise is unanswered; the older words of the others still are.
      expect(await walk.submit(partly)).toMatchObject({
        status: 422,
        body: { code: 'submission_incomplete', facts: { items: ['3.1'] } },
      });
      const [changed] = (await walk.asked()).filter(({ itemId }) => itemId === '3.1');
      const put = (more: object) =>
        walk.own('PUT', `/submissions/${partly}/answers/3.1`, {
          wording: changed?.wording,
          answer: 'partly',
          level: 1,
          reason: '移行中',
          measures: '',
          plannedOn: '2027-05-31',
          ...more,
        });
      const evidence = await walk.evidence();
      expect((await put({ version: 0, evidence: [evidence] })).status).toBe(200);
      expect((await walk.submit(partly)).status).toBe(200);
      await walk.open(partly);
      await walk.take(walk.proposeAcceptance(partly));
      expect((await walk.own('GET', '/gaps')).body['gaps']).toMatchObject([{ itemId: '3.1' }]);
      expect(await walk.review()).toMatchObject({
        state: 'COMPLIANT',
        openGaps: 1,
        gapOverdue: false,
        deadlines: expect.arrayContaining([
          expect.objectContaining({
            name: 'standard_gap',
            dueAt: DUE,
          }),
        ]),
      });
    },
    LONG_MS,
  );

  test(
    'RKN-S3b a gap past its transition is flagged, shown on the watch, and bars acceptance until it is met',
    async () => {
      await walk.daysPass(250);
      expect(await walk.review()).toMatchObject({ state: 'COMPLIANT', gapOverdue: true });
      expect(await walk.stateOf('link')).toBe('active');
      expect(JSON.stringify((await walk.proposer.get('/watch?bankCode=2963')).body)).toContain(
        'standard_gap_overdue',
      );
      const again = await walk.begin();
      expect((await walk.submit(again)).status).toBe(200);
      await walk.open(again);
      expect(await walk.proposeAcceptance(again)).toMatchObject({
        status: 409,
        body: { code: 'gap_overdue', clause: 'RKN-S3b', facts: { items: ['3.1'] } },
      });
      await walk.proposer.post(walk.staff(`/${again}/returns`), {
        bankCode: '2963',
        reason: '3.1 が残っている',
      });
      const met = await walk.begin();
      await walk.answer(met, ({ itemId }) => (itemId === '3.1' ? {} : undefined));
      expect((await walk.submit(met)).status).toBe(200);
      await walk.open(met);
      await walk.take(walk.proposeAcceptance(met));
      expect(await walk.review()).toMatchObject({
        state: 'COMPLIANT',
        gapOverdue: false,
        openGaps: 0,
      });
      const { body } = await walk.proposer.get('/standards/2/gaps?bankCode=2963');
      expect(body['gaps']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ itemId: '3.1', endedBy: 'accepted', submissionId: met }),
        ]),
      );
    },
    LONG_MS,
  );
});
