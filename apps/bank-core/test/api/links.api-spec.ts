import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { LinkFeed } from '../../src/links/link-feed.js';
import {
  contentOfHold,
  LinksService,
  ProtectiveHoldsService,
  type HoldOrder,
} from '../../src/links/index.js';
import { StaffService, type StaffMember } from '../../src/staff/index.js';
import { ApprovalWalk, stillHere } from './approval-walk.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { LineReader } from './line-reader.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let holds: ProtectiveHoldsService;
let staff: StaffService;
let proposer: StaffMember;
let approver: StaffMember;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  holds = bank.app.get(ProtectiveHoldsService);
  staff = bank.app.get(StaffService);
  proposer = await officer('compliance');
  approver = await officer('approver');
});
afterAll(() => bank.stop());
afterEach(async () => {
  const live = await bank.admin<Record<'id' | 'epsp' | 'partner' | 'fn', string>>(
    `select institution_id as id, epsp_id as epsp, chain_partner_id as partner, function as fn
     from link_measure where released_at is null and renkei_now() < until`,
  );
  for (const { id, epsp, partner, fn } of live)
    await release({
      institutionIds: [Number(id)],
      epspId: epsp,
      chainPartnerId: partner,
      function: fn,
    });
});

async function officer(name: string): Promise<StaffMember> {
  const result = await staff.login(`${name}@renkei.example`, 'Staff-Password-1');
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

const order = (more: Partial<HoldOrder> = {}): HoldOrder => ({
  epspId: minato.epsp,
  chainPartnerId: '*',
  function: '*',
  basis: '不審なアクセスが続いている',
  institutionIds: [CHUO],
  ...more,
});

async function agreed(content: object, kind = 'protective_hold') {
  const proposal = await staff.propose(proposer, kind, content);
  const approval = await staff.approve(proposal, approver, proposal.contentHash);
  if (!approval.ok) throw new Error(approval.refusal.code);
  return { proposal, approver };
}

const inHours = async (hours: number) => {
  const [row] = await bank.admin<{ ms: string }>(
    'select (extract(epoch from renkei_now()) * 1000)::bigint as ms',
  );
  return Number(row?.ms) + hours * 3_600_000;
};

async function hold(more: Partial<HoldOrder> = {}, hours = 1) {
  const content = { ...order(more), until: await inHours(hours) };
  return holds.set(content, await agreed(contentOfHold(content)));
}
const release = async (more: Partial<HoldOrder> = {}) =>
  holds.release(order(more), await agreed(order(more), 'protective_hold_release'));

describe('INT-13 protective holds', () => {
  test('INT-13 a hold is set, told with its basis, and lifted by two people; the version rises each time', async () => {
    const [set] = await hold();
    expect(set?.result).toMatchObject({ ok: true, value: { institutionId: CHUO } });
    const before = set?.result.ok ? set.result.value.version : 0n;
    const refused = await walk.handOver();
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'linkage_suspended', clause: 'INT-13' },
    });
    const [lifted] = await release();
    expect(lifted?.result).toMatchObject({ ok: true, value: { version: before + 1n } });
    expect((await walk.handOver()).status).toBe(201);
    const [record] = await bank.admin<{ content: object }>(
      `select content from record where kind = 'protective_hold_set' order by id desc limit 1`,
    );
    expect(record?.content).toMatchObject({
      reading: 'INT-13',
      basis: '不審なアクセスが続いている',
      proposedBy: 'compliance@renkei.example',
      approvedBy: 'approver@renkei.example',
    });
  });

  test('T-17 what two people agreed on is set, and nothing wider', async () => {
    const until = await inHours(1);
    const narrow = { ...order({ function: 'transfer_initiation' }), until };
    const agreement = await agreed(contentOfHold(narrow));
    const wider = { ...order(), until };
    await expect(holds.set(wider, agreement)).rejects.toThrow('is not about this');
    await expect(holds.release(order(), agreement)).rejects.toThrow('is not about this');
    expect(await bank.admin(`select 1 from link_state where state <> 'active'`)).toEqual([]);
  });

  test('INT-13 longer than P.rkn.hold.maxDuration is refused, to the millisecond', async () => {
    const [tooLong] = await hold({}, 73);
    expect(tooLong?.result).toMatchObject({ ok: false, refusal: { code: 'hold_too_long' } });
    const [longest] = await hold({}, 71.99);
    expect(longest?.result.ok).toBe(true);
    const [again] = await hold();
    expect(again?.result).toMatchObject({ ok: false, refusal: { code: 'hold_known' } });
  });

  test('INT-13 it ends by itself, whatever nobody does', async () => {
    await hold();
    await bank.admin(
      `update link_state set since = renkei_now() - interval '2 hours', until = renkei_now()
       where institution_id = $1`,
      [CHUO],
    );
    expect((await walk.handOver()).status).toBe(201);
  });

  test('RKN-S4c/c one function held: reads pass, transfers are refused as restricted', async () => {
    await hold({ function: 'transfer_initiation' });
    expect((await walk.handOver()).status).toBe(201);
    const links = bank.app.get(LinksService);
    const stop = await bank.database.inInstitution(CHUO, async (tx) =>
      links.stopFor(tx, {
        institutionId: CHUO,
        epspId: minato.epsp,
        chainPartnerId: 'none',
        fn: 'transfer_initiation',
        at: await inHours(0),
      }),
    );
    expect(stop).toMatchObject({ state: 'restricted', function: 'transfer_initiation' });
  });

  test("RKN-C2b/e one chain partner held: the intermediary's own reads pass", async () => {
    const aoba = { client: 'aoba-fintech', epsp: 'epsp_01j0000000000000000000abft' };
    const partner = 'cp_01j0000000000000000000tsbm';
    await hold({ epspId: aoba.epsp, chainPartnerId: partner });
    expect((await walk.handOver({ as: { ...aoba, partner: 'none' } })).status).toBe(201);
    const chained = await walk.handOver({ as: { ...aoba, partner } });
    expect(chained).toMatchObject({ status: 403, body: { code: 'linkage_restricted' } });
  });

  test('RKN-S4c/d a federation-wide hold is one measure per institution, each with its own commit', async () => {
    const done = await hold({ institutionIds: [CHUO, SAIKAI, 2] });
    expect(done.every(({ result }) => result.ok)).toBe(true);
    const rows = await bank.admin<{ institution_id: number; xmin: string }>(
      `select institution_id, xmin::text from link_measure where released_at is null
       order by since desc limit 3`,
    );
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(3);
    expect((await walk.handOver({ bankCode: '2954' })).status).toBe(201);
    await release({ institutionIds: [CHUO, SAIKAI, 2] });
  });

  test('a page that is open when the hold commits explains it and leads back as stopped', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    await hold();
    const page = await walk.logIn(login, browser);
    expect(page.url.pathname).toMatch(/ended$/);
    expect(page.text('oauth-error')).toBe('linkage_suspended');
    expect(page.html).toContain('あなたの口座に問題があるわけではありません');
    // A link, not a form: the request has ended, and the gateway takes over from here.
    const back = { landedAt: page.press('cancel').url };
    expect((await walk.result(back)).body).toMatchObject({
      outcome: 'stopped',
      reason: 'linkage_suspended',
      consent: null,
    });
  });

  test('T-17 the tables refuse one natural person, an edited proposal, and a hold without approval', async () => {
    const proposal = await staff.propose(proposer, 'protective_hold', { what: 1 });
    const insert = (hash: string, mail: string, person: string) =>
      bank.admin(
        `insert into federation.proposal_approval (proposal_id, content_hash, proposer_person,
           approved_by, approver_person, approved_at) values ($1, $2, $3, $4, $5, renkei_now())`,
        [proposal.id, hash, proposer.personId, mail, person],
      );
    await expect(
      insert(proposal.contentHash, proposer.mailAddress, proposer.personId),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(
      insert(`sha256:${'0'.repeat(64)}`, approver.mailAddress, approver.personId),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(
      bank.admin(`update federation.proposal set content = '{}' where id = $1`, [proposal.id]),
    ).rejects.toThrow(/append-only/);
    await expect(
      bank.admin(
        `insert into link_measure (institution_id, id, kind, proposal_id, epsp_id, chain_partner_id,
           function, basis, since, until)
         values (4, 'hold_x', 'protective_hold', $1, $2, '*', '*', 'x', renkei_now(),
           renkei_now() + interval '1 hour')`,
        [proposal.id, minato.epsp],
      ),
    ).rejects.toMatchObject({ code: '23503' });
    const alone = await staff.approve(proposal, proposer, proposal.contentHash);
    expect(alone).toMatchObject({ ok: false, refusal: { code: 'four_eyes_required' } });
  });

  test('an officer whose password was tried five times is locked out, told like any other', async () => {
    await bank.admin(
      `insert into federation.person values ('prs_guess', '見本', 'Sample');
       insert into federation.staff_account (mail_address, person_id, password_hash, state)
       select 'guess@renkei.example', 'prs_guess', password_hash, 'active'
       from federation.staff_account where mail_address = 'approver@renkei.example'`,
    );
    const tries = Array.from({ length: 5 }, () => staff.login('guess@renkei.example', 'wrong'));
    for (const result of await Promise.all(tries))
      expect(result).toMatchObject({ refusal: { code: 'staff_login_failed' } });
    expect(await staff.login('guess@renkei.example', 'Staff-Password-1')).toMatchObject({
      refusal: { code: 'staff_login_failed' },
    });
  });
});

