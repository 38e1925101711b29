import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EraseEvidence } from '../../src/reviews/erase-evidence.job.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aPartner, OwnWalk } from './own-walk.js';
import { officerSends, PDF, ReviewWalk } from './review-walk.js';

const LONG_MS = 240_000;
const YEAR = 366;

let bank: BankCoreUnderTest;
let walk: ReviewWalk;
let own: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank, aoba);
  own = new OwnWalk(bank, aoba);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const file = (name: string) => {
  const bytes = Buffer.concat([PDF, Buffer.from(`% ${name}\n`)]);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const filed = {
    sha256: `sha256:${hash}`,
    name: `${name}.pdf`,
    mediaType: 'application/pdf',
    sizeBytes: bytes.length,
  };
  return { bytes, hash, filed };
};
const proposal = (contractDocument: object) => ({ ...aPartner, contractDocument });

interface Listed {
  readonly actId: string | null;
  readonly sha256: string;
  readonly evidence: Readonly<Record<string, unknown>> | null;
}
async function filesOf(partnerId: string, bankCode = '2963'): Promise<Listed[]> {
  const { body } = await walk.proposer.get(
    `/chain-partners/${partnerId}/files?bankCode=${bankCode}`,
  );
  return body['files'] as Listed[];
}
const open = async (evidenceId: unknown) => {
  const path = `/evidence/${String(evidenceId)}/content?bankCode=2963`;
  const { status, bytes } = await officerSends(bank, walk.proposer, path);
  return { status, bytes };
};

describe('RKN-C1a, T-25 contracts and reports of chain partners as files', () => {
  const contract = file('contract');
  const report = file('report');
  let partner = '';

  test('RKN-C1a a contract that is known by its hash alone is listed without a file', async () => {
    const proposed = await own.post('/chain-partners', proposal(contract.filed));
    partner = String(proposed.body['partnerId']);
    expect(await filesOf(partner)).toEqual([{ actId: null, ...contract.filed, evidence: null }]);
  });

  test('RKN-C1a the same bytes of another intermediary are not this one’s contract', async () => {
    await new ReviewWalk(bank).upload('contract.pdf', contract.bytes);
    expect((await filesOf(partner))[0]?.evidence).toBeNull();
  });

  test('RKN-C1a, T-25 sent as evidence it is the contract, and closed until two people examined it', async () => {
    const { body } = await walk.upload('contract.pdf', contract.bytes);
    const [listed] = await filesOf(partner);
    expect(listed?.evidence).toMatchObject({
      evidenceId: body['evidenceId'],
      sha256: contract.hash,
      state: 'quarantined',
      mayOpen: false,
    });
    expect((await open(body['evidenceId'])).status).toBe(409);
    await walk.take(
      walk.proposer.post(`/evidence/${String(body['evidenceId'])}/releases`, {
        bankCode: '2963',
        sha256: contract.hash,
        examination: '隔離環境で検査した',
      }),
    );
    const opened = await open(body['evidenceId']);
    expect(opened.status).toBe(200);
    expect(opened.bytes.equals(contract.bytes)).toBe(true);
    expect(await bank.admin(`select 1 from record where kind = 'evidence_opened'`)).toHaveLength(1);
  });

  test('RKN-C1b what comes with a report is listed with it', async () => {
    await walk.upload('report.pdf', report.bytes);
    const acts = `/chain-partners/${partner}/acts`;
    const filed = { kind: 'document_filed', text: '年次の報告', documents: [report.filed] };
    const { body } = await own.post(acts, filed);
    const listed = (await filesOf(partner)).find(({ actId }) => actId === body['actId']);
    expect(listed).toMatchObject({ sha256: report.filed.sha256, evidence: { mayOpen: false } });
  });

  test('RKN-C1a the intermediary sees what it has sent, page by page, the newest first', async () => {
    const page = async (query: string) => {
      const { status, body } = await own.get(`/chain-partners/${partner}/files${query}`);
      expect(status).toBe(200);
      return body['files'] as (Listed & { place: string; filedAs: string; filedAt: unknown })[];
    };
    const [newest, oldest, ...more] = await page('');
    expect(more).toEqual([]);
    expect(newest).toMatchObject({
      ...report.filed,
      filedAs: 'document_filed',
      filedAt: expect.stringMatching(/\+09:00$/),
      evidence: { sha256: report.hash, state: 'quarantined', erasedAt: null },
    });
    expect(oldest).toMatchObject({
      ...contract.filed,
      place: 'contract',
      actId: null,
      filedAs: 'contract',
      filedAt: null,
      evidence: { sha256: contract.hash },
    });
    expect(await page('?limit=1')).toEqual([newest]);
    expect(await page(`?limit=1&before=${newest?.place}`)).toEqual([oldest]);
    expect(await page('?before=contract')).toEqual([]);
    expect(await page('?before=doc_01j00000000000000000000000-0')).toEqual([]);
    const filed = file('never-sent').filed;
    const told = { kind: 'document_filed', text: '覚書', documents: [filed, report.filed] };
    await own.post(`/chain-partners/${partner}/acts`, told);
    const [second, first] = await page('?limit=2');
    expect([second?.sha256, first?.sha256]).toEqual([report.filed.sha256, filed.sha256]);
    expect([second?.evidence?.['sha256'], first?.evidence]).toEqual([report.hash, null]);
  });

  test('T-14 another intermediary’s partner has no files, not even those of the same bytes', async () => {
    const others = new OwnWalk(bank);
    for (const id of [partner, 'cp_01j00000000000000000000000', 'cp_unknown'])
      expect(await others.get(`/chain-partners/${id}/files`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
  });

  test('T-14, T-20 an unknown partner has no files, and no institution without an agreement sees one', async () => {
    const unknown = await walk.proposer.get('/chain-partners/cp_unknown/files?bankCode=2963');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'partner_unknown']);
    const [row] = await bank.admin<{ code: string }>(
      `select c.code from institution_code c join institution i on i.id = c.institution_id
       where i.kind = 'credit_cooperative'`,
    );
    await bank.admin(
      `delete from federation.agreement_institution where institution_id in (
         select institution_id from institution_code where code = $1)`,
      [row?.code],
    );
    expect((await filesOf(partner, row?.code)).map(({ evidence }) => evidence)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test(
    'RKN-S2 a contract is kept while it runs, and erased when its term after that is over',
    async () => {
      await walk.daysPass(11 * YEAR);
      await bank.app.get(EraseEvidence).eraseDue();
      const kept = (await filesOf(partner)).map(({ evidence }) => evidence?.['erasedAt']);
      // The third was never sent.
      expect(kept).toEqual([null, null, undefined, null]);
      await own.post(`/chain-partners/${partner}/withdrawals`, {});
      await bank.app.get(EraseEvidence).eraseDue();
      const [listed] = await filesOf(partner);
      expect(listed?.evidence).toMatchObject({ erasedAt: expect.any(String), mayOpen: false });
      expect((await open(listed?.evidence?.['evidenceId'])).status).toBe(410);
    },
    LONG_MS,
  );
});
