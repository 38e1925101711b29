import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DocumentsService } from '../../src/documents/index.js';
import { ProposalDesk } from '../../src/staff/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { EVERYTHING, grounds, MeasureWalk, underAssessment, type Outcome } from './measure-walk.js';
import { officerAtWork } from './officers.js';
import { CHUO, partyOf, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let consentId: string;
const HOKKAIDO = 2;
const LONG_MS = 240_000;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  consentId = await new ConsentWalk(bank).consented();
  await walk.logIn();
  await underAssessment(walk, [CHUO, SAIKAI, HOKKAIDO]);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const demanded = { items: ['4.2'], grounds };
const about = async () =>
  ((await walk.standing('security-review'))['facts'] as { demand: { id: string } }).demand.id;
const writes = [{ right: 'transfer_initiation', reach: 'all' }];

describe('RKN-S4 from the finding to the resumption, at one institution', () => {
  test('RKN-S4a/a a missing ground, a missing piece of evidence or a missing item is refused', async () => {
    for (const [more, code] of [
      [{ items: ['4.2'] }, 'grounds_required'],
      [{ items: ['4.2'], grounds: { ...grounds, evidence: [] } }, 'grounds_required'],
      [{ items: [], grounds }, 'item_required'],
    ] as const)
      expect(await walk.propose('found_deficient', more)).toMatchObject({
        status: 422,
        body: { code, clause: 'RKN-S4a' },
      });
    expect(await walk.stateOf()).toBe('ASSESSING');
  });

  test('RKN-S4a a demand before the finding is out of order', async () => {
    expect(await walk.propose('improvement_demanded', demanded)).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S4a' },
    });
  });

  test('RKN-S4a/b who proposed does not approve, and another institution’s officer sees nothing', async () => {
    const proposed = await walk.propose('found_deficient', demanded);
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({
      status: 403,
      body: { code: 'four_eyes_required' },
    });
    const stranger = await officerAtWork(bank, 'saikai-approver');
    expect((await walk.approve(proposed, stranger)).status).toBe(404);
    expect((await stranger.get(`/links/${walk.party.epsp}/timeline?bankCode=2963`)).status).toBe(
      404,
    );
    expect(await walk.stateOf()).toBe('ASSESSING');
    expect((await walk.approve(proposed)).body).toMatchObject({
      effects: [{ outcome: { state: 'DEFICIENT', clauses: ['RKN-S4a', 'RKN-S3b'] } }],
    });
  });

  test('RKN-S4a/c a demand without a period is refused; the institution’s own counts where none is given', async () => {
    expect(
      await walk.propose('improvement_demanded', { ...demanded, periodDays: 0 }),
    ).toMatchObject({ status: 422, body: { code: 'parameter_unset', clause: 'RKN-S4a' } });
    const outcome = await walk.take(walk.propose('improvement_demanded', demanded));
    expect(outcome).toMatchObject({ state: 'IMPROVEMENT_REQUESTED' });
    expect(outcome['about']).toMatch(/^dem_/);
  });

  test('RKN-S4a the period runs from the arrival: the intermediary fetches the letter, once', async () => {
    expect((await walk.standing('security-review'))['deadlines']).toEqual([]);
    const document = await walk.receive('improvement_demand');
    expect(JSON.stringify(document)).toContain('4.2 の証拠が提出されていない');
    const first = (await walk.standing('security-review'))['deadlines'];
    expect(first).toMatchObject([{ name: 'improvement', clause: 'RKN-S4a' }]);
    await walk.receive('improvement_demand');
    expect((await walk.standing('security-review'))['deadlines']).toEqual(first);
    const id = await walk.letter('improvement_demand');
    const foreign = await bank.call({
      path: `/participants/self/letters/${id}`,
      as: { client: 'aoba-fintech', epsp: 'epsp_01j0000000000000000000abft' },
    });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'letter_unknown' } });
  });

  test('RKN-S4b/a insufficient before the period is over is refused, even after a report', async () => {
    const before = await walk.propose('judged_insufficient', { grounds });
    expect(before).toMatchObject({
      status: 409,
      body: { code: 'period_not_over', clause: 'RKN-S4b' },
    });
    expect(
      await walk.reply('improvement_reported', { demandId: `dem_${'0'.repeat(26)}` }),
    ).toMatchObject({ status: 409, body: { code: 'another_demand' } });
    const report = await walk.reply('improvement_reported', { demandId: await about() });
    expect(report).toMatchObject({ status: 200, body: { state: 'REPORTED' } });
    expect(await walk.propose('judged_insufficient', { grounds })).toMatchObject({
      status: 409,
      body: { code: 'period_not_over' },
    });
  });

  test(
    'RKN-S4b insufficient after the period needs grounds; the overdue report proposes and never acts',
    async () => {
      await walk.daysPass(31);
      expect(await walk.stateOf()).toBe('REPORTED');
      expect(await walk.propose('judged_insufficient')).toMatchObject({
        status: 422,
        body: { code: 'grounds_required', clause: 'RKN-S4b' },
      });
      const outcome = await walk.take(walk.propose('judged_insufficient', { grounds }));
      expect(outcome).toMatchObject({ state: 'INSUFFICIENT' });
    },
    LONG_MS,
  );

  test('RKN-S4c/a without a notice there is no measure', async () => {
    expect(await walk.propose('measure_committed', { grounds })).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S4c' },
    });
    for (const [more, code] of [
      [{ kind: 'restriction', removed: [] }, 'scope_empty'],
      [{ kind: 'restriction', removed: EVERYTHING }, 'scope_and_kind_differ'],
      [{ kind: 'suspension', removed: writes }, 'scope_and_kind_differ'],
    ] as const)
      expect(await walk.propose('notice_sent', more)).toMatchObject({
        status: 422,
        body: { code },
      });
    const sent = await walk.take(
      walk.propose('notice_sent', { kind: 'restriction', removed: writes }),
    );
    expect(sent).toMatchObject({ state: 'NOTICE_SENT' });
    expect(await walk.propose('measure_committed', { grounds })).toMatchObject({
      status: 409,
      body: { code: 'notice_not_delivered', clause: 'RKN-S4c' },
    });
  });

  test(
    'RKN-S4c/b an officer records the arrival with evidence, neither too early nor ahead of time',
    async () => {
      const id = await walk.letter('measure_announced');
      const path = `/links/${walk.party.epsp}/letters/${id}/arrivals`;
      const now = Date.now() + 31 * 86_400_000;
      const record = (ms: number, evidence: string[] = ['配達証明 123']) =>
        walk.proposer.post(path, {
          bankCode: '2963',
          arrivedAt: new Date(ms).toISOString(),
          evidence,
        });
      expect(await record(now + 86_400_000)).toMatchObject({
        status: 422,
        body: { code: 'event_ahead_of_clock' },
      });
      expect(await record(now - 86_400_000)).toMatchObject({
        status: 422,
        body: { code: 'arrived_before_sent', clause: 'RKN-S4c' },
      });
      await walk.hoursPass(1);
      expect(await record(now + 600_000, [])).toMatchObject({
        status: 422,
        body: { code: 'evidence_required' },
      });
      expect((await record(now + 600_000)).status).toBe(200);
      expect(await record(now + 600_000)).toMatchObject({
        status: 409,
        body: { code: 'event_repeated' },
      });
      // It has arrived, and a measure with effect at that very moment is too early.
      expect(await walk.propose('measure_committed', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'notice_not_delivered', clause: 'RKN-S4c' },
      });
      await walk.hoursPass(70);
      expect(await walk.propose('measure_committed', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'notice_not_delivered' },
      });
      await walk.hoursPass(3);
    },
    LONG_MS,
  );

  test('RKN-S4c a measure without grounds, or ending in the past, is refused by the link', async () => {
    expect(await walk.propose('measure_committed')).toMatchObject({
      status: 422,
      body: { code: 'grounds_required', clause: 'RKN-S4c' },
    });
    expect(
      await walk.propose('measure_committed', { grounds, until: '2026-01-01T00:00:00+09:00' }),
    ).toMatchObject({ status: 422, body: { code: 'deadline_in_the_past' } });
    expect(await walk.stateOf()).toBe('NOTICE_SENT');
  });

  test(
    'RKN-S4c a crash between approval and effect leaves nothing half done; the next run does it once',
    async () => {
      const proposed = await walk.propose('measure_committed', { grounds });
      const documents = bank.app.get(DocumentsService);
      const issue = documents.issue.bind(documents);
      documents.issue = () => Promise.reject(new Error('the server died here'));
      expect((await walk.approve(proposed)).status).toBe(500);
      expect(await walk.stateOf()).toBe('NOTICE_SENT');
      expect(await walk.stateOf('link')).toBe('active');
      documents.issue = issue;
      const desk = bank.app.get(ProposalDesk);
      await Promise.all([desk.resume(), desk.resume()]);
      expect(await walk.stateOf()).toBe('RESTRICTED');
      expect(await walk.stateOf('link')).toBe('restricted');
      const letters = await bank.admin(`select 1 from letter where notice = 'measure_in_force'`);
      expect(letters).toHaveLength(1);
    },
    LONG_MS,
  );

  test('RKN-S4c/c what is restricted is refused with its clause, and reads pass', async () => {
    const { branchCode, accountNumber } = await partyOf(bank, CHUO, 'hanako-2963');
    const creditor = { bankCode: '2963', branchCode, accountType: '1', accountNumber };
    const body = {
      instructionId: 'restricted',
      creditor: { ...creditor, nameKana: 'ミナト ハナコ' },
      amountYen: '100',
    };
    const pushed = await bank.call({
      method: 'POST',
      path: '/institutions/2963/transfers',
      body,
    });
    expect(pushed).toMatchObject({
      status: 403,
      body: { code: 'linkage_restricted', clause: 'RKN-S4c' },
    });
    expect(JSON.stringify(pushed.body)).not.toContain(accountNumber);
    expect(await bank.admin(`select 1 from transfer where instruction_id = 'restricted'`)).toEqual(
      [],
    );
    const read = { path: '/institutions/2963/accounts', as: { consent: consentId } };
    expect((await bank.call(read)).status).toBe(200);
  });

  test('RKN-S4c remediation is reported, rejected with grounds, reported again, and the link resumed', async () => {
    expect(await walk.reply('remediation_reported')).toMatchObject({
      body: { state: 'REMEDIATED' },
    });
    expect(await walk.propose('remediation_rejected')).toMatchObject({
      body: { code: 'grounds_required' },
    });
    const rejected = await walk.take(walk.propose('remediation_rejected', { grounds }));
    expect(rejected).toMatchObject({ state: 'RESTRICTED' });
    await walk.reply('remediation_reported');
    expect(await walk.propose('resumed')).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S4c' },
    });
    const resumed = await walk.take(walk.propose('resumed', { reason: '改善を確認' }));
    expect(resumed).toMatchObject({ state: 'RESUMED' });
    expect(await walk.stateOf('link')).toBe('active');
  });

  test('RKN-S4 the timeline tells all of it, each step with its clauses, each letter with its arrival', async () => {
    const { body } = await walk.proposer.get(`/links/${walk.party.epsp}/timeline?bankCode=2963`);
    const entries = body['entries'] as { what: string; clauses: string[]; source: string }[];
    const steps = entries.filter(({ source }) => source === 'security-review');
    expect(steps.map(({ what }) => what)).toEqual([
      'checklist_submitted',
      'assessment_opened',
      'found_deficient',
      'improvement_demanded',
      'demand_arrived',
      'improvement_reported',
      'deadline_reached',
      'judged_insufficient',
      'notice_sent',
      'notice_arrived',
      'deadline_reached',
      'measure_committed',
      'remediation_reported',
      'remediation_rejected',
      'remediation_reported',
      'resumed',
    ]);
    expect(entries.every(({ clauses }) => clauses.length > 0)).toBe(true);
    expect(entries.filter(({ what }) => what === 'letter_sent')).toHaveLength(5);
  });
});

