import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HoldLetters } from '../../src/measures/hold-letters.job.js';
import { changeLink } from '../../src/links/index.js';
import { ApprovalWalk } from './approval-walk.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { officerAtWork } from './officers.js';
import { CHUO } from './transfer-stories.js';

const LONG_MS = 240_000;
let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let approvals: ApprovalWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  approvals = new ApprovalWalk(bank);
  await walk.logIn();
  await underAssessment(walk, [CHUO]);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const path = () => `/links/${walk.party.epsp}/protective-holds`;
const scope = { chainPartnerId: '*', function: '*', basis: '不審なアクセスが続いている' };
const propose = async (more: object = {}, hours = 24, bankCodes = ['2963']) =>
  walk.proposer.post(path(), {
    ...scope,
    bankCodes,
    until: await walk.inHours(hours),
    ...more,
  });
const hold = async (...asked: Parameters<typeof propose>) => walk.take(propose(...asked));
const release = (more: object = {}) =>
  walk.proposer.post(`${path()}/releases`, { ...scope, bankCodes: ['2963'], ...more });
const reading = async () => {
  const { status, body } = await approvals.handOver();
  return status === 201 ? 'passes' : [body['code'], body['clause']].join(' ');
};
const letters = async () => {
  await bank.app.get(HoldLetters).write();
  const rows = await bank.admin<{ notice: string }>(
    `select notice from letter where machine = 'protective-hold' order by sent_at, document_id`,
  );
  return rows.map(({ notice }) => notice);
};
const stateOfHold = async () => walk.stateOf('protective-hold');

describe('INT-13 a protective hold at the console', () => {
  test('INT-13 longer than its latest end may be, without words, or on RKN-S4c: refused', async () => {
    for (const [more, hours, code] of [
      [{}, 73, 'hold_too_long'],
      [{}, -1, 'hold_too_long'],
      [{ basis: ' ' }, 24, 'reason_required'],
      [{ basis: 'RKN-S4c に基づく' }, 24, 'basis_not_selectable'],
      [{ chainPartnerId: 'cp_01j0000000000000000000tsbm' }, 24, 'not_a_scope'],
    ] as const)
      expect(await propose(more, hours)).toMatchObject({ status: 422, body: { code } });
    expect(await reading()).toBe('passes');
  });

  test('T-17 two people, one of them of that institution; nothing is held until the second agrees', async () => {
    const proposed = await propose();
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({ status: 403 });
    expect(await reading()).toBe('passes');
    const stranger = await officerAtWork(bank, 'saikai-approver');
    expect((await walk.approve(proposed, stranger)).status).toBe(404);
    expect((await stranger.get(`${path()}?bankCode=2963`)).status).toBe(404);
    expect((await walk.approve(proposed)).body).toMatchObject({
      effects: [{ outcome: { holdId: expect.stringMatching(/^hold_/) } }],
    });
    expect(await reading()).toBe('linkage_suspended INT-13');
    expect(await propose()).toMatchObject({ status: 409, body: { code: 'hold_known' } });
    expect(await stateOfHold()).toBe('HELD');
  });

  test('INT-13 the intermediary is told of it once, and that it is no measure of the contract', async () => {
    expect(await letters()).toEqual(['protective_hold_set']);
    await Promise.all([letters(), letters()]);
    expect(await letters()).toEqual(['protective_hold_set']);
    const letter = JSON.stringify(await walk.receive('protective_hold_set'));
    for (const word of ['不審なアクセスが続いている', 'no restriction or suspension', '終期'])
      expect(letter).toContain(word);
  });

  test('RKN-S4a the watch reminds that it has to become a demand or end', async () => {
    const { body } = await walk.proposer.get('/watch');
    expect(body['suggestions']).toContainEqual(
      expect.objectContaining({
        rule: 'protective_hold_open',
        clause: 'RKN-S4a',
        proposes: 'improvement_demanded',
      }),
    );
  });

  test('INT-13 it becomes a demand, which stops nothing: the hold ends with it, in one transaction', async () => {
    await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }));
    const demanded = await walk.take(
      walk.propose('improvement_demanded', { items: ['4.2'], grounds, fromHold: true }),
    );
    expect(demanded).toMatchObject({ state: 'IMPROVEMENT_REQUESTED' });
    expect(await reading()).toBe('passes');
    const [row] = await bank.admin<{ state: { name: string; facts: { becameDemand: string } } }>(
      `select state from matter where machine = 'protective-hold'`,
    );
    expect(row?.state).toMatchObject({
      name: 'CONVERTED',
      facts: { becameDemand: demanded['about'] },
    });
    expect(await letters()).toEqual(['protective_hold_set', 'protective_hold_ended']);
    const { body } = await walk.proposer.get(`${path()}?bankCode=2963`);
    expect(body['holds']).toMatchObject([{ endedAt: expect.any(String) }]);
  });

  test('INT-13 a demand that is to follow a hold needs one in force', async () => {
    await walk.receive('improvement_demand');
    await walk.take(walk.propose('judged_sufficient'));
    await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }));
    const from = { items: ['4.2'], grounds, fromHold: true };
    expect(await walk.propose('improvement_demanded', from)).toMatchObject({
      status: 409,
      body: { code: 'hold_unknown', clause: 'RKN-S4a' },
    });
    expect(await walk.stateOf()).toBe('DEFICIENT');
  });

  test('INT-13 released by two people with a reason, once', async () => {
    await hold({ function: 'transfer_initiation' });
    expect(await reading()).toBe('passes');
    const narrow = { function: 'transfer_initiation' };
    expect(await release({ ...narrow, basis: ' ' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S4a' },
    });
    expect(await release()).toMatchObject({ status: 404, body: { code: 'hold_not_found' } });
    await walk.take(release({ ...narrow, basis: '調査が終わった' }));
    expect(await walk.stateOf('link')).toBe('active');
    expect(await release({ ...narrow, basis: 'もう一度' })).toMatchObject({ status: 404 });
  });

  test(
    'INT-13 whatever nobody does, it ends by its latest end, and the intermediary is told',
    async () => {
      await hold({}, 10);
      const before = (await letters()).length;
      await walk.hoursPass(11);
      expect(await reading()).toBe('passes');
      expect(await walk.stateOf('link')).toBe('active');
      expect((await letters()).slice(before)).toEqual(['protective_hold_ended']);
      const [row] = await bank.admin<{ because: string }>(
        `select state -> 'facts' ->> 'endedBecause' as because from matter
         where machine = 'protective-hold' order by key desc limit 1`,
      );
      expect(row?.because).toBe('latest_end_reached');
    },
    LONG_MS,
  );

  test('INT-13 the timeline tells of every hold, apart from the measures of the contract', async () => {
    const { body } = await walk.proposer.get(`/links/${walk.party.epsp}/timeline?bankCode=2963`);
    const entries = body['entries'] as { source: string; what: string }[];
    const told = entries.filter(({ source }) => source === 'protective-hold');
    expect(told.map(({ what }) => what)).toEqual([
      'hold_set',
      'became_demand',
      'hold_set',
      'released',
      'hold_set',
      'deadline_reached',
    ]);
  });
});

