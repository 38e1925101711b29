import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'renkei_';
/** Seconds; users.md C.6 wants reads within 0.5 s. */
export const DURATION_BUCKETS_SECONDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
/** How often the event loop is looked at, in milliseconds; ten would wake an idle process for nothing. */
const LOOP_PRECISION_MS = 100;

/** What this process counts, in the form that Prometheus reads. Names begin with `renkei_`. */
export class Metrics {
  private readonly registry = new Registry();

  /** Counts Node's own figures as well: memory, processor time, garbage collection, event loop. */
  withProcess(): this {
    const { registry } = this;
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
    return this;
  }

  counter<Label extends string>(name: string, help: string, labels: Label[]): Counter<Label> {
    return new Counter({
      ...{ name: PREFIX + name, help, labelNames: labels },
      registers: [this.registry],
    });
  }

  histogram<Label extends string>(name: string, help: string, labels: Label[]): Histogram<Label> {
    return new Histogram({
      ...{ name: PREFIX + name, help, labelNames: labels, buckets: [...DURATION_BUCKETS_SECONDS] },
      registers: [this.registry],
    });
  }

  /** A figure that is looked up when somebody asks; undefined where there is none yet. */
  reading(name: string, help: string, read: () => number | undefined): void {
    new Gauge({
      ...{ name: PREFIX + name, help },
      registers: [this.registry],
      collect() {
        this.set(read() ?? Number.NaN);
      },
    });
  }

  /** The same for several, told apart by one label. */
  readings<Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: () => Readonly<Record<string, number>>,
  ): void {
    new Gauge<Label>({
      ...{ name: PREFIX + name, help, labelNames: [label] },
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, figure] of Object.entries(read()))
          this.set({ [label]: value } as Record<Label, string>, figure);
      },
    });
  }

  /** The text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
