import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dataOf, ME, ownAffairsOf, refusal, type OwnParty } from './own-party.js';
import type { ConsoleOfficers } from './console-officers.js';
import { AOBA, Scene, TSUBAME } from './scene.js';

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

describe('RKN-0 agreements, and the way to a connection', () => {
  test('RKN-0.2 an intermediary sees its own agreements, by version, with whom they cover', async () => {
    const mine = dataOf(await minato.get('/agreements'));
    expect(mine.length).toBeGreaterThan(0);
    const coverage = mine.flatMap((one) => one['coverage'] as { bankCode: string }[]);
    expect(coverage.map(({ bankCode }) => bankCode)).toContain(BANK);
    const theirs = dataOf(await aoba.get('/agreements')).map((one) => one['agreementId']);
    expect(mine.filter((one) => theirs.includes(one['agreementId']))).toEqual([]);
  });

  test('B-9 an application shows whose move it is; it is another’s to nobody else', async () => {
    const key = randomUUID();
    const purpose = { purpose: '家計簿への残高の取込み' };
    const opened = await minato.post('/onboardings', purpose, key);
    const id = String(opened.body['onboardingId']);
    expect([opened.status, opened.headers.get('location')]).toEqual([
      201,
      `${ME}/onboardings/${id}`,
    ]);
    const again = await minato.post('/onboardings', purpose, key);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([opened.body, 'true']);
    const stepOf = async () => {
      const { body } = await minato.get(`/onboardings/${id}`);
      const steps = body['steps'] as Record<string, unknown>[];
      return steps.find(({ step }) => step === 'organisation');
    };
    expect(await stepOf()).toMatchObject({ state: 'open', owner: 'intermediary' });
    const move = { act: 'submitted', step: 'organisation', note: '会社案内です。' };
    expect((await minato.post(`/onboardings/${id}/moves`, move)).status).toBe(201);
    expect(await stepOf()).toMatchObject({ state: 'submitted', owner: 'bank' });
    expect(refusal(await minato.post(`/onboardings/${id}/moves`, move))).toEqual([
      409,
      'step_not_open',
    ]);
    expect(refusal(await aoba.get(`/onboardings/${id}`))).toEqual([404, 'not_found']);
    expect(refusal(await aoba.post(`/onboardings/${id}/moves`, move))).toEqual([404, 'not_found']);
  });
});

