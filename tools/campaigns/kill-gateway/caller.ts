import { pause } from '../../machine-clock.js';
import { NoAnswer, type Door, type WireAnswer, type WireRequest } from '../gateway-ground/door.js';
import { codeOf, type Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { Random } from '../oracle/random.js';
import type { GoodOnce, Tally } from './tally.js';

const TRIES_MAX = 400;
const AGAIN_MS = 25;

/** What a process says while it has not read the bank's streams yet: try elsewhere, or again. */
const NOT_NOW = new Set(['core_unavailable', 'temporarily_unavailable', '503']);

/** An answer, and what went before it. */
export interface Heard {
  readonly answer: WireAnswer;
  /** An earlier try of the same call was sent and lost its answer: it may have been carried out. */
  readonly wasCut: boolean;
  /** What was answered, as it was sent. */
  readonly request: WireRequest;
  /** The process that answered, by its place among the doors. */
  readonly at: number;
}

/** Answers of a pair, and whether one of them may have been carried out without a word. */
export interface HeardOfPair {
  readonly answers: readonly WireAnswer[];
  readonly wasCut: boolean;
}

/** Calls as a good client makes them: a broken connection or a "not now" is tried again at another process. */
export class Caller {
  constructor(
    private readonly stage: Stage,
    readonly software: Software,
    private readonly random: Random,
    private readonly tally: Tally,
  ) {}

  /** `make` is asked anew for each try, since proofs and assertions are good once. */
  async call(make: () => WireRequest): Promise<Heard> {
    let wasCut = false;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const door = this.#door();
      let request: WireRequest | undefined;
      const answer = await this.software
        .ask(door, () => (request = make()))
        .catch((error: unknown) => this.#lost(error));
      if (answer === 'cut') wasCut = true;
      else if (answer !== 'unsent' && request && !isNotNow(answer)) {
        return { answer, wasCut, request, at: this.stage.doors.indexOf(door) };
      }
      await pause(AGAIN_MS);
    }
    throw new Error('No process of the gateway answers any more.');
  }

  /** The very same request at two processes at once. */
  sendTwice(kind: GoodOnce, request: WireRequest): Promise<HeardOfPair> {
    return this.sendBoth(kind, request, request);
  }

  /** Two requests that claim the same thing, at two processes at once. */
  async sendBoth(kind: GoodOnce, first: WireRequest, second: WireRequest): Promise<HeardOfPair> {
    this.tally.count('double_sent');
    const [one, other] = this.#twoDoors();
    const heard = await Promise.all([
      this.software.send(one, first).catch((error: unknown) => this.#lost(error)),
      this.software.send(other, second).catch((error: unknown) => this.#lost(error)),
    ]);
    const answers = heard.filter((each) => typeof each !== 'string');
    const taken = answers.filter(isGood).length;
    if (taken > 1) this.tally.find('accepted_twice', `${kind}, sent to two processes at once`);
    if (taken === 1) this.tally.count(`taken_once_${kind}`);
    return { answers, wasCut: heard.includes('cut') };
  }

  /** What is known of a call without an answer. */
  #lost(error: unknown): 'cut' | 'unsent' {
    const lost = error instanceof NoAnswer && !error.wasSent ? 'unsent' : 'cut';
    this.tally.count(lost === 'cut' ? 'cut_calls' : 'unsent_calls');
    return lost;
  }

  #door(): Door {
    return this.random.pick(this.#listening(1));
  }

  #twoDoors(): readonly [Door, Door] {
    const doors = this.#listening(2);
    const first = this.random.between(0, doors.length - 1);
    const second = (first + this.random.between(1, doors.length - 1)) % doors.length;
    return [doors[first]!, doors[second]!];
  }

  /** Who listens now; everybody, where that are too few. */
  #listening(doorsMin: number): readonly Door[] {
    const { doors, nodes } = this.stage;
    const listening = doors.filter((_, at) => nodes[at]?.isListening);
    return listening.length >= doorsMin ? listening : doors;
  }
}

const isNotNow = (answer: WireAnswer): boolean =>
  answer.status === 503 || NOT_NOW.has(codeOf(answer));

export const isGood = ({ status }: WireAnswer): boolean => status >= 200 && status < 300;
