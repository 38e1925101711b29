import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BankProcess } from './bank-process.js';
import { processKills } from './process-kills.js';

let bank: BankProcess;
beforeAll(async () => {
  bank = await BankProcess.start();
});
afterAll(() => bank.stop());

test('RKN-L1a SM-14 claims whose server is killed in every step end whole, dated and once', async () => {
  const { figures, falls, rounds } = await processKills(bank, { kills: 4, seed: 5 });
  expect(figures).toEqual({ half_done: 0, lost_deadlines: 0, doubled_effects: 0 });
  expect({ falls, rounds }).toEqual({ falls: 4, rounds: 1 });
});