describe('RKN-C1 what an intermediary asks of its partner and reports of it', () => {
  const partner = `/chain-partners/${TSUBAME}`;
  const told = async (body: object) => {
    const answer = await aoba.post(`${partner}/reports`, body);
    const at = answer.body['told'] as Record<string, unknown>[] | undefined;
    return [answer.status, at?.find(({ bankCode }) => bankCode === BANK)?.['state']];
  };

  test('RKN-C1a a contract is filed by its hash; the bytes stay with the intermediary', async () => {
    const sha256 = `sha256:${createHash('sha256').update('契約書').digest('hex')}`;
    const file = { sha256, name: '連鎖接続契約書.pdf', mediaType: 'application/pdf', sizeBytes: 9 };
    const filed = await aoba.post(`${partner}/documents`, { text: '契約書', documents: [file] });
    expect([filed.status, filed.body['told']]).toEqual([201, expect.any(Array)]);
    const { body } = await aoba.get(`${partner}/reports`);
    expect(body['acts']).toContainEqual(
      expect.objectContaining({ kind: 'document_filed', documents: [file] }),
    );
  });

  test('RKN-C1a what was filed is a list, page by page, with what became of the bytes', async () => {
    const bytes = Buffer.from(`覚書 ${randomUUID()}\n`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = {
      sha256: `sha256:${sha256}`,
      name: '覚書.txt',
      mediaType: 'text/plain',
      sizeBytes: bytes.length,
    };
    const sent = { text: '覚書', documents: [file] };
    const { body: act } = await aoba.post(`${partner}/documents`, sent);
    const newest = async () => {
      const { status, body } = await aoba.get(`${partner}/documents?limit=1`);
      const [one] = body['data'] as Record<string, unknown>[];
      return { status, one, next: (body['links'] as { next?: string }).next };
    };
    const first = await newest();
    expect(first).toMatchObject({
      status: 200,
      one: { ...file, actId: act['actId'], filedAs: 'document_filed', evidence: null },
    });
    await aoba.software.sendFile(aoba.token, `${ME}/evidence`, bytes, {
      'x-file-name': 'memo.txt',
    });
    expect((await newest()).one).toMatchObject({ evidence: { sha256, state: 'quarantined' } });
    const url = new URL(String(first.next), 'https://gateway.example');
    const query = Object.fromEntries(url.searchParams);
    const rest = await aoba.software.get(aoba.token, url.pathname, query);
    expect(JSON.stringify(rest.body['data'])).not.toContain(sha256);
    // The cursor of one partner's list opens no other.
    const other = url.pathname.replace(TSUBAME, 'cp_01j0000000000000000000kdma');
    expect(refusal(await aoba.software.get(aoba.token, other, query))).toEqual([
      400,
      'list_cursor_invalid',
    ]);
  });

  test('RKN-C1b, RKN-C1c, RKN-C1d request, report, guidance, outcome and result reach the banks', async () => {
    const dueOn = '2099-12-31';
    expect(await told({ kind: 'report_requested', text: '権限の状況', dueOn })).toEqual([
      201,
      'REPORT_DUE',
    ]);
    expect((await told({ kind: 'partner_reported', text: '手順が守られていない' }))[0]).toBe(201);
    const guidance = {
      kind: 'guidance_given',
      text: '手順の不備',
      instruction: '改めること',
      dueOn,
    };
    expect(await told(guidance)).toEqual([201, 'GUIDED']);
    expect(await told({ kind: 'guidance_concluded', text: '改められた' })).toEqual([
      201,
      'IMPROVED',
    ]);
    expect((await told({ kind: 'result_reported', text: '報告します' }))[0]).toBe(201);
    const timeline = await officers.get(`/links/${AOBA}/timeline?bankCode=${BANK}`);
    const seen = JSON.stringify(timeline.body);
    for (const what of ['report_requested', 'guidance_given', 'result_reported'])
      expect(seen).toContain(what);
    const { body } = await aoba.get(`${partner}/reports`);
    const kinds = (body['acts'] as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['guidance_concluded', 'result_reported']));
  });

  test('T-14 another intermediary’s partner is as unknown as none', async () => {
    const report = { kind: 'partner_reported', text: 'x' };
    expect(refusal(await minato.get(`${partner}/reports`))).toEqual([404, 'not_found']);
    expect(refusal(await minato.get(`${partner}/documents`))).toEqual([404, 'not_found']);
    expect(refusal(await minato.post(`${partner}/reports`, report))).toEqual([404, 'not_found']);
  });
});

