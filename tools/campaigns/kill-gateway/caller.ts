import { pause } from '../../machine-clock.js';
import type { Door, WireAnswer, WireRequest } from '../gateway-ground/door.js';
import { codeOf, type Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { Random } from '../oracle/random.js';
import type { Tally } from './tally.js';

const TRIES_MAX = 400;
const AGAIN_MS = 25;

/** What a process says while it has not read the bank's streams yet: try elsewhere, or again. */
const NOT_NOW = new Set(['core_unavailable', 'temporarily_unavailable', '503']);

/** An answer, and whether an earlier try of the same call had lost its own. */
export interface Heard {
  readonly answer: WireAnswer;
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
      const answer = await this.software.ask(this.#door(), make).catch(() => undefined);
      if (!answer) {
        wasCut = true;
        this.tally.count('cut_calls');
      } else if (!isNotNow(answer)) {
        return { answer, wasCut };
      }
      await pause(AGAIN_MS);
    }
    throw new Error('No process of the gateway answers any more.');
  }

  /** The very same request at two processes at once. Answers that were lost are left out. */
  async sendTwice(request: WireRequest): Promise<WireAnswer[]> {
    this.tally.count('double_sent');
    const [one, other] = this.#twoDoors();
    return heard([this.software.send(one, request), this.software.send(other, request)]);
  }

  /** Two requests that claim the same thing, at two processes at once. */
  async sendBoth(first: WireRequest, second: WireRequest): Promise<WireAnswer[]> {
    this.tally.count('double_sent');
    const [one, other] = this.#twoDoors();
    return heard([this.software.send(one, first), this.software.send(other, second)]);
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

async function heard(asked: readonly Promise<WireAnswer>[]): Promise<WireAnswer[]> {
  const settled = await Promise.allSettled(asked);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

const isNotNow = (answer: WireAnswer): boolean =>
  answer.status === 503 || NOT_NOW.has(codeOf(answer));

export const isGood = ({ status }: WireAnswer): boolean => status >= 200 && status < 300;
