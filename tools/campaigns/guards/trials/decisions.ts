import {
  freeLimit,
  limitOf,
  newKey,
  TODAY,
  TOMORROW,
  transfer,
} from '../../ledger-ground/house.js';
import { OPENING, type Stage, type Trial } from '../stage.js';

const trial = (name: string, play: (stage: Stage) => Promise<void>): Trial => ({ name, play });
const tooMuch = OPENING + 1n;

async function expectStatus(
  stage: Stage,
  order: ReturnType<typeof transfer>,
  expected: string,
): Promise<void> {
  const answer = await stage.place(await stage.session(), order);
  if (answer && answer.status !== expected) {
    stage.find(`answered ${answer.status}, not ${expected}`);
  }
}

/** Idempotency: the answer of then for the same content, and a refusal for any other. */
export const knownKey: Trial = trial(
  'a known key, with its content and with another',
  async (stage) => {
    for (const limit of [undefined, freeLimit('hld_known')]) {
      const key = newKey();
      const wish = { from: 11n, to: 12n, key, ...(limit ? { limit } : {}) };
      await expectStatus(stage, transfer({ ...wish, yen: 100n }), 'posted');
      await expectStatus(stage, transfer({ ...wish, yen: 200n }), 'key_reused');
    }
  },
);

/** What one session alone can ask for. */
export const temptations: readonly Trial[] = [
  trial('more than there is, in a batch', (stage) =>
    expectStatus(stage, transfer({ from: 11n, to: 12n, yen: tooMuch }), 'insufficient_funds'),
  ),
  trial('more than there is, singly', async (stage) => {
    const limit = freeLimit('hld_funds');
    await expectStatus(stage, transfer({ from: 13n, to: 14n, yen: 1n, limit }), 'posted');
    const order = transfer({ from: 11n, to: 12n, yen: tooMuch, limit });
    await expectStatus(stage, order, 'insufficient_funds');
  }),
  trial('from an account to itself', (stage) =>
    expectStatus(stage, transfer({ from: 11n, to: 11n, yen: 100n }), 'same_account'),
  ),
  knownKey,
  trial('SM-5.3-1b the limit of one day beside that of another', async (stage) => {
    const on = (day: typeof TODAY, yen: bigint) =>
      transfer({ from: 11n, to: 12n, yen, limit: limitOf('hld_day', 100n, yen, [day]) });
    await expectStatus(stage, on(TODAY, 30n), 'posted');
    await expectStatus(stage, on(TOMORROW, 70n), 'posted');
    await expectStatus(stage, on(TODAY, 60n), 'posted');
    await expectStatus(stage, on(TODAY, 20n), 'limit_exceeded');
    await expectStatus(stage, on(TOMORROW, 30n), 'posted');
    await expectStatus(stage, on(TOMORROW, 1n), 'limit_exceeded');
  }),
  trial('SM-5.3-1b a request of today for tomorrow', async (stage) => {
    const limit = (yen: bigint, days: readonly [typeof TODAY, typeof TODAY]) =>
      limitOf('hld_both', 100n, yen, days);
    const order = (yen: bigint, days: readonly [typeof TODAY, typeof TODAY]) =>
      transfer({ from: 11n, to: 12n, yen, limit: limit(yen, days) });
    await expectStatus(stage, order(60n, [TODAY, TOMORROW]), 'posted');
    await expectStatus(stage, order(60n, [TOMORROW, TOMORROW]), 'limit_exceeded');
    await expectStatus(stage, order(60n, [TOMORROW, TODAY]), 'posted');
    await expectStatus(stage, order(60n, [TODAY, TODAY]), 'limit_exceeded');
    await expectStatus(stage, order(40n, [TODAY, TOMORROW]), 'posted');
  }),
];
