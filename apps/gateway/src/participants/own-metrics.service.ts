import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Result } from '#libs/kernel';
import { OwnRates, type OwnRate } from '../authorization/index.js';
import { Catalogue, type Caller, type CoreRefusal } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import { DURATION_BOUNDS_MS } from './count-calls.job.js';
import { SPANS, type Span } from './domain/call-counts.js';
import { figuresOf, type Figures, type SummedCount } from './domain/call-figures.js';
import { CallCountStore, KEPT_MS } from './storage/call-count.store.pg.js';

export interface AskedMetrics {
  readonly span: Span;
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly bankCode: string | undefined;
}

export interface OwnMetrics {
  readonly span: Span;
  readonly from: Instant;
  readonly to: Instant;
  /** What lies before it is no longer kept. */
  readonly keptSince: Instant;
  readonly total: Figures;
  readonly banks: readonly (Figures & { readonly bankCode: string | null })[];
  readonly refusals: readonly {
    readonly bankCode: string | null;
    readonly code: string;
    readonly fault: string;
    readonly calls: number;
  }[];
  readonly series: readonly (Figures & { readonly beganAt: Instant })[];
  readonly rates: readonly OwnRate[];
  readonly links: 'known' | 'stale';
}

/** What is answered where nothing else is asked for. */
const USUAL_MS: Readonly<Record<Span, number>> = { minute: 3_600_000, hour: 86_400_000 };
const LONGEST_MS: Readonly<Record<Span, number>> = { minute: 3 * 3_600_000, hour: 31 * 86_400_000 };

/**
 * An intermediary's own figures over all processes, from the outcomes that log and bank are told of (users.md B 13).
 * Calls with its tokens are counted, and requests to the authorization server that proved to be its own.
 */
@Injectable()
export class OwnMetricsService {
  constructor(
    @Inject(CallCountStore) private readonly store: CallCountStore,
    @Inject(OwnRates) private readonly rates: OwnRates,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** Refuses with `validation_failed` for a period that ends before it begins, and with `period_too_long`. */
  async read(
    { epspId }: Pick<Caller, 'epspId'>,
    { span, bankCode, ...asked }: AskedMetrics,
  ): Promise<Result<OwnMetrics, CoreRefusal>> {
    const now = this.clock.read();
    const to = upTo(asked.to ?? now + 1, span);
    const from = downTo(asked.from ?? to - USUAL_MS[span], span);
    if (from >= to) return refused('validation_failed');
    if (to - from > LONGEST_MS[span]) return refused('period_too_long');
    const counts = await this.store.figures({ epspId, span, from, to, bankCode });
    const { rates, links } = await this.ratesOf(epspId);
    const byPlace = counts.filter(({ beganAt }) => beganAt === undefined);
    const refusals = byPlace.flatMap(({ bankCode: at = '', code = '', fault, calls }) =>
      code === '' ? [] : [{ bankCode: at || null, code, fault, calls }],
    );
    return accepted({
      ...{ span, from, to, keptSince: now - KEPT_MS[span], links, rates, refusals },
      total: figuresOf(byPlace, DURATION_BOUNDS_MS),
      banks: grouped(byPlace, ({ bankCode: at = '' }) => at).map(([at, own]) => ({
        bankCode: at || null,
        ...figuresOf(own, DURATION_BOUNDS_MS),
      })),
      series: grouped(
        counts.filter(({ beganAt }) => beganAt !== undefined),
        ({ beganAt = 0 }) => beganAt,
      ).map(([beganAt, own]) => ({ beganAt, ...figuresOf(own, DURATION_BOUNDS_MS) })),
    });
  }

  /** Of all its software together, and what measures have left of its links. */
  private ratesOf(epspId: string) {
    const copy = this.catalogue.current();
    return this.rates.of({
      epspId,
      bankCodes: copy?.intermediary(epspId)?.coveredBankCodes ?? [],
      partnerIds:
        copy?.view.chainPartners.flatMap((one) =>
          one.epspId === epspId ? [one.chainPartnerId] : [],
        ) ?? [],
    });
  }
}

const grouped = <Key>(counts: readonly SummedCount[], keyOf: (count: SummedCount) => Key) => [
  ...Map.groupBy(counts, keyOf),
];

const downTo = (at: Instant, span: Span): Instant => Math.floor(at / SPANS[span]) * SPANS[span];
const upTo = (at: Instant, span: Span): Instant => Math.ceil(at / SPANS[span]) * SPANS[span];
