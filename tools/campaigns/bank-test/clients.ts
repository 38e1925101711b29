import { CivilDate } from '#libs/kernel';
import { nameOfKey } from '../../../apps/bank-core/src/accounts/domain/ledger-key.js';
import type { LedgerAnswer } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { pause, stopwatch } from '../../machine-clock.js';
import type { Arena } from './arena.js';
import { Busy, Unknown, type Door } from './door.js';
import type { History, Operation, Planned } from './history.js';
import type { Random } from './random.js';
import { asScheduled } from './schedule-door.js';
import { asConfirmed } from './confirm-door.js';

/** How many come through each door at once. */
const CROWD = { writer: 20, singles: 3, transactions: 2, batches: 2, due: 2, confirm: 8 };
const BATCH_MAX = 8;
/** Hosts' clocks differ by so much: around midnight both business dates come. */
const SKEW_MS = 150;
/** People think: without it the writers would see full batches only, and the history would outgrow the machine. */
const THINKING_MS = 40;
/** Retries end some time: about a minute, then it is a finding. */
const ATTEMPTS = 120;
const PAUSE_MS_MAX = 500;
/** Of the orders, the second institution's. */
const SECOND_SHARE = 0.15;

/** One round's clients, until `isOver`; each ends when its last order is settled. */
export async function comeAndGo(
  arena: Arena,
  history: History,
  randomOf: (name: string) => Random,
  isOver: () => boolean,
): Promise<void> {
  const { writers, singles, transactions } = arena;
  const loop = async (name: string, once: (visitor: Visitor) => Promise<unknown>) => {
    const random = randomOf(name);
    const visitor = { arena, history, random, skewMs: random.between(-SKEW_MS, SKEW_MS) };
    while (!isOver()) {
      await once(visitor);
      await pause(random.between(0, THINKING_MS));
    }
  };
  const through = (door: Door, count: number): Promise<unknown>[] =>
    Array.from({ length: count }, (_, index) =>
      loop(`${door.name} ${index}`, (visitor) => settle(visitor, plan(visitor), door)),
    );
  await Promise.all([
    ...writers.flatMap((writer) => through(writer, CROWD.writer)),
    ...through(singles, CROWD.singles),
    ...through(transactions, CROWD.transactions),
    ...Array.from({ length: CROWD.batches }, (_, n) => loop(`batch ${n}`, placeBatch)),
    ...Array.from({ length: CROWD.due }, (_, n) => loop(`due ${n}`, placeDue)),
    ...Array.from({ length: CROWD.confirm }, (_, n) => loop(`confirm ${n}`, placeConfirmed)),
  ]);
}

interface Visitor {
  readonly arena: Arena;
  readonly history: History;
  readonly random: Random;
  readonly skewMs: number;
}

function plan({ arena, random, skewMs }: Visitor): Planned {
  const [first, second] = arena.workloads;
  const now = arena.clock.now() + skewMs;
  const workload = random.chance(SECOND_SHARE) ? second! : first!;
  return workload.next(random, now, CivilDate.inTokyo(now));
}

/** Asks until there is an answer: first at `door`, then, with the same key, wherever somebody listens. */
async function settle(visitor: Visitor, planned: Planned, door: Door): Promise<void> {
  const operation = visitor.history.invoke(planned, door.name);
  await askUntilAnswered(visitor, operation, (attempt) =>
    attempt === 1 ? door : visitor.random.pick(visitor.arena.doors),
  );
}

/** What is due is looked for by several at once, and one of them may even ask at another door: one key, one effect. */
async function placeDue(visitor: Visitor): Promise<void> {
  const { arena, random } = visitor;
  const planned = plan(visitor);
  // A schedule's key belongs to its content for ever: an old key would be an old schedule.
  const order = planned.isOldKey ? undefined : asScheduled(planned.order);
  const due = order ? { ...planned, order } : planned;
  const lookers = order ? [arena.schedule, arena.schedule] : arena.doors;
  const other = random.chance(0.3) ? [random.pick(arena.doors)] : [];
  await Promise.all([...lookers, ...other].map((door) => settle(visitor, due, door)));
}

