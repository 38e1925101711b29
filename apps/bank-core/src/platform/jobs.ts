import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database } from '#libs/platform';

export interface Job {
  readonly name: string;
  /** A NOTIFY channel that wakes the job early. */
  readonly channel?: string;
  /** The least rest between two runs, however often the channel wakes it; none without. */
  readonly restMs?: number;
  /**
   * Takes everything that is due and returns; its effects happen once, however often it runs. `heard` is what the
   * channel said since the last run, empty when the interval has come round: look everywhere then.
   */
  run(heard: ReadonlySet<string>): Promise<void>;
}

/** What a job may ask of its rhythm. */
export interface JobRhythm {
  /**
   * The next run begins after so many milliseconds at the latest: asked from within a run, of what it has seen come due
   * before the interval comes round. The interval stays the net below it.
   */
  runWithin(ms: number): void;
}

/**
 * Wakes workers; nothing more. Due rows are the truth: a notification that is lost or a process that dies
 * costs at most one interval, and a job never runs twice at once in one process.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('Jobs');
  private readonly loops: JobLoop[] = [];
  private listener: PoolClient | undefined;
  private stopping = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  every(intervalMs: number, job: Job): JobRhythm {
    const loop = new JobLoop(job, intervalMs, (error) =>
      this.log.error(`${job.name}: ${error instanceof Error ? error.message : 'failed'}`),
    );
    this.loops.push(loop);
    return loop;
  }

  onApplicationBootstrap(): void {
    void this.listen();
    for (const loop of this.loops) loop.wake();
  }

  /** Runs before the pool closes: the loops end their current run, then the listener lets go. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops.map((loop) => loop.stop()));
    this.listener?.release(true);
    this.listener = undefined;
  }

  private async listen(): Promise<void> {
    const channels = this.loops.flatMap(({ job }) => (job.channel ? [job.channel] : []));
    if (channels.length === 0 || this.stopping) return;
    try {
      const client = await this.database.pool.connect();
      client.on('notification', ({ channel, payload }) => {
        for (const loop of this.loops) if (loop.job.channel === channel) loop.wake(payload);
      });
      client.on('error', () => this.listenAgain(client));
      this.listener = client;
      for (const channel of new Set(channels)) await client.query(`listen ${channel}`);
    } catch {
      this.listenAgain(this.listener);
    }
  }

  /** While the listener is away the intervals still come round. */
  private listenAgain(lost: PoolClient | undefined): void {
    if (lost !== this.listener) return;
    this.listener = undefined;
    lost?.release(true);
    if (!this.stopping) setTimeout(() => void this.listen(), 1_000).unref();
  }
}

class JobLoop implements JobRhythm {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private heard = new Set<string>();
  private again = false;
  private resting = false;
  private stopped = false;
  private soonestMs = Infinity;

  constructor(
    readonly job: Job,
    private readonly intervalMs: number,
    private readonly report: (error: unknown) => void,
  ) {}

  wake(said?: string): void {
    if (this.stopped) return;
    if (said) this.heard.add(said);
    if (this.running || this.resting) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.soonestMs = Infinity;
    const { heard } = this;
    this.heard = new Set();
    this.running = this.job
      .run(heard)
      .catch(this.report)
      .then(() => this.rest());
  }

  runWithin(ms: number): void {
    this.soonestMs = Math.min(this.soonestMs, Math.max(0, ms));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private rest(): void {
    this.running = undefined;
    if (this.stopped) return;
    const { restMs = 0 } = this.job;
    this.resting = restMs > 0;
    if (this.resting) this.after(restMs, () => this.goOn());
    else this.goOn();
  }

  private goOn(): void {
    this.resting = false;
    if (this.again) {
      this.again = false;
      this.wake();
      return;
    }
    this.after(Math.min(this.intervalMs, this.soonestMs), () => this.wake());
  }

  private after(ms: number, act: () => void): void {
    this.timer = setTimeout(act, ms);
    this.timer.unref();
  }
}
