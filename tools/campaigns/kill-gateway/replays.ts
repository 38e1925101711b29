import { elapsedMs, stopwatch } from '../../machine-clock.js';
import type { WireRequest } from '../gateway-ground/door.js';
import { codeOf } from '../gateway-ground/software.js';
import { isGood, type Caller, type Heard } from './caller.js';
import type { GoodOnce, Tally } from './tally.js';

interface Taken {
  readonly kind: GoodOnce;
  readonly caller: Caller;
  readonly make: () => WireRequest;
  /** Since the process said that it took it. */
  readonly since: number;
}

/** Of each kind and process the youngest few: a store that answers before it writes loses those. */
const KEPT_MAX = 4;
/** Codes and assertions live for 60 s: what is refused afterwards is refused for its age. */
const AGE_MS_MAX = 40_000;
/** How each of them is refused where it was used. It was good a moment ago, so that nothing else explains these. */
const REFUSED: Readonly<Record<GoodOnce, ReadonlySet<string>>> = {
  codes: new Set(['invalid_grant']),
  assertions: new Set(['invalid_client']),
  proofs: new Set(['invalid_dpop_proof']),
};

/**
 * What a process took shortly before it was killed is sent again when another stands in its place: whoever answers
 * first and writes later takes it a second time (T-10).
 */
export class Replays {
  readonly #taken = new Map<number, Taken[]>();

  constructor(private readonly tally: Tally) {}

  /** Unchanged, unless `make` is given, which then makes what claims the same thing once more. */
  keep(kind: GoodOnce, heard: Heard, caller: Caller, make = () => heard.request): void {
    const ofProcess = this.#taken.get(heard.at) ?? [];
    const ofKind = ofProcess.filter((each) => each.kind === kind);
    const oldest = ofKind.length < KEPT_MAX ? undefined : ofKind[0];
    this.#taken.set(heard.at, [
      ...ofProcess.filter((each) => each !== oldest),
      { kind, caller, make, since: stopwatch() },
    ]);
  }

  /** What the process that has just died had taken; asked for again, there is nothing left. */
  takenBy(at: number): readonly Taken[] {
    const taken = this.#taken.get(at) ?? [];
    this.#taken.delete(at);
    return taken;
  }

  async send(taken: readonly Taken[]): Promise<void> {
    await Promise.all(taken.map((each) => this.#send(each)));
  }

  async #send({ kind, caller, make, since }: Taken): Promise<void> {
    const { answer } = await caller.call(make);
    if (isGood(answer)) {
      this.tally.find('accepted_twice', `${kind}, sent again after the process that took it died`);
    } else if (elapsedMs(since) < AGE_MS_MAX) {
      const code = codeOf(answer);
      if (REFUSED[kind].has(code)) this.tally.count(`replayed_${kind}`);
      else this.tally.find('unexplained', `${kind}, sent again, were answered ${code}`);
    }
  }
}