describe('INT-13 a hold that was set before holds were kept as matters', () => {
  /** As an older version left it: the row, and the state of the link's table under its lock. */
  async function stoodBefore(id: string, fn: '*' | 'transfer_initiation' = '*'): Promise<void> {
    const { epsp: epspId } = walk.party;
    const [row] = await bank.admin<{ since: string; until: string }>(
      `insert into link_measure (institution_id, id, kind, proposal_id, epsp_id, chain_partner_id,
         function, basis, since, until)
       select $1, $2, 'protective_hold', proposal_id, $3, '*', $4, 'RKN-S4c の手続を待つ間',
         renkei_now() - interval '1 hour', renkei_now() + interval '500 hours'
       from link_measure limit 1
       returning extract(epoch from since) * 1000 as since, extract(epoch from until) * 1000 as until`,
      [CHUO, id, epspId, fn],
    );
    await bank.database.inInstitution(CHUO, (tx) =>
      changeLink(tx, CHUO, Number(row?.since), ({ put }) =>
        put({
          epspId,
          chainPartnerId: '*',
          function: fn,
          state: 'suspended',
          clause: 'INT-13',
          since: Number(row?.since),
          until: Number(row?.until),
          basis: 'an older version',
          measureId: id,
        }),
      ),
    );
  }
  const historyOf = async (id: string) => {
    const rows = await bank.admin<{ type: string }>(
      `select event ->> 'type' as type from matter_event
       where machine = 'protective-hold' and key = $1 order by version`,
      [`${walk.party.epsp}/${id}`],
    );
    return rows.map(({ type }) => type);
  };

  test(
    'INT-13 it is released like every other, and its matter tells the whole of it',
    async () => {
      const id = 'hold_00000000000000000000000001';
      await stoodBefore(id);
      expect(await reading()).toBe('linkage_suspended INT-13');
      expect(await historyOf(id)).toEqual([]);
      expect(await release({ basis: ' ' })).toMatchObject({ body: { code: 'reason_required' } });
      expect(await historyOf(id)).toEqual([]);
      const done = await walk.take(release({ basis: '調査が終わった' }));
      expect(done).toMatchObject({ holdId: id });
      expect(await historyOf(id)).toEqual(['hold_set', 'released']);
      expect(await reading()).toBe('passes');
      expect(await walk.stateOf('link')).toBe('active');
      // Written in one go, and so at one instant: their order is nobody's.
      expect((await letters()).slice(-2).sort()).toEqual([
        'protective_hold_ended',
        'protective_hold_set',
      ]);
    },
    LONG_MS,
  );

  test(
    'INT-13 RKN-S4a its matter begins by itself: it is watched, and the next demand ends it',
    async () => {
      const id = 'hold_00000000000000000000000002';
      await stoodBefore(id);
      await Promise.all([letters(), letters()]);
      expect(await historyOf(id)).toEqual(['hold_set']);
      expect(await stateOfHold()).toBe('HELD');
      // Another one comes and goes: what stood before it stands after it.
      await hold({ function: 'accounts_read' });
      await walk.take(release({ function: 'accounts_read', basis: '一部だけ' }));
      expect(await reading()).toBe('linkage_suspended INT-13');
      const from = { items: ['4.2'], grounds, fromHold: true };
      expect(await walk.take(walk.propose('improvement_demanded', from))).toMatchObject({
        state: 'IMPROVEMENT_REQUESTED',
      });
      expect(await historyOf(id)).toEqual(['hold_set', 'became_demand']);
      expect(await reading()).toBe('passes');
    },
    LONG_MS,
  );
});
