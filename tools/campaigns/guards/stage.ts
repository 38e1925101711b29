import type pg from 'pg';
import type {
  LedgerAnswer,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { brokenPromises } from '../ledger-ground/asked.js';
import type { BankClone } from '../ledger-ground/ground.js';
import { furnish } from '../ledger-ground/house.js';
import { brokenInvariants } from '../ledger-ground/invariants.js';
import { Session, type Asked } from '../ledger-ground/session.js';
import { Barrier, pauseAt, type Place } from './barrier.js';

export const CUSTOMERS = [11n, 12n, 13n, 14n] as const;
export const OPENING = 1_000n;

/** One experiment: plays an interleaving or a temptation on a stage of its own and says what it saw. */
export interface Trial {
  readonly name: string;
  play(stage: Stage): Promise<void>;
}

/** An institution of a trial's own: what another trial broke is not found here. */
export class Stage {
  readonly barrier: Barrier;
  readonly asked: Asked[] = [];
  private readonly seen = new Set<string>();
  private readonly sessions: Session[] = [];

  private constructor(
    readonly clone: BankClone,
    readonly admin: pg.Client,
    readonly institutionId: number,
  ) {
    this.barrier = new Barrier(admin);
  }

  static async set(clone: BankClone, admin: pg.Client, institutionId: number): Promise<Stage> {
    await furnish(admin, institutionId, CUSTOMERS, OPENING);
    return new Stage(clone, admin, institutionId);
  }

  find(what: string): void {
    this.seen.add(what);
  }

  async session(place?: Place): Promise<Session> {
    const session = await Session.open(this.clone.appUrl, (wall) => this.find(wall));
    this.sessions.push(session);
    if (place) await pauseAt(session.client, place);
    return session;
  }

  /** Places the order and keeps it with its answer for the judgement; undefined where it failed. */
  async place(session: Session, order: LedgerOrder): Promise<LedgerAnswer | undefined> {
    const one = await session.place(this.institutionId, order);
    this.asked.push(one);
    return one.answer;
  }

  /** The first order stands still between its reading and its writing while the second comes. */
  async interleave(first: LedgerOrder, second: LedgerOrder, place: Place = 'write'): Promise<void> {
    const [one, other] = [await this.session(place), await this.session(place)];
    await this.barrier.close(place);
    const placing = this.place(one, first);
    const hasPaused = await this.barrier.reached(one.pid, placing);
    if (!hasPaused) this.find('the interleaving did not happen');
    const following = this.place(other, second);
    await this.barrier.standsStill(other.pid, following);
    await this.barrier.open(place);
    await Promise.all([placing, following]);
  }

  /** What the trial and its rows showed: empty in a sound ledger. */
  async judge(): Promise<readonly string[]> {
    await Promise.all(this.sessions.map((session) => session.close()));
    const rows = await brokenInvariants(this.admin, this.institutionId);
    const promises = await brokenPromises(this.admin, this.institutionId, this.asked);
    return [...this.seen, ...rows, ...promises].sort();
  }
}
