import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { FilingsService } from '../../src/reviews/filings.service.js';
import { CONSOLE_ORIGIN, minato, type BankCoreUnderTest } from './bank-core-under-test.js';
import { MeasureWalk } from './measure-walk.js';
import type { OfficerAtWork, StaffAnswer } from './officers.js';

export interface Asked {
  readonly itemId: string;
  readonly wording: string;
  readonly family: string;
  readonly levelRequired: number;
}

type Body = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, unknown>>;
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

/** An intermediary and two officers on their way through RKN-S2 and RKN-S3, over HTTP. */
export class ReviewWalk extends MeasureWalk {
  constructor(
    bank: BankCoreUnderTest,
    party: { client: string; epsp: string; partner: string } = minato,
  ) {
    super(bank, party);
  }

  /** The same officers, who have logged in already. */
  withOfficersOf({ proposer, approver }: ReviewWalk): this {
    return Object.assign(this, { proposer, approver });
  }

  own(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    return this.send(method, path, body && JSON.stringify(body), 'application/json');
  }

  upload(fileName: string, bytes: Buffer, type = 'application/octet-stream'): Promise<Answer> {
    const path = `/evidence?fileName=${encodeURIComponent(fileName)}`;
    return this.send('POST', path, bytes, type);
  }

  /** A file that is taken in; each call makes another one. */
  async evidence(): Promise<string> {
    const bytes = Buffer.concat([PDF, Buffer.from(`% ${randomUUID()}\n`)]);
    const answer = await this.upload('evidence.pdf', bytes);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return String(answer.body['evidenceId']);
  }

  async asked(): Promise<Asked[]> {
    return (await this.own('GET', '/standards')).body['items'] as Asked[];
  }

  async begin(): Promise<string> {
    return String((await this.own('POST', '/submissions')).body['submissionId']);
  }

  /** Answers what is asked as met, with evidence where RKN-S2 wants it; `more` changes single answers. */
  async answer(id: string, more: (item: Asked) => object | undefined = () => ({})): Promise<void> {
    const evidence = await this.evidence();
    const { body } = await this.own('GET', `/submissions/${id}`);
    const kept = body['answers'] as { itemId: string; wording: string; version: number }[];
    for (const item of await this.asked()) {
      const change = more(item);
      if (change === undefined) continue;
      const found = kept.find((one) => one.wording === item.wording);
      const answer = {
        wording: item.wording,
        answer: 'met',
        level: item.levelRequired,
        reason: '',
        measures: '規程と記録で確かめている',
        evidence: item.family === 'protection' ? [evidence] : [],
        version: found?.version ?? 0,
        ...change,
      };
      const put = await this.own('PUT', `/submissions/${id}/answers/${item.itemId}`, answer);
      if (put.status !== 200) throw new Error(JSON.stringify(put.body));
    }
  }

  /** One answer to the first item that is asked; `more` says what is wrong with it. */
  async putFirst(id: string, more: object = {}): Promise<Answer> {
    const [item] = await this.asked();
    return this.own('PUT', `/submissions/${id}/answers/${item?.itemId ?? ''}`, {
      wording: item?.wording,
      answer: 'met',
      level: 2,
      reason: '',
      measures: '',
      evidence: [],
      version: 0,
      ...more,
    });
  }

  submit(id: string, bankCodes: readonly string[] = ['2963']): Promise<Answer> {
    return this.own('POST', `/submissions/${id}/filings`, { bankCodes });
  }

  /** A whole submission that has reached the institutions. */
  async filed(bankCodes: readonly string[] = ['2963']): Promise<string> {
    const id = await this.begin();
    await this.answer(id);
    const filed = await this.submit(id, bankCodes);
    if (filed.status !== 200) throw new Error(JSON.stringify(filed.body));
    return id;
  }

  staff(path: string): string {
    return `/links/${this.party.epsp}/submissions${path}`;
  }

  open(id: string, bankCode = '2963'): Promise<StaffAnswer> {
    return this.proposer.post(this.staff(`/${id}/assessments`), { bankCode });
  }

  proposeAcceptance(id: string, bankCodes: readonly string[] = ['2963']): Promise<StaffAnswer> {
    return this.proposer.post(this.staff(`/${id}/acceptances`), { bankCodes });
  }

  /** Filed, opened and accepted by two people. */
  async accepted(bankCodes: readonly string[] = ['2963']): Promise<string> {
    const id = await this.filed(bankCodes);
    for (const bankCode of bankCodes) await this.open(id, bankCode);
    await this.take(this.proposeAcceptance(id, bankCodes));
    return id;
  }

  async seen(id: string, bankCode = '2963'): Promise<Body> {
    return (await this.proposer.get(this.staff(`/${id}?bankCode=${bankCode}`))).body;
  }

  async review(bankCode = '2963'): Promise<Body> {
    const { body } = await this.own('GET', '/reviews');
    const reviews = body['reviews'] as Body[];
    return reviews.find((one) => one['bankCode'] === bankCode) ?? {};
  }

  /** What a crashed server would have left to its job. */
  resume(): Promise<void> {
    return this.bank.app.get(FilingsService).fileOpen();
  }

  /** The same for what is no JSON, or may be none. */
  async file(
    method: 'GET' | 'PUT',
    path: string,
    bytes?: Buffer,
    type = 'application/octet-stream',
  ) {
    return this.send(method, path, bytes, type);
  }

  private async send(
    method: string,
    path: string,
    payload: string | Buffer | undefined,
    type: string,
  ) {
    const answer = await this.bank.app.inject({
      method: method as 'POST',
      url: `/internal/v1/participants/self/security${path}`,
      headers: {
        'x-fapi-interaction-id': randomUUID(),
        'x-renkei-client': this.party.client,
        'x-renkei-idempotency-key': randomUUID(),
        'x-renkei-epsp': this.party.epsp,
        'x-renkei-chain-partner': 'none',
        ...(payload === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    const body = (isJson ? JSON.parse(answer.body) : {}) as Body;
    const { rawPayload: bytes, headers } = answer;
    return { status: answer.statusCode, body, headers, bytes };
  }
}

/** Sends a file as an officer does, and reads one without taking it for JSON. */
export async function officerSends(
  bank: BankCoreUnderTest,
  officer: OfficerAtWork,
  path: string,
  payload?: Buffer,
): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; bytes: Buffer }> {
  const answer = await bank.app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/staff/v1${path}`,
    headers: {
      origin: CONSOLE_ORIGIN,
      cookie: officer.sessionCookie,
      ...(payload ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
}

/** A ZIP with these parts; `claims` is the unpacked size that its directory claims for each. */
export function zipOf(parts: Readonly<Record<string, string>>, claims?: number): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(Buffer.from(text));
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claims ?? text.length, 8);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length);
    const fixed = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
    const where = Buffer.alloc(4);
    where.writeUInt32LE(at);
    const part = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      fixed,
      sizes,
      lengths,
      Buffer.from(name),
      packed,
    ]);
    directory.push(
      Buffer.from('PK\x01\x02'),
      Buffer.from([20, 0]),
      fixed,
      sizes,
      lengths,
      Buffer.alloc(10),
      where,
      Buffer.from(name),
    );
    local.push(part);
    at += part.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, listed, end]);
}
