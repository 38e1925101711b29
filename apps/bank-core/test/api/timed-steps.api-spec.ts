import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { DocumentsService } from '../../src/documents/index.js';
import { TimedSteps } from '../../src/measures/timed-steps.js';
import { TimedStepStore } from '../../src/measures/storage/timed-step.store.pg.js';
import { InstitutionsService } from '../../src/institutions/index.js';
import type { Jobs } from '../../src/platform/jobs.js';
import { RecordsService } from '../../src/records/index.js';
import { ProposalDesk } from '../../src/staff/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { officerAtWork, type StaffAnswer } from './officers.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

const LONG_MS = 240_000;
const BOTH = ['2963', '2825'];
const writes = { kind: 'restriction', removed: [{ right: 'transfer_initiation', reach: 'all' }] };
let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let timed: TimedSteps;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  timed = bank.app.get(TimedSteps);
  await walk.logIn();
  await underAssessment(walk, [CHUO, SAIKAI]);
  await walk.untilNotice(writes, BOTH);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const commit = async (hours: number, banks = BOTH) =>
  walk.propose('measure_committed', { grounds, effectiveAt: await walk.inHours(hours) }, banks);
interface Letter {
  readonly parts: readonly {
    readonly values?: readonly { readonly label: { en: string }; readonly value: { en: string } }[];
  }[];
}
const idOf = ({ body }: StaffAnswer) => String(body['id']);
const waiting = async (bankCode = '2963') => {
  const { body } = await walk.proposer.get(
    `/links/${walk.party.epsp}/timed-steps?bankCode=${bankCode}`,
  );
  return body['steps'] as Record<string, unknown>[];
};
const cancel = (proposalId: string, reason: string, by = walk.proposer) =>
  by.post(`/links/${walk.party.epsp}/timed-steps/${proposalId}/cancellations`, {
    bankCodes: ['2963'],
    reason,
  });

describe('a measure that is decided today and takes effect later', () => {
  test('RKN-S4c a moment in the past is refused, and so is one for a step that has none', async () => {
    expect(await commit(-1)).toMatchObject({
      status: 422,
      body: { code: 'deadline_in_the_past', clause: 'RKN-S4c' },
    });
    const effectiveAt = await walk.inHours(100);
    expect(await walk.propose('judged_sufficient', { effectiveAt })).toMatchObject({
      status: 409,
      body: { code: 'event_out_of_order', clause: 'RKN-S4c' },
    });
    expect(await waiting()).toEqual([]);
  });

  test('RKN-S4c/b a moment before the lead of the notice is over is refused today already', async () => {
    expect(await commit(71)).toMatchObject({
      status: 409,
      body: { code: 'notice_not_delivered', clause: 'RKN-S4c' },
    });
  });

  test('RKN-S4c/d it waits at each institution for itself, and changes nothing until then', async () => {
    const proposed = await commit(80);
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({ status: 403 });
    expect((await walk.approve(proposed)).body).toMatchObject({
      effects: [
        { outcome: { effectiveAt: expect.any(String) } },
        { outcome: { effectiveAt: expect.any(String) } },
      ],
    });
    await timed.takeDue();
    for (const bankCode of BOTH) {
      expect(await walk.stateOf('security-review', bankCode)).toBe('NOTICE_SENT');
      expect(await walk.stateOf('link', bankCode)).toBe('active');
      expect(await waiting(bankCode)).toMatchObject([
        { proposalId: idOf(proposed), step: 'measure_committed', settledAt: null, outcome: null },
      ]);
    }
    const stranger = await officerAtWork(bank, 'saikai-approver');
    const path = `/links/${walk.party.epsp}/timed-steps?bankCode=2963`;
    expect((await stranger.get(path)).status).toBe(404);
  });

  test('RKN-S4c the job waits for its moment, and takes it neither before nor a look later', async () => {
    const [step] = await waiting();
    const moment = Date.parse(String(step?.['effectiveAt']));
    const asked: number[] = [];
    const rhythm = { runWithin: (ms: number) => void asked.push(ms) };
    const jobs = { every: () => rhythm } as unknown as Jobs;
    const look = { now: moment - 80 * 3_600_000 };
    const clock = { now: () => Promise.resolve(look.now) };
    const of = <Part>(part: Type<Part>): Part => bank.app.get(part, { strict: false });
    const own = new TimedSteps(
      bank.database,
      clock,
      of(InstitutionsService),
      of(ProposalDesk),
      of(RecordsService),
      of(TimedStepStore),
      jobs,
    );
    await own.takeDue();
    expect(asked).toEqual([]);
    look.now = moment - 1_250;
    await own.takeDue();
    expect(asked).toEqual([1_250]);
    expect(await waiting()).toMatchObject([{ settledAt: null }]);
  });

  test(
    'RKN-S4c the job takes it once when its moment has come, whoever dies in between',
    async () => {
      // Meanwhile the other institution is content: nothing is left there for a measure to rest on.
      await walk.take(walk.propose('judged_sufficient', {}, ['2825']));
      const documents = bank.app.get(DocumentsService);
      const issue = documents.issue.bind(documents);
      documents.issue = () => Promise.reject(new Error('the server died here'));
      await walk.hoursPass(81);
      await expect(timed.takeDue()).rejects.toThrow('died');
      expect(await walk.stateOf()).toBe('NOTICE_SENT');
      expect(await walk.stateOf('link')).toBe('active');
      expect(await waiting()).toMatchObject([{ settledAt: null }]);
      documents.issue = issue;
      await Promise.all([timed.takeDue(), timed.takeDue()]);
      await timed.takeDue();
      expect(await walk.stateOf()).toBe('RESTRICTED');
      expect(await walk.stateOf('link')).toBe('restricted');
      const taken = await bank.admin(
        `select from matter_event where machine = 'link' and event ->> 'type' = 'measure_committed'`,
      );
      expect(taken).toHaveLength(1);
      expect(await bank.admin(`select from letter where notice = 'measure_in_force'`)).toHaveLength(
        1,
      );
    },
    LONG_MS,
  );

  test('RKN-S4c its letter names the moment that was decided and the one since when it holds', async () => {
    const [step] = await waiting();
    const documentId = await walk.letter('measure_in_force');
    const { document } = (await walk.receive('measure_in_force')) as { document: Letter };
    const moments = document.parts.flatMap(({ values = [] }) => values);
    const valueOf = (en: string) => moments.find(({ label }) => label.en === en)?.value.en ?? '';
    expect(Date.parse(valueOf('Set for'))).toBe(Date.parse(String(step?.['effectiveAt'])));
    const since = Date.parse(valueOf('In effect from'));
    expect(since).toBeGreaterThanOrEqual(Date.parse(String(step?.['effectiveAt'])));
    const told = await bank.admin<{ at: string }>(
      `select event ->> 'happenedAt' as at from matter_event
       where machine = 'link' and event ->> 'type' = 'measure_committed'`,
    );
    expect(told).toEqual([{ at: String(since) }]);
    const html = await bank.app.inject({
      url: `/staff/v1/links/${walk.party.epsp}/letters/${documentId}?bankCode=2963&form=html`,
      headers: { cookie: walk.proposer.sessionCookie },
    });
    for (const label of ['定めた時刻', 'Set for', '効力の発生']) expect(html.body).toContain(label);
    expect(html.body).toMatch(/\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}/);
    expect(html.body).toMatch(/\d{1,2} \w+ \d{4}, \d{2}:\d{2}(:\d{2})? JST/);
  });

  test('X-20 what the machine refuses by then is the outcome there, and leaves the others standing', async () => {
    expect(await waiting('2825')).toMatchObject([
      { outcome: { refused: 'event_out_of_order', clause: 'RKN-S4c' }, cancelledBy: null },
    ]);
    expect(await walk.stateOf('security-review', '2825')).toBe('ACCEPTED');
    expect(await walk.stateOf('link', '2825')).toBe('active');
  });
});

