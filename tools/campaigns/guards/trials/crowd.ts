import type { LedgerOrder } from '../../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import {
  freeLimit,
  limitOf,
  newKey,
  TODAY,
  TOMORROW,
  transfer,
} from '../../ledger-ground/house.js';
import { seeded, type Random } from '../../oracle/random.js';
import { CUSTOMERS, type Stage, type Trial } from '../stage.js';

const SESSIONS = 6;
const ROUNDS = 12;
const TOGETHER_MAX = 5;

/**
 * Six processes about four accounts at once, with orders singly and together, holds and their ends, keys that come
 * again and limits that fill up: what no one thought of as an interleaving. Deadlocks and lost updates are found by
 * what the database raises, the rest by the rows.
 */
export const crowd: Trial = {
  name: 'a crowd',
  async play(stage) {
    const sent: LedgerOrder[] = [];
    const work = Array.from({ length: SESSIONS }, (_, n) =>
      member(stage, seeded(20_261_122 + n), sent),
    );
    await Promise.all(work);
  },
};

async function member(stage: Stage, random: Random, sent: LedgerOrder[]): Promise<void> {
  const session = await stage.session();
  for (let round = 0; round < ROUNDS; round += 1) {
    const together = random.chance(2) ? 1 : random.between(2, TOGETHER_MAX);
    const orders = Array.from({ length: together }, () => orderOf(random, sent));
    sent.push(...orders);
    await Promise.all(orders.map((order) => stage.place(session, order)));
  }
}

function orderOf(random: Random, sent: readonly LedgerOrder[]): LedgerOrder {
  const from = random.pick(CUSTOMERS);
  const account = { bookedOn: TODAY, mayUseOverdraft: false, account: from };
  if (sent.length > 0 && random.chance(8)) return random.pick(sent);
  if (random.chance(8)) {
    const amountYen = BigInt(random.between(1, 400));
    return { ...account, act: 'hold', key: newKey(), kind: 'reservation', amountYen, text: '予約' };
  }
  const hold = sent.filter((order) => order.act === 'hold' && order.account === from).at(-1);
  if (hold && random.chance(3)) {
    return { ...account, act: 'release', key: newKey(), hold: hold.key, text: '解除' };
  }
  const subject = `hld_${random.between(1, 3)}`;
  const to = random.pick(CUSTOMERS.filter((customer) => customer !== from));
  const yen = BigInt(random.between(1, 400));
  const days = random.chance(3) ? ([TODAY, TOMORROW] as const) : ([TODAY] as const);
  const limit = random.chance(2) ? limitOf(subject, 4_000n, yen, days) : freeLimit('hld_free');
  return transfer({ from, to, yen, limit });
}
