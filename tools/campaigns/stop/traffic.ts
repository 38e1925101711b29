import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import { consented, reading } from '../gateway-ground/consented.js';
import type { Door, WireAnswer } from '../gateway-ground/door.js';
import { codeOf, type OwnTokens, type Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import { ACCEPTED, Closings, REFUSALS } from './closings.js';

const THINK_MS = 20;
const REOPEN_MS_MAX = 30_000;
const TOKEN_MS_MAX = 150_000;

/** A stop freezes the consents behind it; they thaw a moment after the release. */
const FROZEN = 'holder_unavailable';

export interface TrafficFigures {
  requests: number;
  /** Reads refused because the consent was frozen with its link; each cycle waits until it has thawed. */
  frozen_reads: number;
  /** Reads begun after the commit of a stop and answered as allowed. */
  late_reads: number;
  /** Pushes accepted that began later than the bound, or at a node that had named the stop before. */
  late_pushes: number;
  /** Pushes during a stop that began after the bound: so many could have been late. */
  watched_pushes: number;
  /** Answers that neither a stop nor an open link explains. */
  unexplained: number;
}

type Phase = 'open' | 'stopping' | 'stopped' | 'releasing';

/** Reads and pushes of one intermediary at one institution, at every node at once and without end. */
export class Traffic {
  #phase: Phase = 'open';
  #cycle = 0;
  #since = 0;
  #isEnding = false;
  #tokens: OwnTokens | undefined;
  #tokensSince = 0;
  #closings: Closings<Door>;
  readonly #work: Promise<void>[];
  readonly findings: string[] = [];

  private constructor(
    private readonly software: Software,
    private readonly bankCode: string,
    private readonly doors: readonly Door[],
    private readonly figures: TrafficFigures,
    private readonly boundMs: number | undefined,
    tokens: OwnTokens,
  ) {
    this.#tokens = tokens;
    this.#tokensSince = stopwatch();
    this.#closings = this.#newClosings();
    this.#work = doors.flatMap((door) => [this.#keepReading(door), this.#keepPushing(door)]);
  }

  static async begin(
    stage: Stage,
    software: Software,
    person: DemoPerson,
    figures: TrafficFigures,
    boundMs?: number,
  ): Promise<Traffic> {
    const [first] = stage.doors;
    if (!first) throw new Error('A gateway has at least one process.');
    const tokens = await consented(stage, software, person, first);
    return new Traffic(software, person.bankCode, stage.doors, figures, boundMs, tokens);
  }

  /** Between announcement and commit either answer is right. */
  stopping(): void {
    this.#closings = this.#newClosings();
    this.#phase = 'stopping';
  }

  /** To be called when the stop has committed. */
  stopped(): void {
    this.#since = stopwatch();
    this.#phase = 'stopped';
  }

  releasing(): void {
    this.#phase = 'releasing';
  }

  released(): void {
    this.#cycle += 1;
    this.#phase = 'open';
  }

  /** How long after the commit the last node refused by its own copy; undefined while one still accepts. */
  get closedAfterMs(): number | undefined {
    return this.#closings.closedMs;
  }

  /** Whether every node has answered a push that began after the bound. */
  get isWatched(): boolean {
    return this.#closings.isWatched;
  }

  get sinceStopMs(): number {
    return elapsedMs(this.#since);
  }

  /** Asks every node until each one accepts again, and the same token reads there. */
  async isOpenAgain(): Promise<void> {
    const since = stopwatch();
    await Promise.all(
      this.doors.map(async (door) => {
        while (!(await this.#isOpenAt(door))) {
          if (elapsedMs(since) > REOPEN_MS_MAX) {
            throw new Error(`The released link at ${this.bankCode} does not open at ${door.port}.`);
          }
          await pause(THINK_MS);
        }
      }),
    );
  }

  async #isOpenAt(door: Door): Promise<boolean> {
    if ((await this.#push(door)) !== ACCEPTED) return false;
    return (await this.#read(door)).status === 200;
  }

  #read(door: Door): Promise<WireAnswer> {
    const path = `/v1/banks/${this.bankCode}/accounts`;
    const token = this.#tokens?.accessToken ?? '';
    return this.software.ask(door, () => this.software.call(token, path));
  }

  /** A new access token before the old one ends; only while the link is open. */
  async renewTokens(): Promise<void> {
    const [door] = this.doors;
    if (!door || elapsedMs(this.#tokensSince) < TOKEN_MS_MAX) return;
    const form = { grant_type: 'refresh_token', refresh_token: this.#tokens?.refreshToken };
    const answer = await this.software.ask(door, () => this.software.post('/token', form));
    if (answer.status !== 200) throw new Error(`The refresh was refused: ${codeOf(answer)}`);
    this.#tokens = { ...this.software.tokensFrom(answer), refreshToken: form.refresh_token };
    this.#tokensSince = stopwatch();
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.#work);
  }

  async #keepReading(door: Door): Promise<void> {
    while (!this.#isEnding) {
      const [phase, cycle] = [this.#phase, this.#cycle];
      const answer = await this.#read(door);
      this.figures.requests += 1;
      const isAllowed = answer.status === 200;
      const code = codeOf(answer);
      if (code === FROZEN) this.figures.frozen_reads += 1;
      else if (!isAllowed && !REFUSALS.has(code)) this.#wonder('read', code);
      const isLate = phase === 'stopped' && this.#phase === 'stopped' && cycle === this.#cycle;
      if (isAllowed && isLate) {
        this.figures.late_reads += 1;
        this.findings.push(`${this.bankCode}: a read at ${door.port} was allowed after the stop`);
      }
      await pause(THINK_MS);
    }
  }

  async #keepPushing(door: Door): Promise<void> {
    while (!this.#isEnding) {
      // While the link is open the push of a request a few times a second is load enough.
      if (this.#phase === 'open') await pause(THINK_MS * 10);
      const begun = stopwatch();
      const [phase, cycle] = [this.#phase, this.#cycle];
      const said = await this.#push(door);
      const isOfThisStop =
        phase === 'stopped' && this.#phase === 'stopped' && cycle === this.#cycle;
      if (isOfThisStop) this.#judge(door, said, begun);
      await pause(THINK_MS);
    }
  }

  #judge(door: Door, said: string, begun: number): void {
    const begunMs = begun - this.#since;
    if (begunMs > (this.boundMs ?? 0)) this.figures.watched_pushes += 1;
    if (!this.#closings.take(door, { said, begunMs, answeredMs: this.sinceStopMs })) return;
    this.figures.late_pushes += 1;
    this.findings.push(
      `${this.bankCode}: a push at ${door.port} was accepted ${Math.round(begunMs)} ms after the stop`,
    );
  }

  #newClosings(): Closings<Door> {
    return new Closings(this.doors.length, this.boundMs);
  }

  /** `ACCEPTED`, or the code of the refusal. */
  async #push(door: Door): Promise<string> {
    const { params } = this.software.request('accounts', reading(this.bankCode));
    const answer = await this.software.ask(door, () => this.software.post('/par', params));
    this.figures.requests += 1;
    if (answer.status === 201) return ACCEPTED;
    const code = codeOf(answer);
    if (!REFUSALS.has(code)) this.#wonder('push', code);
    return code;
  }

  #wonder(what: string, code: string): void {
    this.figures.unexplained += 1;
    this.findings.push(`${this.bankCode}: a ${what} was answered ${code}`);
  }
}
