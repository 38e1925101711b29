import { randomUUID } from 'node:crypto';
import { minato, type BankCoreUnderTest } from './bank-core-under-test.js';

export interface OwnAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly replayed: unknown;
}

/** A chain partner as its intermediary proposes it, but for the file of its contract. */
export const aPartner = {
  nameJa: 'かもめ家計',
  nameKana: 'カモメカケイ',
  nameEn: 'Kamome Kakei',
  legalBasis: '電子決済等代行業再委託者',
  legalBasisKind: 'banking_act_resubcontractor',
  standsBeforeEpsp: true,
  contractFrom: '2026-01-01',
  directions: ['INFO_OUT'],
  functions: ['accounts_read'],
  purpose: '家計簿への表示',
  method: '代行業者のAPIによる伝達',
};

/** An intermediary at its own affairs, as the gateway calls for it. */
export class OwnWalk {
  constructor(
    private readonly bank: BankCoreUnderTest,
    private readonly party: { readonly client: string; readonly epsp: string } = minato,
  ) {}

  get(path: string): Promise<OwnAnswer> {
    return this.send('GET', path);
  }

  post(path: string, body: object, key: string = randomUUID()): Promise<OwnAnswer> {
    return this.send('POST', path, body, key);
  }

  patch(path: string, body: object): Promise<OwnAnswer> {
    return this.send('PATCH', path, body);
  }

  private async send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
    key?: string,
  ): Promise<OwnAnswer> {
    const answer = await this.bank.app.inject({
      method,
      url: `/internal/v1/participants/self${path}`,
      headers: {
        'x-fapi-interaction-id': randomUUID(),
        'x-renkei-client': this.party.client,
        'x-renkei-epsp': this.party.epsp,
        'x-renkei-chain-partner': 'none',
        ...(key ? { 'x-renkei-idempotency-key': key } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
    const parsed = answer.body === '' ? {} : (JSON.parse(answer.body) as OwnAnswer['body']);
    return {
      status: answer.statusCode,
      body: parsed,
      replayed: answer.headers['idempotency-replayed'],
    };
  }
}