describe('RKN-S2, T-25 evidence and checklists', () => {
  const upload = (party: OwnParty, bytes: string, name: string, type?: string) =>
    party.software.sendFile(party.token, `${ME}/evidence`, Buffer.from(bytes), {
      'x-file-name': encodeURIComponent(name),
      ...(type ? { 'content-type': type } : {}),
    });

  test('T-25 a file is judged by its content, closed until examined, and one however often it is sent', async () => {
    const content = `点検の記録 ${randomUUID()}\n`;
    const sent = await upload(minato, content, '点検の記録.txt');
    expect(sent).toMatchObject({
      status: 200,
      body: { fileName: '点検の記録.txt', mediaType: 'text/plain', state: 'quarantined' },
    });
    const again = await upload(minato, content, '点検の記録.txt');
    expect(again.body['evidenceId']).toBe(sent.body['evidenceId']);
    const id = String(sent.body['evidenceId']);
    expect((await minato.get(`/evidence/${id}`)).body).toMatchObject({ evidenceId: id });
    expect(refusal(await aoba.get(`/evidence/${id}`))).toEqual([404, 'evidence_unknown']);
    expect(JSON.stringify((await aoba.get('/evidence')).body)).not.toContain(id);
  });

  test('T-25 a page, an empty file, a wrong type and a file that is too large are refused', async () => {
    const page = '<!doctype html><script>alert(1)</script>';
    for (const [bytes, name, status, code] of [
      [page, 'policy.txt', 415, 'file_type_refused'],
      ['', 'policy.txt', 422, 'file_empty'],
      ['x'.repeat(10 * 1024 * 1024 + 1), 'policy.txt', 413, 'file_too_large'],
      ['text', 'policy.pdf', 415, 'file_type_refused'],
    ] as const)
      expect([name, ...refusal(await upload(minato, bytes, name))]).toEqual([name, status, code]);
    const json = await upload(minato, '{}', 'policy.txt', 'application/json');
    expect(refusal(json)).toEqual([415, 'media_type_not_supported']);
  });

  test('T-25 no other endpoint takes a file', async () => {
    const path = `${ME}/compensation-cases`;
    const answer = await minato.software.sendFile(minato.token, path, Buffer.from('{}'), {
      'idempotency-key': randomUUID(),
    });
    expect(refusal(answer)).toEqual([415, 'media_type_not_supported']);
  });

  test('RKN-S3a a draft begun twice is one, answered one by one or as a table; another’s is unknown', async () => {
    const [first, again] = [
      await minato.post('/checklists', {}),
      await minato.post('/checklists', {}),
    ];
    const id = String(first.body['checklistId']);
    expect([first.status, again.body['checklistId']]).toEqual([200, id]);
    expect((await minato.get(`/checklists/${id}`)).body).toMatchObject({ submittedAt: null });
    const given = {
      wording: `sha256:${'0'.repeat(64)}`,
      answer: 'met',
      level: 3,
      reason: '',
      measures: '実施しています。',
      evidence: [],
      version: 0,
    };
    const put = (party: OwnParty) =>
      party.ask('PUT', `/checklists/${id}/answers/99.9`, { body: given });
    expect(refusal(await put(minato))).toEqual([422, 'item_unknown']);
    expect(refusal(await put(aoba))).toEqual([404, 'submission_unknown']);
    expect(refusal(await aoba.get(`/checklists/${id}`))).toEqual([404, 'submission_unknown']);
    expect(refusal(await aoba.get(`/checklists/${id}/comments?bankCode=${BANK}`))).toEqual([
      404,
      'submission_unknown',
    ]);
    const path = `/checklists/${id}/answers`;
    const form = await minato.get(path);
    expect([form.status, form.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8',
    ]);
    const bring = (party: OwnParty, table: string | Buffer) =>
      party.software.sendFile(party.token, `${ME}${path}`, Buffer.from(table), {}, 'PUT');
    expect(await bring(minato, form.bytes)).toMatchObject({ status: 200, body: { changed: 0 } });
    const [heading = '', line = ''] = form.bytes.toString('utf8').split('\r\n');
    const filled = (level: string) =>
      `${heading}\r\n${line.replace(/,{8}0$/, `,partly,${level},no,2099-03-31,,,,0`)}\r\n`;
    const refused = await bring(minato, filled('9'));
    expect([refusal(refused), refused.body['facts']]).toMatchObject([
      [422, 'answers_refused'],
      { wrong: 1, lines: ['1 level cell_wrong'], linesEn: [expect.stringContaining('Row 1')] },
    ]);
    expect(await bring(minato, filled('1'))).toMatchObject({ status: 200, body: { changed: 1 } });
    expect((await minato.get(`/checklists/${id}`)).body['answers']).toMatchObject([
      { answer: 'partly', level: 1, plannedOn: '2099-03-31' },
    ]);
    expect(refusal(await bring(aoba, form.bytes))).toEqual([404, 'submission_unknown']);
    expect(refusal(await aoba.get(path))).toEqual([404, 'submission_unknown']);
    const reviews = dataOf(await minato.get('/reviews'));
    expect(reviews.find(({ bankCode }) => bankCode === BANK)).toMatchObject({
      state: 'NO_CHECKLIST',
      duties: [{ clause: 'RKN-S3a' }],
    });
  });
});
