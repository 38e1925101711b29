import { pause } from '../../../machine-clock.js';
import { everyDoor, type Nemesis } from './nemesis.js';

/** The business date flips while orders are on their way; hosts differ by a few hundred milliseconds. */
export const midnight: Nemesis = async ({ arena, random }) => {
  const ms = random.between(200, 500);
  await arena.clock.approachMidnight(ms);
  await pause(ms + 200);
  return 'midnight in Tokyo';
};

/** Statements and locks may take next to no time: many orders fail before or in the middle of their work. */
export const tinyTimeouts: Nemesis = async ({ arena, random, owed }) => {
  const { pool } = arena.admin;
  const [lock, statement] = [random.between(1, 3), random.between(3, 12)];
  const set = async (name: string, value: string): Promise<void> => {
    await pool.query(`alter role renkei_bank_app set ${name} = '${value}'`);
  };
  // A role's settings count from the next login, so every connection is made anew.
  const reconnect = (): void => {
    for (const name of everyDoor(arena)) arena.proxies.get(name)?.cut();
  };
  await set('lock_timeout', `${lock}ms`);
  await set('statement_timeout', `${statement}ms`);
  reconnect();
  try {
    await pause(random.between(300, 600));
  } finally {
    await pool.query('alter role renkei_bank_app reset all');
    reconnect();
  }
  owed(everyDoor(arena));
  return `lock_timeout ${lock} ms, statement_timeout ${statement} ms`;
};

const MAINTENANCE = [
  'vacuum (analyze) account',
  'vacuum (full) limit_use',
  'vacuum (freeze) posting',
  'reindex table concurrently posting',
  'reindex table account',
  'reindex index concurrently hold_by_account',
  'vacuum (full) hold',
];

/** What an administrator does while the house is open. */
export const maintenance: Nemesis = async ({ arena, random }) => {
  const [first, second] = [random.pick(MAINTENANCE), random.pick(MAINTENANCE)];
  await arena.admin.pool.query(first);
  await arena.admin.pool.query(second);
  return `${first}; ${second}`;
};
