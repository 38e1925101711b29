import { Inject, Injectable } from '@nestjs/common';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';

const INTERVAL_MS = 5_000;
/** Under load: as many postings go into one page instead of a page for each. */
const REST_MS = 500;
/** Every so many rounds all institutions are asked, heard of or not: a single posting does not notify. */
const SWEEP_ROUNDS = 10;

/** Somebody whom the postings are told to, in the order (xid, id), without gap and none twice. */
export interface PostingConsumer {
  /**
   * Takes the next page of one institution: cursor and effect in one transaction, so that a restart goes on where the
   * last commit was. False when nothing more is settled, or another process is at it.
   */
  takePage(institutionId: number): Promise<boolean>;
}

/**
 * The postings are the outbox (ledger.md 3.1): woken once per batch by NOTIFY, and every few seconds in case one was
 * missed. It only wakes; what is due every consumer reads behind its own cursor.
 */
@Injectable()
export class PostingRelay {
  private readonly consumers: PostingConsumer[] = [];
  private round = 0;

  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {
    jobs.every(INTERVAL_MS, {
      name: 'relay-postings',
      channel: 'posting',
      restMs: REST_MS,
      run: (heard) => this.run(heard),
    });
  }

  consume(consumer: PostingConsumer): void {
    this.consumers.push(consumer);
  }

  /**
   * Tells everything settled at the institutions in `heard`, at all when it is empty. Trouble at one institution
   * holds up no other; the first failure is thrown when all have had their turn.
   */
  async run(heard: ReadonlySet<string> = new Set()): Promise<void> {
    const isSweep = heard.size === 0 || this.round === 0;
    this.round = (this.round + 1) % SWEEP_ROUNDS;
    const due = isSweep
      ? (await this.institutions.all()).map(({ id }) => id)
      : [...heard].map(Number);
    const failures: unknown[] = [];
    for (const institutionId of due) {
      for (const consumer of this.consumers) {
        try {
          while (await consumer.takePage(institutionId));
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