/** A transfer comes by 確定 alone, and what nobody knows of it is asked there again; all else goes by any door. */
async function placeConfirmed(visitor: Visitor): Promise<void> {
  const { arena, history, random } = visitor;
  const planned = plan(visitor);
  const books = arena.books.find((own) => own.institutionId === planned.institutionId);
  const order = books && !planned.isOldKey ? asConfirmed(planned.order, books) : undefined;
  if (!order) return settle(visitor, planned, random.pick(arena.doors));
  const operation = history.invoke({ ...planned, order }, arena.confirm.name);
  return askUntilAnswered(visitor, operation, () => arena.confirm);
}

/** Ends the holds that stand from earlier rounds: all that stop a whole account, and half of the others. */
export async function giveUpOldHolds(
  arena: Arena,
  history: History,
  random: Random,
): Promise<void> {
  const visitor = { arena, history, random, skewMs: 0 };
  const { rows } = await arena.admin.pool.query<{
    institution: number;
    key: string;
    account: bigint;
  }>(
    `select institution_id as institution, key::text as key, account_id as account from hold
     where state = 'held' and (amount is null or get_byte(uuid_send(key), 15) % 2 = 0)`,
  );
  const releases = rows.map(({ institution, key, account }) => {
    const workload = arena.workloads.find(({ books }) => books.institutionId === institution)!;
    const today = CivilDate.inTokyo(arena.clock.now());
    return workload.release(random, today, nameOfKey(key), account);
  });
  await Promise.all(releases.map((planned) => settle(visitor, planned, random.pick(arena.doors))));
}

/** One door and no other: whether it answers again. Throws where it stays shut. */
export async function knock(visitor: Omit<Visitor, 'skewMs'>, door: Door): Promise<void> {
  const operation = visitor.history.invoke(plan({ ...visitor, skewMs: 0 }), door.name);
  await askUntilAnswered({ ...visitor, skewMs: 0 }, operation, () => door);
  if (!operation.answer) throw new Error(`${door.name} stays shut.`);
}

async function askUntilAnswered(
  visitor: Visitor,
  operation: Operation,
  doorOf: (attempt: number) => Door,
): Promise<void> {
  const { history } = visitor;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const door = doorOf(attempt);
    const askedAt = stopwatch();
    try {
      const answer = await door.place(operation.institutionId, operation.order);
      hear(visitor, operation, answer, door, askedAt);
      return;
    } catch (error) {
      if (error instanceof Busy) history.busy += 1;
      else if (error instanceof Unknown) history.unknown(operation, error.message);
      else throw error;
      await pause(Math.min(10 * 2 ** attempt, PAUSE_MS_MAX));
    }
  }
}

function hear(
  { arena, history }: Visitor,
  operation: Operation,
  answer: LedgerAnswer,
  door: Door,
  askedAt: number,
): void {
  history.answer(operation, answer, door.name, askedAt);
  arena.workloads
    .find(({ books }) => books.institutionId === operation.institutionId)
    ?.learn(operation, answer);
}

/** Several orders in one call of the batch function; when nobody knows, each for itself. */
async function placeBatch(visitor: Visitor): Promise<void> {
  const { arena, history, random } = visitor;
  const door = arena.transactions;
  const planned = new Map<string, Planned>();
  for (let n = random.between(2, BATCH_MAX); n > 0; n -= 1) {
    const each = plan(visitor);
    planned.set(`${each.institutionId} ${each.order.key}`, each);
  }
  const { institutionId } = [...planned.values()][0]!;
  const operations = [...planned.values()]
    .filter((each) => each.institutionId === institutionId)
    .map((each) => history.invoke(each, door.name));
  const askedAt = stopwatch();
  const orders = operations.map(({ order }) => order);
  try {
    const answers = await door.placeAll(institutionId, orders);
    for (const [index, operation] of operations.entries()) {
      hear(visitor, operation, answers[index]!, door, askedAt);
    }
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    for (const operation of operations) {
      history.unknown(operation, error.message);
      await askUntilAnswered(visitor, operation, () => random.pick(arena.doors));
    }
  }
}
