import { elapsedMs, stopwatch } from '../../machine-clock.js';

/** Everything the actors count; `accepted_twice`, `lost_grants` and `unexplained` must be 0. */
export interface KillGatewayFigures {
  /** Codes, assertions and proofs that were taken more than once. */
  accepted_twice: number;
  /** Refresh tokens handed out that no longer work, and agreements of holders that never reached the client. */
  lost_grants: number;
  /** Answers that neither a kill nor the rules explain. */
  unexplained: number;
  /** How often the same code, assertion or proof was sent to two processes at the same time. */
  double_sent: number;
  approvals: number;
  grants: number;
  reads: number;
  refreshes: number;
  pushes: number;
  /** Calls whose connection broke; each was made again. */
  cut_calls: number;
  /** Exchanges whose answer was lost and whose code was then spent: the holder has to be asked again. */
  cut_exchanges: number;
}

export class Tally {
  readonly figures: KillGatewayFigures = {
    accepted_twice: 0,
    lost_grants: 0,
    unexplained: 0,
    double_sent: 0,
    approvals: 0,
    grants: 0,
    reads: 0,
    refreshes: 0,
    pushes: 0,
    cut_calls: 0,
    cut_exchanges: 0,
  };
  readonly findings: string[] = [];
  /** The longest time in which nobody anywhere was served. */
  outageMs = 0;
  #served = stopwatch();

  count(name: keyof KillGatewayFigures): void {
    this.figures[name] += 1;
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
