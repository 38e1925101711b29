import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEMAND, LETTER, LETTER_BYTES, NOTICE, STATEMENT } from './fake-own-affairs.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  own = await minato.ownToken('participants');
});
afterAll(() => gateway.stop());

const ME = '/v1/participants/me';
const get = (path: string, token = own) => minato.call(`${ME}${path}`, token);
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  minato.call(`${ME}${path}`, own, { method: 'POST', body, headers });
const reply = { kind: 'improvement_reported', text: '直しました。', evidence: ['file-1'] };
const replies = `/improvement-demands/${DEMAND}/replies`;

describe('own affairs at the gateway, with a bank that answers as its contract says', () => {
  test('RKN-S4a what is due first stands on top, what has no day comes last', async () => {
    const { body } = await get('/duties');
    expect((body['data'] as { clause: string }[]).map(({ clause }) => clause)).toEqual([
      'RKN-S4a',
      'RKN-S3b',
    ]);
  });

  test('RKN-S4a a letter is passed on byte for byte, as a download', async () => {
    const path = `${ME}/letters/${LETTER}`;
    const answer = await minato.call(path, own);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(answer.headers.get('content-length')).toBe(String(LETTER_BYTES.length));
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('RKN-S4a HEAD asks the bank for nothing: a letter that stays here has not arrived', async () => {
    const before = gateway.bank.callsTo('letters/').length;
    const answer = await minato.call(`${ME}/letters/${LETTER}`, own, { method: 'HEAD' });
    expect([answer.status, gateway.bank.callsTo('letters/').length]).toEqual([404, before]);
  });

  test('RKN-S4a pages follow each other without a gap, and the bank is asked for one more', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${ME}/letters?limit=2`;
    while (next !== undefined) {
      const { body }: { body: Record<string, unknown> } = await minato.call(next, own);
      seen.push(...(body['data'] as { documentId: string }[]).map((one) => one.documentId));
      next = (body['links'] as { next?: string }).next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
    const lists = gateway.bank.calls.filter(({ path }) => path === 'participants/self/letters');
    expect(new Set(lists.map(({ query }) => query.get('limit')))).toEqual(new Set(['3']));
    expect(await get('/letters?cursor=AAAA.BBBB')).toMatchObject({
      status: 400,
      body: { code: 'list_cursor_invalid' },
    });
  });

  test('B-6 a reply without a key is refused before the bank is asked; with one the key goes along', async () => {
    expect(await post(replies, reply)).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_missing' },
    });
    expect(gateway.bank.callsTo('replies')).toEqual([]);
    const done = await post(replies, reply, { 'idempotency-key': 'reply-1' });
    expect(done).toMatchObject({ status: 201, body: { state: 'REPORTED' } });
    const [call] = gateway.bank.callsTo('replies');
    expect(call?.headers['x-renkei-idempotency-key']).toBe('reply-1');
    // Own affairs are the intermediary's alone, whatever a header says.
    expect(call?.headers['x-renkei-chain-partner']).toBe('none');
    expect(call?.body).toEqual({ ...reply, demandId: DEMAND });
  });

  test('RKN-S4c a view on a notice goes along with its key; a wrong name is nothing', async () => {
    const said = { text: '対象の項目は10月に改めています。', evidence: ['review-10.pdf'] };
    const path = `/notices/${NOTICE}/statements`;
    expect((await post(path, said)).body['code']).toBe('idempotency_key_missing');
    const done = await post(path, said, { 'idempotency-key': 'view-1' });
    expect(done).toMatchObject({ status: 201, body: { statementId: STATEMENT } });
    const [call] = gateway.bank.callsTo('statements');
    expect(call?.headers['x-renkei-idempotency-key']).toBe('view-1');
    expect(call?.body).toEqual(said);
    const wrong = await post('/notices/dem_1/statements', said, { 'idempotency-key': 'view-2' });
    expect([wrong.status, gateway.bank.callsTo('statements').length]).toEqual([404, 1]);
    for (const [code, status] of [
      ['event_late', 409] as const,
      ['statements_exhausted', 409] as const,
    ]) {
      gateway.bank.refusals.set('statements', { status: 409, code });
      const refused = await post(path, said, { 'idempotency-key': `view-${code}` });
      gateway.bank.refusals.delete('statements');
      expect([refused.status, refused.body['code']]).toEqual([status, code]);
    }
  });

  test('RKN-S4b how demands ended is a list of pages, the last to end first', async () => {
    const first = await get('/closed-demands?limit=2');
    const abouts = ({ body }: typeof first) =>
      (body['data'] as { about: string; key?: string }[]).map(({ about, key }) => [about, key]);
    expect(abouts(first)).toEqual([
      [`dem_${'0'.repeat(25)}3`, undefined],
      [`dem_${'0'.repeat(25)}2`, undefined],
    ]);
    const { next } = first.body['links'] as { next: string };
    const second = await minato.call(next, own);
    expect(abouts(second)).toEqual([[`dem_${'0'.repeat(25)}1`, undefined]]);
    expect(second.body['meta'] as object).toMatchObject({ hasMore: false });
  });

  test('D.6 every wrong member is told at once, and members that nobody knows are refused', async () => {
    const wrong = { kind: 'partner_stopped', text: '', evidence: [1], more: true };
    const { status, body } = await post(replies, wrong, { 'idempotency-key': 'reply-2' });
    const pointers = (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
    for (const member of ['kind', 'text', 'evidence', 'more'])
      expect(pointers.some((pointer) => pointer.includes(member))).toBe(true);
  });

  test.each([undefined, null, [], 'x', {}])(
    'D.6 %p is no amount: refused before the bank is asked',
    async (amount) => {
      const payments = '/compensation-cases/case_01j00000000000000000000000/payments';
      const paidAt = '2026-11-20T10:00:00+09:00';
      const payment = { id: 'payment-1', amount, paidAt, agreementClause: '第12条' };
      const { status, body } = await post(payments, payment, { 'idempotency-key': 'payment-1' });
      expect([status, body['code']]).toEqual([400, 'validation_failed']);
      expect(gateway.bank.callsTo('payments')).toEqual([]);
    },
  );

  test('T-32 words with control characters are nobody’s; several lines are welcome', async () => {
    const bell = { ...reply, text: 'done\u0007' };
    expect((await post(replies, bell, { 'idempotency-key': 'reply-3' })).status).toBe(400);
    const lines = { ...reply, text: 'one\ntwo' };
    expect((await post(replies, lines, { 'idempotency-key': 'reply-4' })).status).toBe(201);
  });

  test.each([
    ['event_out_of_order', 409, 'RKN-S4a'],
    ['another_demand', 409, 'RKN-S4a'],
    ['parameter_unset', 503, 'RKN-S4a'],
  ])(
    'RKN-S4a the bank’s %s is told as %i with its clause, in both languages',
    async (code, status, clause) => {
      gateway.bank.refusals.set('replies', { status: 409, code, clause });
      const answer = await post(replies, reply, { 'idempotency-key': `reply-${code}` });
      gateway.bank.refusals.delete('replies');
      expect(answer).toMatchObject({
        status,
        body: {
          code,
          clause,
          detail_ja: expect.stringMatching(/[ぁ-ん]/),
          detail_en: expect.any(String),
        },
      });
    },
  );

  test('T-03 a letter that is no answer of bank-core’s kind is not passed on', async () => {
    gateway.bank.refusals.set('letters/', 'garbage');
    const answer = await get(`/letters/${LETTER}`);
    gateway.bank.refusals.delete('letters/');
    expect(answer).toMatchObject({ status: 503, body: { code: 'core_unavailable' } });
  });

  test('T-08 a token of another scope opens nothing of it', async () => {
    const events = await minato.ownToken('transfers:status');
    for (const path of ['/duties', '/letters', `/letters/${LETTER}`, '/compensation-cases'])
      expect([path, (await get(path, events)).status]).toEqual([path, 403]);
  });

  test('T-20 another intermediary has its own affairs, and none of these', async () => {
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    const token = await aoba.ownToken('participants');
    for (const path of ['/improvement-demands', '/letters', '/duties'])
      expect((await aoba.call(`${ME}${path}`, token)).body['data']).toEqual([]);
    for (const path of [`/letters/${LETTER}`, `/improvement-demands/${DEMAND}`])
      expect((await aoba.call(`${ME}${path}`, token)).status).toBe(404);
  });
});
