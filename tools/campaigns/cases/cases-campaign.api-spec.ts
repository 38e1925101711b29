import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database } from '#libs/platform';
import {
  startBankCore,
  type BankCoreUnderTest,
} from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { Cutter } from './cuts.js';
import { killRounds } from './kill-rounds.js';
import { librarySequences, OwnSums } from './library-sequences.js';
import { brokenRows, officer } from './room.js';
import { roomSequences } from './room-sequences.js';

let bank: BankCoreUnderTest;
beforeAll(async () => {
  bank = await startBankCore();
});
afterAll(() => bank.stop());

test('RKN-L* random sequences through the library break nothing, and the counting would see it', () => {
  expect(librarySequences(500, 1)).toEqual([]);
  const sums = new OwnSums(10n);
  const payment = { id: 'p', by: 'FI', amountYen: 11n, paidAt: 0 } as const;
  sums.count({ type: 'paid', payment }, 0n);
  expect(sums.broken).toEqual(['paid above the loss']);
});

test('RKN-L* random sequences through the room break nothing, and the rows would show it', async () => {
  expect(await roomSequences(bank, 12, 1)).toEqual([]);
  // What the sums say against the events: taken as an administrator could change them.
  await bank.admin(
    `update loss_case set paid_fi = loss, paid_epsp = 0, recourse_epsp = 0, recourse_fi = 0, recovered_epsp = 0,
       recovered_fi = 0 where id = (select id from loss_case order by id limit 1)`,
  );
  expect(await brokenRows(bank)).toHaveLength(1);
});

test('RKN-L1a SM-14 claims cut off at random places end whole, dated and once', async () => {
  const people = {
    one: await officer(bank, 'chuo-compliance', 'compliance'),
    other: await officer(bank, 'chuo-approver', 'approver'),
  };
  const cutter = new Cutter(bank.app.get(Database));
  const { figures, cuts } = await killRounds(bank, cutter, people, { kills: 12, seed: 3 });
  expect(figures).toEqual({ half_done: 0, lost_deadlines: 0, doubled_effects: 0 });
  expect(cuts).toBeGreaterThanOrEqual(12);
});