describe('a resumption that is decided for later', () => {
  const resume = async (hours: number) =>
    walk.propose('resumed', { reason: '改善の予定', effectiveAt: await walk.inHours(hours) });

  test(
    'RKN-S4c two people take it back before its moment, with a reason; it never takes effect',
    async () => {
      const proposed = await resume(24);
      await walk.approve(proposed);
      expect(await cancel(idOf(proposed), '  ')).toMatchObject({
        status: 422,
        body: { code: 'reason_required', clause: 'RKN-S4c' },
      });
      const cancelled = await cancel(idOf(proposed), '改善が遅れた');
      expect(await walk.approve(cancelled, walk.proposer)).toMatchObject({ status: 403 });
      expect((await walk.approve(cancelled)).body).toMatchObject({
        effects: [{ outcome: { cancelled: '改善が遅れた' } }],
      });
      await walk.hoursPass(25);
      await timed.takeDue();
      expect(await walk.stateOf()).toBe('RESTRICTED');
      expect((await waiting())[0]).toMatchObject({ cancelledBy: idOf(cancelled) });
      expect(await cancel(idOf(proposed), 'もう一度')).toMatchObject({
        status: 409,
        body: { code: 'event_late' },
      });
      expect((await cancel('prp_00000000000000000000000000', '何か')).status).toBe(404);
    },
    LONG_MS,
  );

  test(
    'RKN-S4c/f from its moment on it can no longer be cancelled, and the link is open again',
    async () => {
      const proposed = await resume(24);
      await walk.approve(proposed);
      const late = await cancel(idOf(proposed), '遅すぎた');
      await walk.hoursPass(25);
      expect(await walk.approve(late)).toMatchObject({ status: 409, body: { code: 'event_late' } });
      await timed.takeDue();
      expect(await walk.stateOf()).toBe('RESUMED');
      expect(await walk.stateOf('link')).toBe('active');
    },
    LONG_MS,
  );

  test('RKN-S4c/g what was decided, taken and cancelled is on record and cannot be rewritten', async () => {
    const kinds = await bank.admin<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from record where kind like 'measure_step_%' group by kind
       order by kind`,
    );
    expect(kinds).toEqual([
      { kind: 'measure_step_cancelled', n: 1 },
      { kind: 'measure_step_taken', n: 3 },
      { kind: 'measure_step_timed', n: 4 },
    ]);
    await expect(
      bank.admin(`update timed_step set outcome = '{}' where settled_at is not null`),
    ).rejects.toThrow(/is settled/);
  });
});
