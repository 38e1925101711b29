import { elapsedMs, stopwatch } from '../../machine-clock.js';

/** Everything the actors count; `accepted_twice`, `lost_grants` and `unexplained` must be 0. */
export interface KillGatewayFigures {
  /** Codes, assertions and proofs that were taken more than once. */
  accepted_twice: number;
  /**
   * Refresh tokens handed out that no longer work, agreements of holders that never reached the client, and consents
   * that stand while nobody can use them.
   */
  lost_grants: number;
  /** Answers that neither a kill nor the rules explain. */
  unexplained: number;
  /** How often the same code, assertion or proof was sent to two processes at the same time. */
  double_sent: number;
  /** Of these, the pairs of which exactly one was taken. */
  taken_once_codes: number;
  taken_once_assertions: number;
  taken_once_proofs: number;
  /** What a process had taken before it was killed, sent again afterwards, and then refused. */
  replayed_codes: number;
  replayed_assertions: number;
  replayed_proofs: number;
  approvals: number;
  grants: number;
  reads: number;
  refreshes: number;
  pushes: number;
  /** Calls that were sent and lost their answer; each was made again. */
  cut_calls: number;
  /** Calls for which there was no connection: none of them arrived anywhere. */
  unsent_calls: number;
  /** Exchanges whose answer was lost and whose code was then spent: the holder has to be asked again. */
  cut_exchanges: number;
}

/** What is good once. */
export type GoodOnce = 'codes' | 'assertions' | 'proofs';

/** Without each of these the zeros say nothing. */
export const TRIED = [
  'taken_once_codes',
  'taken_once_assertions',
  'taken_once_proofs',
  'replayed_codes',
  'replayed_assertions',
  'replayed_proofs',
] as const;

export class Tally {
  readonly figures: KillGatewayFigures = {
    accepted_twice: 0,
    lost_grants: 0,
    unexplained: 0,
    double_sent: 0,
    taken_once_codes: 0,
    taken_once_assertions: 0,
    taken_once_proofs: 0,
    replayed_codes: 0,
    replayed_assertions: 0,
    replayed_proofs: 0,
    approvals: 0,
    grants: 0,
    reads: 0,
    refreshes: 0,
    pushes: 0,
    cut_calls: 0,
    unsent_calls: 0,
    cut_exchanges: 0,
  };
  readonly findings: string[] = [];
  /** The longest time in which nobody anywhere was served. */
  outageMs = 0;
  #served = stopwatch();

  count(name: keyof KillGatewayFigures): void {
    this.figures[name] += 1;
  }

  /** Something of each kind was taken once of two, and was refused after a kill. */
  hasTriedAll(): boolean {
    return TRIED.every((name) => this.figures[name] > 0);
  }

  served(): void {
    this.outageMs = Math.max(this.outageMs, elapsedMs(this.#served));
    this.#served = stopwatch();
  }

  find(name: 'accepted_twice' | 'lost_grants' | 'unexplained', words: string): void {
    this.count(name);
    this.findings.push(`${name}: ${words}`);
  }
}
