import { CivilDate } from '#libs/kernel';
import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { Arena } from './arena.js';
import { comeAndGo, giveUpOldHolds, knock } from './clients.js';
import { Figures, type BankTestFigures } from './figures.js';
import { History } from './history.js';
import type { Wrong } from './judge.js';
import { NEMESES, NotHere, type NemesisName } from './nemeses/index.js';
import { Random } from './random.js';
import { Reader } from './reader.js';
import { everythingRests, serverIsUp } from './recovery.js';
import { Tribunal } from './tribunal.js';
import { openingOrders } from './world.js';

export interface RoundsOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly nemeses: readonly NemesisName[];
  /** How long orders come in a round at the least. */
  readonly loadMs: number;
  readonly onWords: (words: string) => void;
}

export interface RoundsResult {
  readonly figures: BankTestFigures;
  readonly conditions: Readonly<Record<string, unknown>>;
}

/** Of a round's findings so many are told; the figures count all. */
const TOLD_MAX = 5;
/** One in four rounds has two nemeses, one after the other. */
const SECOND_NEMESIS = 0.25;

/** Rounds of orders under a nemesis, each judged when everything rests. */
export async function playRounds(arena: Arena, options: RoundsOptions): Promise<RoundsResult> {
  const { seed, onWords } = options;
  const tribunal = new Tribunal(arena);
  const figures = new Figures();
  const opening = await payIn(arena);
  tell(await tribunal.judge(opening), figures, onWords, `seed ${seed}, before the first round`);
  const reader = new Reader(arena.reader, arena.books, new Random(seed, 'reader'));
  reader.start();
  for (let round = 1; round <= options.rounds; round += 1) {
    const since = stopwatch();
    const { history, words } = await playRound(arena, options, round, figures);
    await everythingRests(arena);
    const wrong = await tribunal.judge(history);
    for (const books of arena.books) await reader.once(books);
    figures.countRound(history, wrong);
    const { operations } = history;
    const unknown = operations.filter(({ unknowns }) => unknowns > 0).length;
    const facts = `${operations.length} operations, ${unknown} unknown, ${Math.round(elapsedMs(since))} ms`;
    onWords(`${round} ${words}: ${facts}`);
    const badReads = reader.findings.splice(0);
    tellWords(
      [...wrong.map(inWords), ...badReads],
      onWords,
      `seed ${seed}, round ${round}, ${words}`,
    );
  }
  await reader.stop();
  tell(await tribunal.judgeAll(), figures, onWords, `seed ${seed}, in the end`);
  return {
    figures: figures.all(reader.reads, reader.badReads),
    conditions: { ...figures.conditions(), rows_out_of_transaction_number: tribunal.outOfNumber },
  };
}

/** The opening money is the history's first part. */
async function payIn(arena: Arena): Promise<History> {
  const history = new History();
  for (const books of arena.books) {
    const { institutionId } = books;
    const orders = openingOrders(books, CivilDate.inTokyo(arena.clock.now()));
    const asked = orders.map((order) =>
      history.invoke({ institutionId, order, isOldKey: false }, 'transactions'),
    );
    const askedAt = stopwatch();
    const answers = await arena.transactions.placeAll(institutionId, orders);
    for (const [index, operation] of asked.entries()) {
      history.answer(operation, answers[index]!, 'transactions', askedAt);
    }
  }
  return history;
}

async function playRound(
  arena: Arena,
  options: RoundsOptions,
  round: number,
  figures: Figures,
): Promise<{ history: History; words: string }> {
  const { seed, loadMs } = options;
  const history = new History();
  const randomOf = (name: string): Random => new Random(seed, round, name);
  await giveUpOldHolds(arena, history, randomOf('old holds'));
  const since = stopwatch();
  const state = { isStruck: false };
  const load = comeAndGo(
    arena,
    history,
    randomOf,
    () => state.isStruck && elapsedMs(since) > loadMs,
  );
  const random = randomOf('nemesis');
  const words: string[] = [];
  try {
    const second = random.chance(SECOND_NEMESIS) ? [random.pick(options.nemeses)] : [];
    for (const name of [namesInTurn(options, round), ...second]) {
      await pause(random.between(100, 400));
      words.push(await strike(arena, history, random, name, figures));
    }
  } finally {
    state.isStruck = true;
    await load;
  }
  return { history, words: words.join('; ') };
}

/** Each nemesis comes as often as every other; the seed says in which order. */
function namesInTurn({ nemeses, seed }: RoundsOptions, round: number): NemesisName {
  const turn = Math.floor((round - 1) / nemeses.length);
  const random = new Random(seed, 'turn', turn);
  const order = nemeses.map((name) => ({ name, at: random.next() })).sort((a, b) => a.at - b.at);
  return order[(round - 1) % nemeses.length]!.name;
}

async function strike(
  arena: Arena,
  history: History,
  random: Random,
  name: NemesisName,
  figures: Figures,
): Promise<string> {
  const recoveries: Promise<number>[] = [];
  const owed = (doors: readonly string[]): void => {
    recoveries.push(...doors.map((door) => history.recoveryOf(door)));
  };
  const before = history.unknowns;
  let words: string;
  try {
    words = await NEMESES[name]({ arena, random, owed, unknowns: () => history.unknowns });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    words = `${name} ${error instanceof NotHere ? 'is not to be had' : 'failed'}: ${reason}`;
    await serverIsUp(arena);
  }
  const ms = await opened(arena, history, random, recoveries);
  figures.deed(name, words, history.unknowns - before, ms.length === 0 ? [] : [Math.max(...ms)]);
  return `${name} (${words})`;
}

/** Waits for every door that owes an answer, and knocks where nobody else does. */
async function opened(
  arena: Arena,
  history: History,
  random: Random,
  recoveries: readonly Promise<number>[],
): Promise<readonly number[]> {
  const doors = arena.doors.filter(({ name }) => history.silentDoors.includes(name));
  const knocks = doors.map((door) => knock({ arena, history, random }, door));
  await Promise.all(knocks);
  return Promise.all(recoveries);
}

const inWords = ({ what, words }: Wrong): string => `${what}: ${words}`;

function tell(
  wrong: readonly Wrong[],
  figures: Figures,
  onWords: RoundsOptions['onWords'],
  where: string,
): void {
  figures.countWrong(wrong);
  tellWords(wrong.map(inWords), onWords, where);
}

function tellWords(
  findings: readonly string[],
  onWords: RoundsOptions['onWords'],
  where: string,
): void {
  if (findings.length === 0) return;
  onWords(`FINDINGS (${findings.length}; ${where})`);
  for (const words of findings.slice(0, TOLD_MAX)) onWords(`  ${words}`);
}
