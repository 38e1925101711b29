import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClamdScanner } from '../../src/reviews/evidence-scanner.js';
import { ScanEvidence } from '../../src/reviews/scan-evidence.job.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { officerAtWork } from './officers.js';
import { officerSends, PDF, ReviewWalk, zipOf } from './review-walk.js';

let bank: BankCoreUnderTest;
let walk: ReviewWalk;
const LONG_MS = 240_000;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const XLSX = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': '<workbook/>',
};
const DOCX = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<document/>' };

describe('T-25 what may come in', () => {
  test.each<[string, Buffer, string]>([
    ['policy.pdf', PDF, 'application/pdf'],
    ['screen.PNG', PNG, 'image/png'],
    [
      'table.xlsx',
      zipOf(XLSX),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'report.docx',
      zipOf(DOCX),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['log.csv', Buffer.from('日時,結果\r\n2026-11-22,正常\r\n'), 'text/csv'],
    ['sjis.csv', Buffer.from([0x93, 0xfa, 0x8e, 0x9e, 0x2c, 0x31]), 'text/csv'],
    ['note.txt', Buffer.from('確認済み\n'), 'text/plain'],
  ])('T-25 %s is taken in by its content, hashed, and stands in quarantine', async (...row) => {
    const [name, bytes, mediaType] = row;
    const answer = await walk.upload(name, bytes);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        fileName: name,
        mediaType,
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        state: 'quarantined',
      },
    });
    // The same bytes again are the same file.
    expect(await walk.upload(name, bytes)).toMatchObject({
      status: 200,
      body: { evidenceId: answer.body['evidenceId'] },
    });
  });

  test.each<[string, string, Buffer]>([
    ['a script called a PDF', 'a.pdf', Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['HTML called text', 'a.txt', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['HTML behind words', 'a.txt', Buffer.from('hello <script>alert(1)</script>')],
    ['an SVG called a picture', 'a.png', Buffer.from('<svg onload="alert(1)"/>')],
    ['a picture called a PDF', 'a.pdf', PNG],
    ['a program', 'a.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)])],
    ['binary called CSV', 'a.csv', Buffer.from([1, 2, 3, 0, 255])],
    ['a PDF without an ending', 'evidence', PDF],
    ['a bomb in a workbook', 'a.xlsx', zipOf({ ...XLSX, 'xl/media/a': 'x' }, 900_000_000)],
    ['macros in a workbook', 'a.xlsx', zipOf({ ...XLSX, 'xl/vbaProject.bin': 'x' })],
    ['a plain archive', 'a.xlsx', zipOf({ 'evil.exe': 'MZ' })],
    ['a way out of the folder', 'a.xlsx', zipOf({ ...XLSX, '../evil': 'x' })],
    ['a broken archive', 'a.xlsx', zipOf(XLSX).subarray(0, 60)],
  ])('T-25 %s is refused by type', async (...row) => {
    const [, name, bytes] = row;
    const before = await bank.admin('select count(*) as n from federation.evidence_content');
    expect(await walk.upload(name, bytes)).toMatchObject({
      status: 415,
      body: { code: 'file_type_refused', clause: 'RKN-S2' },
    });
    expect(await bank.admin('select count(*) as n from federation.evidence_content')).toEqual(
      before,
    );
  });

  test('T-25 size is bounded, an empty file is none, and no other content type is read', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]);
    expect(await walk.upload('a.pdf', large)).toMatchObject({
      status: 413,
      body: { code: 'file_too_large', facts: { bytesMax: 10_485_760 } },
    });
    expect(await walk.upload('a.pdf', Buffer.alloc(0))).toMatchObject({
      status: 422,
      body: { code: 'file_empty' },
    });
    expect((await walk.upload('a.pdf', PDF, 'application/pdf')).status).toBe(415);
  });

  test('T-25 a stream without a length is cut off as soon as it is too large', async () => {
    await bank.app.listen(0, '127.0.0.1');
    const { port } = bank.app.getHttpServer().address() as AddressInfo;
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(sent === 64 * 1024 ? PDF : new Uint8Array(64 * 1024));
      },
    });
    const url = `http://127.0.0.1:${port}/internal/v1/participants/self/security/evidence?fileName=a.pdf`;
    const headers = {
      'content-type': 'application/octet-stream',
      'x-fapi-interaction-id': '7f1a6d3c-1d0e-4a52-9c5e-0f4b8f6d2a11',
      'x-renkei-client': 'minato-kakei',
      'x-renkei-epsp': walk.party.epsp,
      'x-renkei-chain-partner': 'none',
    };
    const post = (body: ReadableStream<Uint8Array> | Uint8Array) =>
      fetch(url, { method: 'POST', headers, body, duplex: 'half' } as object);
    expect((await post(endless)).status).toBe(413);
    expect(sent).toBeLessThan(100 * 1024 * 1024);
    const whole = await post(new Uint8Array(Buffer.concat([PDF, Buffer.from('% over a wire\n')])));
    expect(whole.status).toBe(201);
  });

  test('T-31 what one intermediary leaves with the bank is bounded altogether', async () => {
    const other = new ReviewWalk(bank, {
      client: 'hikari-kaikei',
      epsp: 'epsp_01j0000000000000000000hkra',
      partner: 'none',
    });
    await bank.admin(
      `insert into federation.evidence_file (id, epsp_id, file_name, media_type, size_bytes, sha256,
         uploaded_by, uploaded_at)
       select 'evd_' || lpad(n::text, 26, '0'), $1, 'x', 'text/plain', 10485760,
         encode(sha256(n::text::bytea), 'hex'), 'x', now() from generate_series(1, 1024) n`,
      [other.party.epsp],
    );
    expect(await other.upload('a.pdf', PDF)).toMatchObject({
      status: 413,
      body: { code: 'evidence_too_much' },
    });
    await bank.admin('delete from federation.evidence_file where epsp_id = $1', [other.party.epsp]);
  });

  test('T-25 a name is kept without what a header or a file system would take for its own', async () => {
    const bytes = Buffer.concat([PDF, Buffer.from('% name\n')]);
    const { body } = await walk.upload('../..\\etc/"a\r\nx: y".pdf', bytes);
    expect(body['fileName']).toBe('_a__x_ y_.pdf');
  });
});

