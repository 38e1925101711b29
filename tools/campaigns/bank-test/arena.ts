import { Database } from '#libs/platform';
import { BankClock } from './bank-clock.js';
import { ConfirmDoor, openContract } from './confirm-door.js';
import { DirectDoor, type Door } from './door.js';
import { Proxy, through } from './proxy.js';
import { ScheduleDoor } from './schedule-door.js';
import { Stage } from './stage.js';
import { Workload } from './workload.js';
import { booksOf, openAccounts, type Books } from './world.js';
import { WriterProcess } from './writer-process.js';

/** Where the rounds are played: the cluster, the doors to its ledger, and what stands before each of them. */
export interface Arena {
  readonly stage: Stage;
  readonly clock: BankClock;
  /** Two processes with a writer each, on the same institutions. */
  readonly writers: readonly [WriterProcess, WriterProcess];
  readonly singles: DirectDoor;
  readonly transactions: DirectDoor;
  readonly doors: readonly Door[];
  /** Behind the connections of the transactions; for orders that can be scheduled only. */
  readonly schedule: Door;
  /** For orders that are transfers of the holder's; what came by it is asked there again. */
  readonly confirm: Door;
  /** By the name of the door that they stand before. */
  readonly proxies: ReadonlyMap<string, Proxy>;
  /** The judge's and the nemesis's; row-level security hides nothing from them. */
  readonly admin: Database;
  /** The readers', with the rights of the server. */
  readonly reader: Database;
  readonly books: readonly Books[];
  readonly workloads: readonly Workload[];
  close(): Promise<void>;
}

/** The first takes most of the orders; the second is the one whose accounts are foreign to it. */
const INSTITUTIONS = [1, 2];
const DOORS = [
  'writer-a',
  'writer-b',
  'singles',
  'transactions',
  'confirm',
  'admin',
  'reader',
] as const;

export async function openArena(seed: number): Promise<Arena> {
  const stage = await Stage.open();
  const proxies = new Map<string, Proxy>();
  for (const name of DOORS) proxies.set(name, await Proxy.open(() => stage.port));
  const url = (name: (typeof DOORS)[number]): string =>
    through(proxies.get(name)!, name === 'admin' ? stage.adminUrl : stage.appUrl);
  const database = (name: (typeof DOORS)[number], connectionsMax: number): Database =>
    new Database({ url: url(name), connectionsMax, applicationName: name });
  const admin = database('admin', 4);
  const reader = database('reader', 2);
  const singles = database('singles', 4);
  const transactions = database('transactions', 8);
  const confirmed = database('confirm', 4);
  const writers = [
    new WriterProcess('writer-a', url('writer-a')),
    new WriterProcess('writer-b', url('writer-b')),
  ] as const;
  const direct = {
    singles: new DirectDoor('singles', singles, singles.reserve(4), 'single'),
    transactions: new DirectDoor(
      'transactions',
      transactions,
      transactions.reserve(1),
      'transaction',
    ),
  };
  const books = INSTITUTIONS.map(booksOf);
  const clock = new BankClock(admin);
  for (const each of books) {
    await openAccounts(admin, each);
    await openContract(admin, each);
  }
  await Promise.all(writers.map((writer) => writer.start()));
  return {
    stage,
    clock,
    writers,
    ...direct,
    doors: [...writers, direct.singles, direct.transactions],
    schedule: new ScheduleDoor(transactions, clock.now),
    confirm: new ConfirmDoor(confirmed, admin, books, clock.now),
    proxies,
    admin,
    reader,
    books,
    workloads: books.map((each) => new Workload(each, seed)),
    async close() {
      await Promise.all(writers.map((writer) => writer.close()));
      await Promise.all(
        [admin, reader, singles, transactions, confirmed].map((each) => each.close()),
      );
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
      await stage.close();
    },
  };
}
