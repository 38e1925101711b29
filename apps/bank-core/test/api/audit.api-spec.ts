import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { operationsOf, readOpenApi } from '../../../../tools/campaigns/fuzz/operations.js';
import { exportAll } from '../../../../tools/audit/export.js';
import { verifyExport, type AuditVerdict } from '../../../../tools/audit/verify.js';
import { PostingRelay } from '../../src/accounts/index.js';
import { DigestsService } from '../../src/audit/index.js';
import { InstitutionsService } from '../../src/institutions/index.js';
import { RecordsService } from '../../src/records/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { officerAtWork, type OfficerAtWork } from './officers.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let auditor: OfficerAtWork;
let folder: string;
let exports = 0;

beforeAll(async () => {
  bank = await startBankCore();
  folder = await mkdtemp(join(tmpdir(), 'renkei-audit-'));
  auditor = await officerAtWork(bank, 'auditor');
  await digestAll();
  await note(1);
  await note(2);
  await changedRole();
  await digestAll();
});
afterAll(async () => {
  await bank?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const digests = () => bank.app.get(DigestsService, { strict: false });

async function digestAll(): Promise<void> {
  await bank.settled();
  await digests().digestAll();
}

/** Lines of the machine record, as a room writes them. */
async function note(transfer: number): Promise<void> {
  const records = bank.app.get(RecordsService, { strict: false });
  await bank.database.inInstitution(CHUO, (tx) =>
    records.append(tx, {
      institutionId: CHUO,
      happenedAt: Date.parse('2026-11-20T10:00:00+09:00'),
      kind: 'transfer_shown',
      transferId: `trf_audit_${transfer}`,
      content: { amount: '1000' },
    }),
  );
}

/** A role that two people gave. */
async function changedRole(): Promise<void> {
  const proposer = await officerAtWork(bank, 'approver');
  const second = await officerAtWork(bank, 'second-approver');
  const change = { mailAddress: 'saikai-clerk@renkei.example', act: 'grant', role: 'approver' };
  const { status, body } = await proposer.post('/role-changes', { ...change, bankCode: '2825' });
  expect(status).toBe(202);
  const { id, contentHash } = body;
  const decided = await second.post(`/proposals/${String(id)}/decisions`, {
    decision: 'approve',
    contentHash,
  });
  expect(decided.status).toBe(200);
}

async function exported(): Promise<string> {
  exports += 1;
  const place = join(folder, String(exports));
  const institutions = bank.app.get(InstitutionsService, { strict: false });
  await exportAll({ digests: digests(), institutions }, place);
  return place;
}

const verify = (place: string, witness?: string): Promise<AuditVerdict> =>
  verifyExport(place, { publicKey: digests().key().publicKey, ...(witness ? { witness } : {}) });

const faultsIn = ({ findings }: AuditVerdict) => [
  ...new Set(findings.map(({ chain, fault }) => `${chain} ${fault}`)),
];

/** As somebody who owns the database, with the triggers that would stop or record him switched off. */
async function byHand(statement: string): Promise<void> {
  await bank.admin(
    `set session_replication_role = replica; ${statement}; reset session_replication_role`,
  );
}

describe('T-17 the digest to the auditor', () => {
  test('T-17, SM-3.5 an export verifies without the server, and tells who may do what since when', async () => {
    const verdict = await verify(await exported());
    expect(verdict.findings).toEqual([]);
    expect(verdict.rows).toBeGreaterThan(10);
    expect(verdict.summary.proposals).toMatchObject({ staff_role_change: 1 });
    expect(verdict.summary.roles).toEqual(['+ saikai-clerk@renkei.example approver 15']);
  });

  test('T-17 the same is read over the console by an auditor, and by nobody else', async () => {
    const { status, body } = await auditor.get('/audit/heads');
    const heads = body['heads'] as { scope: number; hash: string }[];
    expect([status, heads.map(({ scope }) => scope)]).toEqual([
      200,
      expect.arrayContaining([0, CHUO]),
    ]);
    const first = await auditor.get('/audit/chains/2963/lines');
    expect(first.body['lines']).toHaveLength(
      Number((first.body['digest'] as { rowCount: number }).rowCount),
    );
    const approver = await officerAtWork(bank, 'chuo-approver');
    for (const path of ['/audit/heads', '/audit/chains/2963/digests', '/audit/chains/2963/lines'])
      expect(await approver.get(path)).toMatchObject({
        status: 403,
        body: { code: 'role_missing' },
      });
  });

  test('T-17 an auditor proposes nothing and decides nothing', async () => {
    const minato = 'epsp_01j0000000000000000000mnat';
    const role = { mailAddress: 'auditor@renkei.example', act: 'grant', role: 'approver' };
    const step = { step: 'found_deficient', bankCodes: ['2963'], items: ['4.2'] };
    const attempts: [string, object][] = [
      ['/role-changes', role],
      [`/links/${minato}/review-steps`, step],
    ];
    for (const [path, body] of attempts)
      expect([path, (await auditor.post(path, body)).status]).toEqual([path, 403]);
    const { body } = await auditor.get('/proposals');
    const [proposal] = body as unknown as { id: string; contentHash: string }[];
    const { id = '', contentHash } = proposal ?? {};
    const decided = await auditor.post(`/proposals/${id}/decisions`, {
      decision: 'approve',
      contentHash,
    });
    expect([403, 409]).toContain(decided.status);
  });
});

describe('T-17, SM-3.5 the seals of the postings', () => {
  const verdict = async (query = '', who = auditor) =>
    who.get(`/audit/banks/2963/postings/verification${query}`);
  const seal = async () => {
    await bank.settled();
    await bank.app.get(PostingRelay, { strict: false }).run();
  };

  test('T-17, SM-3.5 an auditor verifies them and keeps the head; what is rewritten shows', async () => {
    await seal();
    const { status, body } = await verdict();
    expect([status, body]).toMatchObject([200, { findings: [], isLast: true }]);
    expect(Number(body['rows'])).toBeGreaterThan(0);
    const head = String(body['through']);
    const [number = ''] = head.split(':');
    const again = await verdict(`?after=${number}&witness=${head}`);
    expect(again.body).toMatchObject({ blocks: 0, findings: [], through: head });
    const forged = await verdict(`?witness=${number}:${'0'.repeat(64)}`);
    expect(forged.body['findings']).toEqual([{ number, fault: 'witness_differs' }]);
    const behind = await verdict(`?after=${number}&witness=${number}:${'0'.repeat(64)}`);
    expect(behind.body['findings']).toEqual([{ number, fault: 'witness_differs' }]);
    const cut = await verdict(`?witness=${String(Number(number) + 1)}:${'0'.repeat(64)}`);
    expect(cut.body['findings']).toMatchObject([{ fault: 'witness_differs' }]);
    const ours = `institution_id = ${CHUO} and id = (select min(id) from posting where institution_id = ${CHUO})`;
    await byHand(`update posting set amount = amount + 1 where ${ours}`);
    const { body: rewritten } = await verdict();
    await byHand(`update posting set amount = amount - 1 where ${ours}`);
    expect(rewritten['findings']).toMatchObject([
      { fault: 'sum_differs' },
      { fault: 'root_differs' },
    ]);
    expect((await verdict()).body['findings']).toEqual([]);
  });

  test('T-17 nobody else verifies them; what is no block is not there, and missed by who has seen it', async () => {
    const approver = await officerAtWork(bank, 'chuo-approver');
    expect(await verdict('', approver)).toMatchObject({ status: 403 });
    expect(await verdict('?after=999999')).toMatchObject({ status: 404 });
    const seen = `999999:${'0'.repeat(64)}`;
    expect(await verdict(`?after=999999&witness=${seen}`)).toMatchObject({
      status: 200,
      body: {
        findings: [{ fault: 'number_missing' }, { fault: 'witness_differs' }],
        through: seen,
        isLast: true,
      },
    });
    expect(await verdict('?witness=1')).toMatchObject({ status: 400 });
  });
});

describe('T-17 an auditor reads everything and changes nothing', () => {
  const operations = operationsOf(readOpenApi('bank-core', 'staff')).filter(
    ({ path }) => !path.endsWith('/sessions') && !path.endsWith('/sessions/current'),
  );
  /** A what-if and a replay say what is there; both are counted (T-28). */
  const QUESTIONS = ['tryClaim', 'replayCase', 'replayDecision'];
  const NAMES: Readonly<Record<string, string>> = {
    bankCode: '2963',
    chain: '2963',
    epspId: 'epsp_01j0000000000000000000mnat',
    partnerId: 'cp_01j0000000000000000000tsbm',
  };
  const pathOf = (path: string) =>
    path
      .replace('/staff/v1', '')
      .replace(/\{(\w+)\}/g, (_, name: string) => NAMES[name] ?? 'x_01j00000000000000000000000');

  test('T-17 every route that reads is open to an auditor', async () => {
    const reads = operations.filter(({ method }) => method === 'GET');
    expect(reads.length).toBeGreaterThan(15);
    for (const { id, path, parameters } of reads) {
      const asked = parameters.filter((one) => one.in === 'query' && one.required);
      const query = new URLSearchParams(
        asked.map(
          ({ name, schema }) =>
            [name, NAMES[name] ?? String(schema?.enum?.[0] ?? '1')] as [string, string],
        ),
      );
      const { status } = await auditor.get(`${pathOf(path)}?${query.toString()}`);
      // Not there, or asked for too little: but nobody turned him away, and nothing broke.
      expect([id, [200, 400, 404].includes(status) || status]).toEqual([id, true]);
    }
  });

  test('T-17 no route that changes something takes anything from an auditor', async () => {
    const acts = operations.filter(({ method, id }) => method !== 'GET' && !QUESTIONS.includes(id));
    expect(acts.length).toBeGreaterThan(30);
    for (const { id, path, method, requestBody } of acts) {
      const media = requestBody?.content?.['application/json'] as { example?: object } | undefined;
      const { status } = await auditor.call(method as 'POST', pathOf(path), media?.example ?? {});
      expect([id, status >= 400 && status < 500 ? 'refused' : status]).toEqual([id, 'refused']);
    }
  });
});

describe('T-17, SM-3.5/b what an insider does to rows shows', () => {
  const ours = `institution_id = ${CHUO} and transfer_id = 'trf_audit_1'`;

  //    what is done to the rows                     how                                     the finding
  test.each([
    [
      'a line is altered',
      `update record set content = '{"amount":"9"}' where ${ours}`,
      '2963 rows_differ',
    ],
    ['a line is removed', `delete from record where ${ours}`, '2963 rows_missing'],
    [
      'a line is slipped in',
      `insert into record (institution_id, xid, happened_at, kind, content)
         select institution_id, xid, happened_at, kind, '{}' from record where ${ours} order by id desc limit 1`,
      '2963 rows_differ',
    ],
    [
      'two lines change places',
      `update record set kind = case when transfer_id = 'trf_audit_1' then 'was_second' else 'was_first' end
         where institution_id = ${CHUO} and transfer_id like 'trf_audit_%'`,
      '2963 rows_differ',
    ],
    [
      'a digest is rewritten with its rows',
      `delete from record where ${ours}; update federation.audit_digest set row_count = row_count - 1
         where scope = ${CHUO} and row_count > 1`,
      '2963 hash_differs',
    ],
  ])('SM-3.5/b %s', async (_, statement, finding) => {
    await bank.admin('begin; create table if not exists kept_record as table record; commit');
    await bank.admin('create table if not exists kept_digest as table federation.audit_digest');
    try {
      await byHand(statement);
      expect(faultsIn(await verify(await exported()))).toContain(finding);
    } finally {
      await byHand(
        `truncate record; insert into record overriding system value table kept_record;
         truncate federation.audit_digest; insert into federation.audit_digest table kept_digest;
         drop table kept_record; drop table kept_digest`,
      );
    }
    expect((await verify(await exported())).findings).toEqual([]);
  });

  test('T-17 a hash that was computed anew has no signature of the key outside the database', async () => {
    const place = join(folder, 'forged');
    await cp(await exported(), place, { recursive: true });
    const file = join(place, '2963.digests.jsonl');
    const [first = '', ...rest] = (await readFile(file, 'utf8')).split('\n');
    const forged = { ...(JSON.parse(first) as object), signature: 'A'.repeat(86) };
    await writeFile(file, [JSON.stringify(forged), ...rest].join('\n'));
    expect(faultsIn(await verify(place))).toEqual(['2963 signature_differs']);
  });

  test('T-17 what was cut off at the end is missed by the witness, and by nothing else', async () => {
    const witness = await exported();
    await bank.admin('create table kept_digest as table federation.audit_digest');
    try {
      await byHand(
        `delete from federation.audit_digest d where number =
           (select max(number) from federation.audit_digest e where e.scope = d.scope) and scope = ${CHUO}`,
      );
      const cut = await exported();
      expect(faultsIn(await verify(cut))).toEqual([]);
      expect(faultsIn(await verify(cut, witness))).toEqual(['2963 witness_differs']);
    } finally {
      await byHand(
        `truncate federation.audit_digest; insert into federation.audit_digest table kept_digest;
         drop table kept_digest`,
      );
    }
  });

  test('T-17 a role that nobody agreed on shows: written with the trail, or past it', async () => {
    const given = (mail: string) =>
      `insert into federation.staff_role (mail_address, role, institution_id, since)
       values ('${mail}@renkei.example', 'approver', null, now())`;
    await bank.admin(given('compliance'));
    await digestAll();
    const open = await verify(await exported());
    expect(open.findings).toMatchObject([
      { fault: 'role_without_two_people', about: 'compliance@renkei.example approver federation' },
    ]);
    await byHand(given('auditor'));
    const hidden = await verify(await exported());
    expect(hidden.findings).toContainEqual({
      chain: 'federation',
      fault: 'role_without_record',
      about: 'auditor@renkei.example approver federation',
    });
  });
});
