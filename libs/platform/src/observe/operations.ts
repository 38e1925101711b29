import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { ServerName } from './fault-owner.js';
import { createLog, type LogLevel } from './log.js';
import { Metrics } from './metrics.js';
import { Observer, type Outcome } from './observer.js';
import { readTraceParent, withTraceParent, writeTraceParent } from './trace-parent.js';
import { startTracing, type Tracing } from './tracing.js';
import { operationsListener, type ReadinessReport } from './operations.listener.js';

/** What one server process owes those who operate it: its log, its figures, and that it can be drained. */
export class Operations {
  readonly log: Logger;
  readonly metrics = new Metrics();
  private readonly observer: Observer;
  private readonly listeners: ((outcome: Outcome) => void)[] = [];
  private draining = false;
  private tracing: Tracing | undefined;

  constructor(server: ServerName, level: LogLevel) {
    this.log = createLog(server, level);
    this.observer = new Observer(server, this.log, this.metrics);
  }

  /** True from the moment on at which this process was asked to end. */
  get isDraining(): boolean {
    return this.draining;
  }

  /** Readiness turns red, and every answer from now on ends its connection, so that callers go elsewhere. */
  drain(): void {
    this.draining = true;
  }

  /** Told of each request when its answer has left; it must not throw. */
  onOutcome(listener: (outcome: Outcome) => void): void {
    this.listeners.push(listener);
  }

  /** Sends traces from now on, where a collector is named. */
  async trace(server: ServerName): Promise<void> {
    this.tracing = await startTracing(server);
  }

  /** Sends what is left of the traces. */
  async stop(): Promise<void> {
    await this.tracing?.stop().catch(() => undefined);
  }

  /** Sees each request first of all, and hands it on as part of its trace. */
  watch(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (this.draining) response.setHeader('connection', 'close');
    const traced = this.tracing?.begin(request);
    this.observer.watch(request, response, (outcome) => {
      traced?.end(outcome);
      for (const listener of this.listeners) listener(outcome);
    });
    const parent = traced?.traceParent ?? passedOn(request);
    if (parent === undefined) next();
    else withTraceParent(parent, next);
  }

  /** The private listener; not listening yet. */
  listener(readiness: () => Promise<ReadinessReport>): Server {
    return operationsListener({
      metrics: this.metrics,
      readiness,
      isDraining: () => this.draining,
    });
  }
}

/** Without a collector of our own a caller's trace still goes on to whom we call. */
function passedOn(request: IncomingMessage): string | undefined {
  const parent = readTraceParent(request.headers['traceparent']);
  return parent && writeTraceParent(parent);
}
