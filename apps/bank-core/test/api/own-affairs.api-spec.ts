import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';

let bank: BankCoreUnderTest;

beforeAll(async () => {
  bank = await startBankCore();
});
afterAll(() => bank.stop());

const SELF = '/internal/v1/participants/self';

async function send(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  options: { body?: object; key?: string; as?: { client: string; epsp: string } } = {},
) {
  const { client, epsp } = options.as ?? minato;
  const answer = await bank.app.inject({
    method,
    url: `${SELF}${path}`,
    headers: {
      'x-fapi-interaction-id': randomUUID(),
      'x-renkei-client': client,
      'x-renkei-epsp': epsp,
      'x-renkei-chain-partner': 'none',
      ...(options.key ? { 'x-renkei-idempotency-key': options.key } : {}),
      ...(options.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(options.body ? { payload: JSON.stringify(options.body) } : {}),
  });
  const body = JSON.parse(answer.body) as Record<string, unknown>;
  return { status: answer.statusCode, body, replayed: answer.headers['idempotency-replayed'] };
}

const proposal = {
  nameJa: 'かもめ家計',
  nameKana: 'カモメカケイ',
  nameEn: 'Kamome Kakei',
  legalBasis: '電子決済等代行業再委託者',
  contractFrom: '2026-01-01',
  directions: ['INFO_OUT'],
  functions: ['accounts_read', 'balances_read'],
};
const propose = (over: object = {}, key: string = randomUUID(), as = minato) =>
  send('POST', '/chain-partners', { body: { ...proposal, ...over }, key, as });
const partnersOf = async (as = minato) =>
  (await send('GET', '/chain-partners', { as })).body['data'] as {
    chainPartnerId: string;
    status: string;
  }[];

describe('an intermediary’s chain partners', () => {
  test('RKN-C1a/a a proposal waits for people: it is its own list’s and nobody’s traffic', async () => {
    const { status, body } = await propose();
    const partnerId = String(body['partnerId']);
    expect([status, partnerId]).toEqual([201, expect.stringMatching(/^cp_/)]);
    expect(await partnersOf()).toEqual([
      expect.objectContaining({ chainPartnerId: partnerId, status: 'proposed', contractTo: null }),
    ]);
    const catalogue = await bank.call({ path: '/catalogue' });
    expect(JSON.stringify(catalogue.body)).not.toContain(partnerId);
    const pushed = await bank.call({
      method: 'POST',
      path: '/institutions/2963/transfer-quotes',
      as: { partner: partnerId },
      body: {
        debitBranchCode: '001',
        creditor: {
          bankCode: '0001',
          branchCode: '001',
          accountType: '1',
          accountNumber: '1234567',
        },
        amountYen: '1',
      },
    });
    expect([pushed.status, pushed.body['code']]).toEqual([403, 'chain_partner_unknown']);
  });

  test('B-6 proposed twice with one key it is proposed once', async () => {
    const before = (await partnersOf()).length;
    const key = randomUUID();
    const [first, again] = [await propose({}, key), await propose({}, key)];
    expect([again.replayed, again.body]).toEqual(['true', first.body]);
    expect((await partnersOf()).length).toBe(before + 1);
    expect(await propose({ nameEn: 'Other' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('RKN-C2b/b a proposal is withdrawn, a connection stopped; both once and for good', async () => {
    const { body } = await propose();
    const own = `/chain-partners/${String(body['partnerId'])}/withdrawals`;
    expect((await send('POST', own)).body).toEqual({ status: 'withdrawn' });
    expect((await send('POST', own)).body).toEqual({ status: 'withdrawn' });
    const kodama = '/chain-partners/cp_01j0000000000000000000kdma/withdrawals';
    expect((await send('POST', kodama, { as: aoba })).body).toEqual({ status: 'stopped' });
    const used = await bank.call({
      method: 'POST',
      path: '/institutions/2963/transfer-quotes',
      as: { ...aoba, partner: 'cp_01j0000000000000000000kdma' },
      body: {
        debitBranchCode: '001',
        creditor: {
          bankCode: '0001',
          branchCode: '001',
          accountType: '1',
          accountNumber: '1234567',
        },
        amountYen: '1',
      },
    });
    expect([used.status, used.body['code']]).toEqual([403, 'chain_partner_stopped']);
    const kinds = await bank.admin<{ n: string }>(
      `select count(*) as n from record where kind = 'chain_partner_withdrawn'`,
    );
    expect(kinds[0]?.n).toBe('2');
  });

  test('RKN-C1a a proposal is corrected: the whole is checked anew, once for each version', async () => {
    const { body } = await propose({ contractTo: '2027-03-31' });
    const one = `/chain-partners/${String(body['partnerId'])}`;
    const change = (version: number, over: object) =>
      send('PATCH', one, { body: { version, ...over } });
    const better = { nameJa: 'かもめ帳簿', functions: ['accounts_read'], purpose: '家計簿\n表示' };
    expect(await change(1, better)).toMatchObject({
      status: 200,
      body: { ...better, nameEn: proposal.nameEn, contractTo: '2027-03-31', version: 2 },
    });
    // Sent again from what is read now it says nothing new; who has read less is told so.
    expect((await change(2, better)).body).toMatchObject({ ...better, version: 2 });
    expect(await change(1, better)).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
    expect((await change(2, { contractTo: null })).body).toMatchObject({
      contractTo: null,
      version: 3,
    });
    for (const [over, code] of [
      [{ contractTo: '2025-12-31' }, 'contract_period_wrong'],
      [{ functions: ['transfer_initiation'] }, 'functions_and_directions_differ'],
      [
        { legalBasisKind: 'technical_subcontractor', standsBeforeEpsp: true },
        'not_a_chain_partner',
      ],
    ] as const)
      expect(await change(3, over)).toMatchObject({ status: 422, body: { code } });
    for (const over of [
      { nameJa: null },
      { services: null },
      { nameJa: 'か\u202Eもめ' },
      { id: 'x' },
    ])
      expect((await change(3, over)).status).toBe(400);
    const listed = (await partnersOf()).find(({ chainPartnerId }) => one.endsWith(chainPartnerId));
    expect(listed).toMatchObject({ ...better, contractTo: null, status: 'proposed', version: 3 });
    const noted = await bank.admin<{ version: number }>(
      `select (content->>'version')::int as version from record
       where kind = 'chain_partner_changed' and content->>'partnerId' = $1 order by id`,
      [body['partnerId']],
    );
    expect(noted.map(({ version }) => version)).toEqual([2, 3]);
  });

  test('RKN-C1a of two corrections of one version one is made', async () => {
    const { body } = await propose();
    const one = `/chain-partners/${String(body['partnerId'])}`;
    const all = await Promise.all(
      ['A', 'B', 'C'].map((nameEn) => send('PATCH', one, { body: { version: 1, nameEn } })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('RKN-C1a what is contracted, stopped or withdrawn is no proposal any more', async () => {
    const { body } = await propose();
    const own = `/chain-partners/${String(body['partnerId'])}`;
    await send('POST', `${own}/withdrawals`);
    const correction = { body: { version: 1, nameEn: 'Another' } };
    for (const [path, as] of [
      [own, minato],
      ['/chain-partners/cp_01j0000000000000000000tsbm', aoba],
      ['/chain-partners/cp_01j0000000000000000000kdma', aoba],
    ] as const)
      expect(await send('PATCH', path, { ...correction, as })).toMatchObject({
        status: 409,
        body: { code: 'proposal_closed', clause: 'RKN-C1a' },
      });
    // The tables hold to it whoever asks.
    await expect(
      bank.admin(
        `update federation.chain_partner set name_en = 'Another', version = 2
         where id = 'cp_01j0000000000000000000tsbm'`,
      ),
    ).rejects.toThrow('is no proposal');
  });

  test('T-14 another intermediary’s partner is neither listed nor changed nor withdrawn', async () => {
    const tsubame = 'cp_01j0000000000000000000tsbm';
    const changed = await send('PATCH', `/chain-partners/${tsubame}`, {
      body: { version: 1, nameEn: 'Mine' },
    });
    expect([changed.status, changed.body['code']]).toEqual([404, 'not_found']);
    expect((await partnersOf()).map((one) => one.chainPartnerId)).not.toContain(tsubame);
    const withdrawn = await send('POST', `/chain-partners/${tsubame}/withdrawals`);
    expect([withdrawn.status, withdrawn.body['code']]).toEqual([404, 'not_found']);
  });

  test.each([
    ['RKN-C1a', { contractTo: '2025-12-31' }, 'contract_period_wrong'],
    ['RKN-C1a', { functions: ['transfer_initiation'] }, 'functions_and_directions_differ'],
  ])('%s is refused with %j', async (clause, over, code) => {
    expect(await propose(over)).toMatchObject({ status: 422, body: { code, clause } });
  });

  test('T-07 a name with a hidden or turning character is no name', async () => {
    for (const nameJa of ['か\u202Eもめ', 'か\u200Bもめ', 'か\nもめ', ''])
      expect((await propose({ nameJa })).status).toBe(400);
  });
});

describe('where notices reach an intermediary', () => {
  const desk = (over: object) => send('POST', '/desk', { body: over });

  test('what was read is changed; who read an older version is told so', async () => {
    const { body } = await send('GET', '');
    expect(body).toMatchObject({
      epspId: minato.epsp,
      status: 'active',
      desk: { noticeMail: null, version: 0 },
    });
    const first = { noticeMail: 'desk@minato.example', noticePhone: null, version: 0 };
    expect((await desk(first)).body).toMatchObject({ version: 1 });
    expect(await desk(first)).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect((await desk({ ...first, version: 1, noticePhone: '0120-000-901' })).body).toMatchObject({
      version: 2,
    });
    expect(await desk({ ...first, version: 7 })).toMatchObject({ status: 412 });
  });

  test('of two changes at once one is made', async () => {
    const as = aoba;
    const all = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        send('POST', '/desk', {
          as,
          body: { noticeMail: `${name}@aoba.example`, noticePhone: null, version: 0 },
        }),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('T-30 the record says that it changed, and not to what', async () => {
    const rows = await bank.admin<{ content: object }>(
      `select content from record where kind = 'participant_desk_changed'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('@');
  });
});

describe('what an institution publishes', () => {
  const notices = async (bankCode: string) => {
    const answer = await bank.app.inject({ url: `/public/v1/notices/${bankCode}` });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
  };
  const agreementsAt = async (bankCode: string) =>
    (await notices(bankCode)).body['agreements'] as { epspId: string; version: number }[];

  test('RKN-0.1/a with whom, since when, and all three headings with their clauses, to everybody', async () => {
    const { status, body } = await notices('2963');
    expect([status, body['bankCode']]).toEqual([200, '2963']);
    expect(await agreementsAt('2963')).toContainEqual(
      expect.objectContaining({ epspId: minato.epsp, effectiveFrom: '2024-04-01', version: 1 }),
    );
    const sections = body['sections'] as { heading: string; clauses: { id: string }[] }[];
    expect(sections.map(({ heading, clauses }) => [heading, clauses[0]?.id])).toEqual([
      ['loss_sharing', 'RKN-L1a'],
      ['user_information', 'RKN-S1'],
      ['chain_connection', 'RKN-C1a'],
    ]);
    expect((await notices('9999')).status).toBe(404);
  });

  test('RKN-0.1/b a version to come changes nothing until its day', async () => {
    const put = (id: string, from: string) =>
      bank.admin(
        `with made as (insert into federation.agreement (id, intermediary_id, version, effective_from)
           values ($1, $2, 9, $3) returning id)
         insert into federation.agreement_institution (agreement_id, institution_id, covered_from)
           select id, 4, $3 from made`,
        [id, minato.epsp, from],
      );
    const versionOf = async () =>
      (await agreementsAt('2963')).find(({ epspId }) => epspId === minato.epsp)?.version;
    await put('agr_01j000000000000000000next', '2099-01-01');
    expect(await versionOf()).toBe(1);
    await bank.admin(
      `update federation.agreement set effective_from = '2026-01-01' where version = 9`,
    );
    // A bank that assents later is bound later (RKN-0.2).
    expect(await versionOf()).toBe(1);
    await bank.admin(
      `update federation.agreement_institution set covered_from = '2026-01-01'
       where covered_from = '2099-01-01'`,
    );
    expect(await versionOf()).toBe(9);
  });

  test('RKN-0.2 an institution that an agreement leaves out does not name it', async () => {
    const hikari = 'epsp_01j0000000000000000000hkra';
    expect((await agreementsAt('2997')).map(({ epspId }) => epspId)).not.toContain(hikari);
    expect((await agreementsAt('2963')).map(({ epspId }) => epspId)).toContain(hikari);
  });
});