describe('X-20 and RKN-S4b/b', () => {
  test(
    'X-20, RKN-S4b/b a demand closed as sufficient supports nothing: the same failure begins anew',
    async () => {
      const twice = new MeasureWalk(bank);
      await twice.logIn();
      const at = ['2825'];
      await twice.take(twice.propose('found_deficient', demanded, at));
      const first = await twice.take(twice.propose('improvement_demanded', demanded, at));
      await twice.receive('improvement_demand', '2825');
      // Proposed on the first demand, and approved only when a second one stands.
      const early = await twice.propose('judged_sufficient', {}, at);
      await twice.take(twice.propose('judged_sufficient', {}, at));
      expect(await twice.stateOf('security-review', '2825')).toBe('ACCEPTED');
      expect(
        await twice.propose('notice_sent', { kind: 'suspension', removed: EVERYTHING }, at),
      ).toMatchObject({ status: 409, body: { code: 'event_out_of_order' } });
      await twice.take(twice.propose('found_deficient', demanded, at));
      const second = await twice.take(twice.propose('improvement_demanded', demanded, at));
      expect(second['about']).not.toBe(first['about']);
      expect(await twice.approve(early)).toMatchObject({
        status: 409,
        body: { code: 'another_demand', clause: 'RKN-S4b' },
      });
      expect(await twice.propose('judged_insufficient', { grounds }, at)).toMatchObject({
        status: 409,
        body: { code: 'demand_not_arrived' },
      });
    },
    LONG_MS,
  );
});

describe('RKN-S4c/d each institution for itself', () => {
  test('RKN-S4c/d one proposal, one effect per institution, a refusal too', async () => {
    const proposed = await walk.propose('found_deficient', demanded, ['2951', '2963', '2954']);
    const done = await walk.approve(proposed);
    expect(done.status).toBe(200);
    const effects = new Map(
      (done.body['effects'] as Outcome[]).map(({ bankCode, outcome }) => [bankCode, outcome]),
    );
    expect(effects.get('2963')).toMatchObject({ state: 'DEFICIENT' });
    expect(effects.get('2954')).toMatchObject({ refused: 'event_out_of_order' });
    const own = await officerAtWork(bank, 'chuo-compliance');
    const wide = { step: 'found_deficient', bankCodes: ['2963', '2951'], ...demanded };
    expect(await own.post(`/links/${walk.party.epsp}/review-steps`, wide)).toMatchObject({
      status: 403,
      body: { code: 'role_missing' },
    });
  });
});
