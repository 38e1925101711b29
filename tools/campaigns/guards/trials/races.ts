import { freeLimit, limitOf, TOMORROW, transfer } from '../../ledger-ground/house.js';
import type { Stage, Trial } from '../stage.js';

const trial = (name: string, play: (stage: Stage) => Promise<void>): Trial => ({ name, play });

/** Two sessions about one account, the second between the first one's reading and writing. */
export const accountRaces: readonly Trial[] = [
  trial('two debits of one account', (stage) =>
    stage.interleave(
      transfer({ from: 11n, to: 12n, yen: 100n }),
      transfer({ from: 11n, to: 13n, yen: 200n }),
    ),
  ),
  trial('two credits of one account', (stage) =>
    stage.interleave(
      transfer({ from: 12n, to: 11n, yen: 100n }),
      transfer({ from: 13n, to: 11n, yen: 200n }),
    ),
  ),
  trial('a debit against a credit of one account', (stage) =>
    stage.interleave(
      transfer({ from: 11n, to: 12n, yen: 100n }),
      transfer({ from: 13n, to: 11n, yen: 200n }),
    ),
  ),
  trial('a single posting between the reading and the writing of a batch', async (stage) => {
    const limit = freeLimit('hld_single');
    await stage.place(await stage.session(), transfer({ from: 14n, to: 13n, yen: 1n, limit }));
    await stage.interleave(
      transfer({ from: 12n, to: 11n, yen: 100n }),
      transfer({ from: 11n, to: 13n, yen: 200n, limit }),
    );
  }),
];

/** A single posting that holds its first account while a batch wants both: whoever turns the order waits in a ring. */
export const lockOrders: readonly Trial[] = (
  [
    [11n, 12n, 'debit'],
    [11n, 12n, 'credit'],
    [12n, 11n, 'debit'],
    [12n, 11n, 'credit'],
  ] as const
).map(([from, to, place]) =>
  trial(
    `a batch beside a single posting ${from} → ${to}, held before its ${place}`,
    async (stage) => {
      const limit = freeLimit('hld_order');
      await stage.place(await stage.session(), transfer({ from: 14n, to: 13n, yen: 1n, limit }));
      await stage.interleave(
        transfer({ from, to, yen: 100n, limit }),
        transfer({ from: 11n, to: 12n, yen: 100n }),
        place,
      );
    },
  ),
);

/** Two orders of one holder from different accounts, for which the day's limit has room once (SM-5.3-1b). */
export const limitRace = trial('two orders and room for one in the daily limit', async (stage) => {
  const limit = limitOf('hld_race', 100n, 60n);
  const designated = { ...limit, designatedOn: TOMORROW };
  // The day's rows stand already: a row that is not yet committed would hold the second order by itself.
  const before = transfer({ from: 14n, to: 13n, yen: 1n, limit: { ...designated, chargeYen: 1n } });
  await stage.place(await stage.session(), before);
  await stage.interleave(
    transfer({ from: 11n, to: 12n, yen: 60n, limit: designated }),
    transfer({ from: 13n, to: 14n, yen: 60n, limit: designated }),
  );
});

/** The same order from two sessions at once, as after a lost answer. */
export const keyRace = trial('one key from two sessions', async (stage) => {
  const limit = freeLimit('hld_key');
  await stage.place(await stage.session(), transfer({ from: 14n, to: 13n, yen: 1n, limit }));
  const order = transfer({ from: 11n, to: 12n, yen: 100n, limit });
  await stage.interleave(order, order);
});