describe('T-25 quarantine', () => {
  let id = '';
  let sha256 = '';
  const content = (officer = walk.proposer, bankCode = '2963') =>
    officerSends(bank, officer, `/evidence/${id}/content?bankCode=${bankCode}`);

  test(
    'T-25 an officer sees what a file is called and never opens it while it is in quarantine',
    async () => {
      const submission = await walk.filed();
      const seen = await walk.seen(submission);
      const [file] = seen['evidence'] as { evidenceId: string; sha256: string }[];
      id = file?.evidenceId ?? '';
      sha256 = file?.sha256 ?? '';
      expect(file).toMatchObject({ state: 'quarantined', released: false, mayOpen: false });
      for (const officer of [walk.proposer, walk.approver])
        expect((await content(officer)).status).toBe(409);
      const refused = JSON.parse((await content()).bytes.toString('utf8')) as object;
      expect(refused).toMatchObject({ code: 'evidence_quarantined', clause: 'RKN-S2' });
      // An institution that was not shown it does not know it, nor does another intermediary.
      expect((await content(walk.proposer, '2825')).status).toBe(404);
      const other = new ReviewWalk(bank, aoba);
      expect((await other.own('GET', `/evidence/${id}`)).status).toBe(404);
      expect(await bank.admin(`select 1 from record where kind = 'evidence_opened'`)).toEqual([]);
    },
    LONG_MS,
  );

  test('T-25 two people release exactly the bytes that were examined, for their institution alone', async () => {
    const release = (more: object) =>
      walk.proposer.post(`/evidence/${id}/releases`, {
        bankCode: '2963',
        sha256,
        examination: '隔離環境で検査し、ハッシュを照合した',
        ...more,
      });
    expect(await release({ examination: ' ' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S2' },
    });
    expect(await release({ sha256: '0'.repeat(64) })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict' },
    });
    const proposed = await release({});
    expect((await walk.approve(proposed, walk.proposer)).status).toBe(403);
    expect((await content()).status).toBe(409);
    expect((await walk.approve(proposed)).body).toMatchObject({
      effects: [{ outcome: { released: id } }],
    });
    const opened = await content();
    expect(opened.status).toBe(200);
    expect(createHash('sha256').update(opened.bytes).digest('hex')).toBe(sha256);
    expect(opened.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; filename="evidence.pdf"/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'private, no-store',
    });
    expect(await bank.admin(`select 1 from record where kind = 'evidence_opened'`)).toHaveLength(1);
    const clerk = await officerAtWork(bank, 'saikai-approver');
    expect((await content(clerk)).status).toBe(404);
  });

  test('T-25 the bytes of evidence are never exchanged, and a verdict is given once', async () => {
    await expect(bank.admin(`update federation.evidence_content set bytes = 'x'`)).rejects.toThrow(
      'append-only',
    );
    await bank.admin(
      `update federation.evidence_file set state = 'infected', verdict = 'x', scanned_at = now()
       where id = $1`,
      [id],
    );
    // Found infected afterwards: the release counts no more.
    const refused = await content();
    expect(refused.status).toBe(409);
    expect(refused.bytes.toString('utf8')).toContain('evidence_infected');
    await expect(
      bank.admin(`update federation.evidence_file set state = 'clean' where id = $1`, [id]),
    ).rejects.toThrow('was scanned');
  });
});

