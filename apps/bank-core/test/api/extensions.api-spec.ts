import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { CHUO } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const LONG_MS = 240_000;
const writes = { kind: 'restriction', removed: [{ right: 'transfer_initiation', reach: 'all' }] };
let bank: BankCoreUnderTest;
let walk: MeasureWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank, aoba);
  await walk.logIn();
  await underAssessment(walk, [CHUO]);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const more = (fields: object) =>
  walk.propose('period_extended', { reason: '連休のため', ...fields });
const dueAt = async (machine: string, name: string) => {
  const { deadlines } = (await walk.standing(machine)) as {
    deadlines: { name: string; dueAt: string }[];
  };
  return deadlines.find((deadline) => deadline.name === name)?.dueAt ?? 'none';
};
const daysBetween = (one: string, other: string) =>
  (Date.parse(other) - Date.parse(one)) / 86_400_000;

describe('RKN-S4b the period of a demand is extended by two people', () => {
  test('RKN-S4b not before it runs', async () => {
    await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }));
    await walk.take(
      walk.propose('improvement_demanded', { items: ['4.2'], grounds, periodDays: 2 }),
    );
    expect(await more({ addedDays: 10 })).toMatchObject({
      status: 409,
      body: { code: 'deadline_not_open', clause: 'RKN-S4b' },
    });
    await walk.receive('improvement_demand');
  });

  test('RKN-S4b with a reason and a number of days, and by a second person', async () => {
    expect(await more({ addedDays: 10, reason: ' ' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', clause: 'RKN-S4b' },
    });
    for (const addedDays of [undefined, 0])
      expect(await more({ addedDays })).toMatchObject({
        status: 422,
        body: { code: 'parameter_unset', clause: 'RKN-S4b' },
      });
    const proposed = await more({ addedDays: 10 });
    expect(await walk.approve(proposed, walk.proposer)).toMatchObject({
      status: 403,
      body: { code: 'four_eyes_required' },
    });
    const before = await dueAt('security-review', 'improvement');
    await walk.approve(proposed);
    expect(daysBetween(before, await dueAt('security-review', 'improvement'))).toBe(10);
    const letter = JSON.stringify(await walk.receive('period_extended'));
    for (const word of ['連休のため', '10 days', 'RKN-S4b']) expect(letter).toContain(word);
  });

  test(
    'RKN-S4b/a until the extended end there is no judgement of insufficiency, after it no extension',
    async () => {
      await walk.daysPass(6);
      expect(await walk.propose('judged_insufficient', { grounds })).toMatchObject({
        status: 409,
        body: { code: 'period_not_over', clause: 'RKN-S4b' },
      });
      await walk.daysPass(8);
      expect(await more({ addedDays: 1 })).toMatchObject({
        status: 409,
        body: { code: 'deadline_not_open' },
      });
      const judged = await walk.take(walk.propose('judged_insufficient', { grounds }));
      expect(judged).toMatchObject({ state: 'INSUFFICIENT' });
    },
    LONG_MS,
  );
});

describe('RKN-S4c a restriction that has an end is extended', () => {
  const longer = async (hours: number, fields: object = { grounds }) =>
    walk.propose('measure_extended', { until: await walk.inHours(hours), ...fields });
  const until = async () => {
    const { facts } = (await walk.standing('link')) as {
      facts: { measures: { until: number }[] };
    };
    return facts.measures[0]?.until;
  };

  test(
    'RKN-S4c with grounds and two people, to a later moment than it has; the rest stays as announced',
    async () => {
      await walk.take(walk.propose('notice_sent', writes));
      await walk.receive('measure_announced');
      await walk.hoursPass(73);
      expect(await longer(1)).toMatchObject({
        status: 409,
        body: { code: 'event_out_of_order', clause: 'RKN-S4c' },
      });
      const end = await walk.inHours(10);
      await walk.take(walk.propose('measure_committed', { grounds, until: end }));
      expect(await until()).toBe(Date.parse(end));
      for (const [hours, fields, code, status] of [
        [20, {}, 'grounds_required', 422],
        [-1, { grounds }, 'deadline_in_the_past', 422],
        [5, { grounds }, 'deadline_in_the_past', 422],
      ] as const)
        expect(await longer(hours, fields)).toMatchObject({
          status,
          body: { code, clause: 'RKN-S4c' },
        });
      expect(await until()).toBe(Date.parse(end));
      await walk.take(longer(20));
      expect(await until()).toBeGreaterThan(Date.parse(end) + 9 * 3_600_000);
      expect(JSON.stringify(await walk.receive('measure_extended'))).toContain(
        'initiating transfers',
      );
    },
    LONG_MS,
  );

  test(
    'RKN-S4c past the first end it goes on, past the second it is over and cannot be extended',
    async () => {
      await walk.hoursPass(11);
      expect(await walk.stateOf('link')).toBe('restricted');
      const [row] = await bank.admin(
        `select from link_state where state = 'restricted' and until > renkei_now()`,
      );
      expect(row).toBeDefined();
      await walk.hoursPass(10);
      expect(await walk.stateOf('link')).toBe('active');
      expect((await longer(5)).body).toMatchObject({ clause: 'RKN-S4c' });
      expect(await longer(5)).toMatchObject({ status: 409 });
    },
    LONG_MS,
  );
});

describe('RKN-C2b the period of a stop request is extended', () => {
  test(
    'RKN-C2b while it runs, by two people; overdue is counted from the extended end',
    async () => {
      const stop = (step: string, fields: object) => walk.proposeStop(TSUBAME, step, fields);
      const asking = { ground: 'partner_default', grounds, explanation: '報告が滞っている' };
      await walk.take(stop('stop_demanded', { ...asking, periodDays: 2 }));
      await walk.receive('stop_request');
      const before = await dueAt('chain-stop', 'stop');
      expect(await stop('period_extended', { addedDays: 3 })).toMatchObject({
        status: 422,
        body: { code: 'reason_required', clause: 'RKN-C2b' },
      });
      await walk.take(stop('period_extended', { addedDays: 3, reason: '準備に要する' }));
      expect(daysBetween(before, await dueAt('chain-stop', 'stop'))).toBe(3);
      await walk.daysPass(4);
      expect(await walk.stateOf('chain-stop')).toBe('STOP_DEMANDED');
      await walk.daysPass(3);
      expect(await walk.stateOf('chain-stop')).toBe('OVERDUE');
      expect(await stop('period_extended', { addedDays: 1, reason: '遅い' })).toMatchObject({
        status: 409,
        body: { code: 'event_out_of_order' },
      });
    },
    LONG_MS,
  );
});
