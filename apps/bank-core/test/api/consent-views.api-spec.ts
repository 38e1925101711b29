import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsentsService } from '../../src/consents/index.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { consents, ConsentWalk, type View } from './consent-walk.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let own: ConsentWalk;

beforeAll(async () => {
  bank = await startBankCore();
  own = new ConsentWalk(bank);
});
afterAll(() => bank.stop());

describe('who may see and change', () => {
  test('T-08 another client’s consent is as one that never was, in every part', async () => {
    const id = await own.consented();
    const unknown = 'cns_01j00000000000000000000000';
    for (const part of ['', '/accounts', '/history']) {
      const [foreign, never] = [
        await bank.call({ path: `${consents}/${id}${part}`, as: aoba }),
        await bank.call({ path: `${consents}/${unknown}${part}`, as: aoba }),
      ];
      expect([foreign.status, foreign.body['code']]).toEqual([404, 'not_found']);
      expect({ ...foreign.body, instance: '' }).toEqual({ ...never.body, instance: '' });
    }
    expect((await bank.call({ path: `/institutions/2951/consents/${id}` })).status).toBe(404);
    const list = await own.list('', aoba);
    expect(list.map(({ consentId }) => consentId)).not.toContain(id);
  });

  test('the pages of the list together are the list, in every state', async () => {
    await own.consented();
    const all = (await own.list('?limit=500')).map(({ consentId }) => consentId);
    const seen: string[] = [];
    let after: unknown = '';
    while (after !== null) {
      const page = await own.get(`?limit=3${after === '' ? '' : `&after=${String(after)}`}`);
      seen.push(...(page['data'] as View[]).map(({ consentId }) => consentId));
      after = page['nextAfter'];
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('the holder’s other choice of accounts is a version, not another consent', async () => {
    const id = await own.consented(undefined, 2);
    const [row] = await bank.admin<{ holder_id: string }>(
      'select holder_id from consent where id = $1',
      [id],
    );
    const before = (await own.get(`/${id}/accounts`))['data'] as { accountId: string }[];
    const [kept, dropped] = before.map(({ accountId }) => accountId);
    const amend = (holderId: string) =>
      bank.database.inInstitution(CHUO, (tx) =>
        bank.app.get(ConsentsService, { strict: false }).amend(tx, {
          institutionId: CHUO,
          consentId: id,
          holderId,
          accountIds: [kept!],
          at: Date.now(),
        }),
      );
    expect((await amend('hld_01j00000000000000000000000')).ok).toBe(false);
    expect((await amend(row!.holder_id)).ok).toBe(true);
    expect((await own.get(`/${id}/accounts`))['data']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          accountId: dropped,
          status: 'removed',
          reason: { code: 'deselected', by: 'customer' },
        }),
      ]),
    );
    expect((await own.changesOf(id))[0]).toBe('amended');
    const gone = await bank.call({
      path: `/institutions/2963/accounts/${dropped}`,
      as: { ...minato, consent: id },
    });
    expect(gone.status).toBe(404);
  });
});