describe('T-25 a scanner', () => {
  let clamd: Server;
  let heard: Buffer[] = [];
  let answer: (bytes: Buffer) => string = () => 'stream: OK';

  beforeAll(async () => {
    clamd = createServer((socket) => void listen(socket));
    await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => clamd.close(resolve)));

  async function listen(socket: Socket): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of socket as AsyncIterable<Buffer>) {
      parts.push(part);
      const all = Buffer.concat(parts);
      if (!all.subarray(-4).equals(Buffer.alloc(4))) continue;
      let at = all.indexOf(0) + 1;
      expect(all.subarray(0, at).toString()).toBe('zINSTREAM\0');
      const chunks: Buffer[] = [];
      for (let length = all.readUInt32BE(at); length > 0; length = all.readUInt32BE(at)) {
        chunks.push(all.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
      const bytes = Buffer.concat(chunks);
      heard.push(bytes);
      socket.end(`${answer(bytes)}\0`);
      return;
    }
  }

  const scanner = () =>
    new ClamdScanner({ host: '127.0.0.1', port: (clamd.address() as AddressInfo).port });
  const scan = () => bank.app.get(ScanEvidence).scanAll(scanner());

  test('T-25 what is clean may be opened; what cannot be scanned stays in quarantine', async () => {
    answer = () => 'INSTREAM size limit exceeded. ERROR';
    const bytes = Buffer.concat([PDF, Buffer.from('% scanned\n')]);
    const { body } = await walk.upload('scanned.pdf', bytes);
    const evidence = String(body['evidenceId']);
    await scan();
    expect((await walk.own('GET', `/evidence/${evidence}`)).body).toMatchObject({
      state: 'quarantined',
    });
    heard = [];
    answer = () => 'stream: OK';
    await scan();
    expect(heard.length).toBeGreaterThan(1);
    expect((await walk.own('GET', `/evidence/${evidence}`)).body).toMatchObject({ state: 'clean' });
  });

  test('T-25 infected evidence counts for nothing: it is refused in an answer and stays closed', async () => {
    answer = (bytes) => (bytes.includes('% bad') ? 'stream: Test.Bad FOUND' : 'stream: OK');
    const bytes = Buffer.concat([PDF, Buffer.from('% bad\n')]);
    const evidence = String((await walk.upload('bad.pdf', bytes)).body['evidenceId']);
    await scan();
    expect((await walk.own('GET', `/evidence/${evidence}`)).body).toMatchObject({
      state: 'infected',
    });
    const draft = await walk.begin();
    expect(await walk.putFirst(draft, { evidence: [evidence], version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'evidence_infected', clause: 'RKN-S2' },
    });
  });

  test(
    'RKN-S2/a evidence found infected before the filing leaves its item without evidence',
    async () => {
      const party = new ReviewWalk(bank, aoba);
      const id = await party.begin();
      await party.answer(id);
      const [item] = (await party.asked()).filter(({ family }) => family === 'protection');
      const { body } = await party.upload(
        'late.pdf',
        Buffer.concat([PDF, Buffer.from('% late\n')]),
      );
      await party.answer(id, ({ itemId }) =>
        itemId === item?.itemId ? { evidence: [String(body['evidenceId'])] } : undefined,
      );
      answer = (bytes) => (bytes.includes('% late') ? 'stream: Test.Bad FOUND' : 'stream: OK');
      await scan();
      expect(await party.submit(id)).toMatchObject({
        status: 422,
        body: { code: 'submission_incomplete', facts: { items: [item?.itemId] } },
      });
    },
    LONG_MS,
  );
});
