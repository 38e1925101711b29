import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RemindDutiesJob } from '../../src/measures/remind-duties.job.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, underAssessment } from './measure-walk.js';
import { OwnWalk } from './own-walk.js';
import { officerAtWork } from './officers.js';
import { ReviewWalk } from './review-walk.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

const LONG_MS = 240_000;
const DAY_MS = 86_400_000;
let bank: BankCoreUnderTest;
let walk: ReviewWalk;
let job: RemindDutiesJob;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ReviewWalk(bank);
  job = bank.app.get(RemindDutiesJob);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Change {
  readonly subject: string;
  readonly subjectId: string;
  readonly bankCode: string | null;
  readonly epspId: string | null;
  readonly state: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Everything that is told of one kind, oldest first. */
async function told(subject: string, cursor = ''): Promise<Change[]> {
  if (cursor === '') await bank.settled();
  const { body } = await bank.call({ path: `/changes?cursor=${cursor}` });
  const { changes, cursor: next } = body as unknown as { changes: Change[]; cursor: string };
  const own = changes.filter((change) => change.subject === subject);
  return changes.length === 0 ? [] : [...own, ...(await told(subject, next))];
}
const duties = async (bankCode: string, duty: string) =>
  (await told('duty'))
    .filter((one) => one.bankCode === bankCode && one.detail['duty'] === duty)
    .map(({ state, detail }) => [state, detail['daysLeft']]);
/** Each reminder that went out, by which lead, and how many days were left then, a begun one as a whole. */
async function reminded(institutionId: number, deadline: string) {
  const rows = await bank.admin<{ lead: number; leftMs: number }>(
    `select days_before as lead, extract(epoch from due_at - reminded_at)::float8 * 1000 as "leftMs"
     from duty_reminder where institution_id = $1 and deadline = $2 order by reminded_at`,
    [institutionId, deadline],
  );
  return rows.map(({ lead, leftMs }) => ({ lead, left: Math.ceil(leftMs / DAY_MS) }));
}
/** Days go by, and the job looks twice. */
const pass = async (days: number) => {
  await walk.daysPass(days);
  await job.run();
  await job.run();
};

describe('what is due does not pass in silence', () => {
  test(
    'RKN-S4a RKN-S4b a demand is reminded of at each lead and told when it is over, once each',
    async () => {
      await underAssessment(walk, [CHUO, SAIKAI]);
      const both = ['2963', '2825'];
      await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }, both));
      const demand = { items: ['4.2'], grounds, periodDays: 10 };
      await walk.take(walk.propose('improvement_demanded', demand, both));
      // The period runs from the arrival: before it nothing is due.
      await pass(1);
      expect(await duties('2963', 'improvement')).toEqual([]);
      for (const bankCode of both) await walk.receive('improvement_demand', bankCode);
      // Fourteen days before, there was no demand yet: ten days are not reminded of when they begin.
      await pass(1);
      expect(await duties('2963', 'improvement')).toEqual([]);
      await pass(3);
      const [week] = await reminded(CHUO, 'improvement');
      expect(week).toEqual({ lead: 7, left: expect.any(Number) });
      const first = ['due_soon', week?.left];
      expect(await duties('2963', 'improvement')).toEqual([first]);
      const seen = await told('duty');
      const [here, there] = both.map((bankCode) => seen.find((one) => one.bankCode === bankCode));
      expect(here).toMatchObject({
        subjectId: expect.stringMatching(/^dem_/),
        epspId: minato.epsp,
        detail: { duty: 'improvement', clause: 'RKN-S4a', dueAt: expect.any(String) },
      });
      // Whoever has reported has done its part of the demand; the other institution still waits.
      const report = { demandId: there?.subjectId };
      expect((await walk.reply('improvement_reported', report, '2825')).status).toBe(200);
      await pass(6);
      const [, day] = await reminded(CHUO, 'improvement');
      expect(day).toEqual({ lead: 1, left: 1 });
      expect(await duties('2963', 'improvement')).toEqual([first, ['due_soon', 1]]);
      await pass(3);
      await pass(3);
      const all = [first, ['due_soon', 1], ['overdue', 0]];
      expect(await duties('2963', 'improvement')).toEqual(all);
      const [elsewhere] = await reminded(SAIKAI, 'improvement');
      expect(await duties('2825', 'improvement')).toEqual([['due_soon', elsewhere?.left]]);
    },
    LONG_MS,
  );

  test(
    'RKN-S3a an attestation is reminded of late, once, with the days that are left, and told when it is over',
    async () => {
      const own = new ReviewWalk(bank, aoba).withOfficersOf(walk);
      const submission = await own.accepted(['2963']);
      const attestation = () => duties('2963', 'attestation');
      await pass(340);
      expect(await attestation()).toEqual([]);
      // Fourteen days before and seven have gone by unseen.
      await pass(20);
      const [late] = await reminded(CHUO, 'attestation');
      expect(late).toEqual({ lead: 7, left: expect.any(Number) });
      expect(late?.left).toBeLessThan(7);
      const soon = ['due_soon', late?.left];
      expect(await attestation()).toEqual([soon]);
      await pass(10);
      await pass(5);
      expect(await attestation()).toEqual([soon, ['overdue', 0]]);
      const first = (await told('duty')).find(({ detail }) => detail['duty'] === 'attestation');
      expect(first).toMatchObject({
        subjectId: submission,
        epspId: aoba.epsp,
        detail: { clause: 'RKN-S3a' },
      });
    },
    LONG_MS,
  );
});

describe('what was reported is answered', () => {
  test(
    'RKN-S1 an incident is told when it reached an institution, was read and closed; nothing of its words',
    async () => {
      const own = new OwnWalk(bank);
      const text = '設定の誤りで、利用者の明細が別の利用者に見えました。';
      const report = { kind: 'leak', text, phase: 'resolved', evidence: [], functions: [] };
      const times = {
        occurredAt: '2026-03-20T10:00:00+09:00',
        foundAt: '2026-03-21T09:30:00+09:00',
      };
      const concerned = [{ bankCode: '2963', affectedUsers: 1 }];
      const reference = 'INC-told';
      const { body } = await own.post('/incidents', { ...report, ...times, reference, concerned });
      const id = String(body['incidentId']);
      const officer = await officerAtWork(bank, 'compliance');
      const acknowledged = { bankCode: '2963', sequence: 1, note: '確認した' };
      expect((await officer.post(`/incidents/${id}/acknowledgements`, acknowledged)).status).toBe(
        200,
      );
      const closing = { bankCode: '2963', note: '終結' };
      expect((await officer.post(`/incidents/${id}/closures`, closing)).status).toBe(200);
      const changes = (await told('incident')).filter(({ subjectId }) => subjectId === id);
      expect(changes.map(({ state }) => state)).toEqual(['reported', 'acknowledged', 'closed']);
      expect(changes[0]).toMatchObject({ bankCode: '2963', epspId: minato.epsp, detail: {} });
      expect(JSON.stringify(changes)).not.toMatch(/INC-told|明細|確認した/);
    },
    LONG_MS,
  );
});