describe('the link stream', () => {
  test('T-19 a snapshot of every institution, each change in order, heartbeats with versions', async () => {
    const feed = bank.app.get(LinkFeed);
    const reader = new LineReader();
    feed.listen(reader);
    const first = await reader.next(({ type }) => type === 'heartbeat');
    const snapshots = reader.messages.filter(({ type }) => type === 'snapshot');
    expect(snapshots).toHaveLength(15);
    const versions = first['versions'] as Record<string, number>;
    for (const { bankCode, version } of snapshots) expect(versions[String(bankCode)]).toBe(version);

    await hold({ institutionIds: [SAIKAI] });
    await release({ institutionIds: [SAIKAI] });
    const isOurs = ({ type, bankCode }: Record<string, unknown>) =>
      type === 'change' && bankCode === '2825';
    const before = versions['2825'] ?? 0;
    const last = await reader.next((one) => isOurs(one) && one['version'] === before + 2);
    const changes = reader.messages.filter(isOurs);
    expect(changes.map(({ version }) => version)).toEqual([before + 1, before + 2]);
    expect(changes[0]?.['states']).toContainEqual(
      expect.objectContaining({
        epspId: minato.epsp,
        chainPartnerId: '*',
        function: '*',
        state: 'suspended',
        clause: 'INT-13',
        until: expect.stringMatching(/\+09:00$/),
      }),
    );
    expect(JSON.stringify(last['states'])).not.toContain('suspended');
    feed.leave(reader);
  });

  test('a second listener shares the reader and begins with its own snapshot', async () => {
    const feed = bank.app.get(LinkFeed);
    const [one, two] = [new LineReader(), new LineReader()];
    feed.listen(one);
    await one.next(({ type }) => type === 'heartbeat');
    feed.listen(two);
    await two.next(({ type }) => type === 'heartbeat');
    expect(two.messages.filter(({ type }) => type === 'snapshot')).toHaveLength(15);
    const seen = one.messages.length;
    await one.next(({ type }) => type === 'heartbeat', seen);
    expect(one.messages.filter(({ type }) => type === 'snapshot')).toHaveLength(15);
    feed.leave(one);
    feed.leave(two);
  });
});
