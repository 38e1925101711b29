import pg from 'pg';
import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import { Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import { WRITING_BANKS } from '../kill/arena.js';
import { seeded, type Random } from '../oracle/random.js';
import { debitedAfter, readyToConfirm, snapshotOf, type Confirmation } from './confirmations.js';
import type { Officers, Way } from './officers.js';
import { Traffic, type TrafficFigures } from './traffic.js';

export interface CyclesOptions {
  readonly cycles: number;
  readonly seed: number;
  /** Which stops come: cycle after cycle one of each, unless only one way is asked for. */
  readonly through?: Through;
  /** How long after a stop's commit a node may still accept a push; unless given no time is judged. */
  readonly boundMs?: number;
  readonly onCycle?: (line: string) => void;
}

export const THROUGH = ['procedure', 'hold', 'both'] as const;
export type Through = (typeof THROUGH)[number];

export interface CyclesResult extends TrafficFigures {
  cycles: number;
  /** Cycles whose stop came through RKN-S4, and those of the protective hold. */
  through_procedure: number;
  through_hold: number;
  late_confirmations: number;
  confirmations_formed: number;
  confirmations_refused: number;
  /** From the commit of each stop until the last node refused for the rest of its watch. */
  readonly closedMs: number[];
  /** What the transaction of each stop took, the wait for confirmations under way included. */
  readonly stopMs: number[];
  readonly findings: string[];
}

/** bank-core beats every 250 ms; a stop shall meet every moment between two beats. */
const BEAT_MS = 250;
/** In every so manieth cycle of a bank that takes transfers, confirmations race with the stop. */
const RACE_EVERY = 4;
/** About as long as a confirmation takes: some stops come before it, some after. */
const RACE_MS = 400;
const SETTLED_EVERY = 3;
/** So long every node is asked on after the bound, and after the last one closed. */
const WATCH_MS = 200;
const WAIT_MS_MAX = 60_000;

/** Institutions whose links are stopped side by side: each has its own lock and its own versions. */
const BANKS = [...WRITING_BANKS, '2951', '2954'];

/** Stops and releases under load, spread over several institutions. */
export async function stopAndRelease(
  stage: Stage,
  officers: Officers,
  options: CyclesOptions,
): Promise<CyclesResult> {
  const so: CyclesResult = {
    cycles: 0,
    through_procedure: 0,
    through_hold: 0,
    requests: 0,
    frozen_reads: 0,
    late_reads: 0,
    late_pushes: 0,
    watched_pushes: 0,
    late_confirmations: 0,
    unexplained: 0,
    confirmations_formed: 0,
    confirmations_refused: 0,
    closedMs: [],
    stopMs: [],
    findings: [],
  };
  await Promise.all(
    BANKS.map(async (bankCode, at) => {
      const lane = await Lane.open(stage, officers, bankCode, so, options, at);
      try {
        while (so.cycles < options.cycles) {
          so.cycles += 1;
          const number = so.cycles;
          const way = wayOf(number, options.through);
          so[`through_${way}`] += 1;
          const line = await lane.cycle(number, way);
          options.onCycle?.(`${number} ${line}`);
        }
      } finally {
        await lane.close();
      }
    }),
  );
  return so;
}

const wayOf = (number: number, through: Through = 'both'): Way => {
  if (through !== 'both') return through;
  return number % 2 === 0 ? 'procedure' : 'hold';
};

/** One institution and one intermediary: its link goes to and fro while its traffic goes on. */
class Lane {
  #round = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly officers: Officers,
    private readonly software: Software,
    private readonly people: readonly DemoPerson[],
    private readonly traffic: Traffic,
    private readonly bank: pg.Client,
    private readonly so: CyclesResult,
    private readonly random: Random,
    private readonly boundMs: number | undefined,
  ) {}

  static async open(
    stage: Stage,
    officers: Officers,
    bankCode: string,
    so: CyclesResult,
    { seed, boundMs }: CyclesOptions,
    at: number,
  ): Promise<Lane> {
    const [client] = stage.clients;
    const people = stage.people.filter((person) => person.bankCode === bankCode);
    const [person] = people;
    if (!client || !person) throw new Error(`Nobody has an account at ${bankCode}.`);
    const software = new Software(client, stage.origin);
    const bank = new pg.Client({ connectionString: stage.databases.bank.adminUrl });
    bank.on('error', () => undefined);
    await bank.connect();
    const traffic = await Traffic.begin(stage, software, person, so, boundMs);
    const random = seeded(seed + at);
    return new Lane(stage, officers, software, people, traffic, bank, so, random, boundMs);
  }

  async cycle(number: number, way: Way): Promise<string> {
    const { traffic, so, random } = this;
    this.#round += 1;
    await traffic.renewTokens();
    const racing = await this.#racers();
    const link = { bankCode: this.#bankCode, epspId: this.software.client.epsp_id };
    const stop = await this.officers.agreeOnStop(link, way);
    await pause(random.between(0, BEAT_MS));
    const pressed = racing.map((confirm) => confirm());
    // Most stops meet a confirmation on its way; some come when the first has just been formed.
    if (racing.length > 0 && random.chance(SETTLED_EVERY)) await Promise.race(pressed);
    else if (racing.length > 0) await pause(random.between(0, RACE_MS));
    traffic.stopping();
    const since = stopwatch();
    await stop();
    so.stopMs.push(elapsedMs(since));
    traffic.stopped();
    const snapshot = await snapshotOf(this.bank);
    await this.#closed();
    for (const outcome of await Promise.all(pressed)) {
      if (outcome === 'formed') so.confirmations_formed += 1;
      else so.confirmations_refused += 1;
    }
    const closedMs = await this.#stayedClosed();
    const debited = await debitedAfter(
      this.bank,
      this.officers.institutionOf(this.#bankCode),
      snapshot,
    );
    so.late_confirmations += debited;
    if (debited > 0)
      so.findings.push(`${number} ${this.#bankCode}: ${debited} debited after the stop`);
    const release = await this.officers.agreeOnRelease(link, way);
    traffic.releasing();
    await release();
    await traffic.isOpenAgain();
    traffic.released();
    return `${this.#bankCode} (${way}) refused everywhere after ${Math.round(closedMs)} ms`;
  }

  async close(): Promise<void> {
    await this.traffic.end();
    this.so.findings.push(...this.traffic.findings);
    await this.bank.end();
  }

  get #bankCode(): string {
    return this.people[0]?.bankCode ?? '';
  }

  /** Waits until every node refuses; how long the last one took. */
  async #closed(): Promise<number> {
    for (;;) {
      const { closedAfterMs } = this.traffic;
      if (closedAfterMs !== undefined) return closedAfterMs;
      await this.#moment();
    }
  }

  /** Nobody may come to be served after the bound, however late: how long the last took to close for good. */
  async #stayedClosed(): Promise<number> {
    const { traffic, boundMs = 0 } = this;
    const untilMs = WATCH_MS + Math.max(boundMs, await this.#closed());
    while (traffic.sinceStopMs < untilMs || !traffic.isWatched) await this.#moment();
    const closedMs = await this.#closed();
    this.so.closedMs.push(closedMs);
    return closedMs;
  }

  async #moment(): Promise<void> {
    if (this.traffic.sinceStopMs > WAIT_MS_MAX) {
      throw new Error(`A node goes on serving the stopped link at ${this.#bankCode}.`);
    }
    await pause(2);
  }

  /** Both holders of a bank that takes transfers, one page away from paying each other one yen. */
  async #racers(): Promise<Confirmation[]> {
    const [one, other] = this.people;
    const isRace = this.#round % RACE_EVERY === 1 && WRITING_BANKS.includes(this.#bankCode);
    const [door] = this.stage.doors;
    if (!isRace || !one || !other || !door) return [];
    const both = [
      [one, other],
      [other, one],
    ] as const;
    return Promise.all(
      both.map((pair) => readyToConfirm(this.stage, this.bank, this.software, door, pair)),
    );
  }
}
