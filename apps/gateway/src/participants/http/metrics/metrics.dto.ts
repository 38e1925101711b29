import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { SentInstant } from '#libs/platform';
import { instantToWire } from '#libs/kernel';
import type { Figures } from '../../domain/call-figures.js';
import type { OwnMetrics } from '../../own-metrics.service.js';

const SPANS = ['minute', 'hour'] as const;
const FAULTS = ['nobody', 'gateway', 'bank_core', 'intermediary', 'partner'] as const;
const COUNT = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const BANK_OR_NULL = {
  type: 'string',
  nullable: true,
  pattern: '^[0-9]{4}$',
  maxLength: 4,
  example: '2963',
  description: 'Null: calls that concern no institution',
} as const;
const MILLISECONDS = {
  type: 'number',
  nullable: true,
  minimum: 0,
  maximum: 1_000_000_000,
  example: 25,
} as const;

export class MetricsQuery {
  @ApiProperty({
    enum: SPANS,
    default: 'hour',
    required: false,
    description: 'Minutes are kept for 3 hours, hours for 35 days',
  })
  @IsOptional()
  @IsIn(SPANS)
  span?: (typeof SPANS)[number];

  @IsOptional()
  @SentInstant({ required: false })
  from?: string;

  @IsOptional()
  @SentInstant({ required: false })
  to?: string;

  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, required: false })
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bankCode?: string;
}

export class FaultsDto {
  @ApiProperty({ ...COUNT, description: 'Answered, or refused as was agreed' })
  nobody: number;
  @ApiProperty(COUNT)
  gateway: number;
  @ApiProperty(COUNT)
  bankCore: number;
  @ApiProperty(COUNT)
  intermediary: number;
  @ApiProperty(COUNT)
  partner: number;
}

export class LatencyDto {
  @ApiProperty(MILLISECONDS)
  meanMs: number | null;
  @ApiProperty({ ...MILLISECONDS, description: 'So many took at most so long; null above 10 s' })
  p50Ms: number | null;
  @ApiProperty(MILLISECONDS)
  p95Ms: number | null;
  @ApiProperty(MILLISECONDS)
  p99Ms: number | null;
}

export class FiguresDto {
  @ApiProperty(COUNT)
  calls: number;
  @ApiProperty({ type: FaultsDto, description: 'Whose the failures were, by one definition' })
  faults: FaultsDto;
  @ApiProperty({
    ...COUNT,
    description: 'Yours and your partners’: the number that an institution watches (RKN-S3b)',
  })
  ownFaults: number;
  @ApiProperty({ type: LatencyDto, description: 'At this gateway, the bank’s part included' })
  latency: LatencyDto;
}

export class BankFiguresDto extends FiguresDto {
  @ApiProperty(BANK_OR_NULL)
  bankCode: string | null;
}

export class SpanFiguresDto extends FiguresDto {
  @ApiProperty({ format: 'date-time' })
  beganAt: string;
}

export class RefusalCountDto {
  @ApiProperty(BANK_OR_NULL)
  bankCode: string | null;
  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60, example: 'linkage_suspended' })
  code: string;
  @ApiProperty({ enum: FAULTS })
  fault: string;
  @ApiProperty(COUNT)
  calls: number;
}

export class QuotaDto {
  @ApiProperty({ maxLength: 40, pattern: '^[a-z-]+$', example: 'intermediary' })
  policy: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 200,
    example: null,
    description: 'Null: the calls of all your software count together',
  })
  clientId: string | null;
  @ApiProperty({ ...BANK_OR_NULL, description: 'Of a measure there; null: a rule of the house' })
  bankCode: string | null;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 20, example: 'RKN-S4c' })
  clause: string | null;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 9_999_999 })
  quota: number;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 86_400 })
  windowSeconds: number;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 9_999_999,
    description: 'At least so many calls are left in this window, over all nodes',
  })
  remaining: number;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 86_400 })
  resetSeconds: number;
}

export class MetricsDto {
  @ApiProperty({ enum: SPANS })
  span: string;
  @ApiProperty({ format: 'date-time' })
  from: string;
  @ApiProperty({ format: 'date-time', description: 'Exclusive' })
  to: string;
  @ApiProperty({ format: 'date-time', description: 'What lies before it is no longer kept' })
  keptSince: string;
  @ApiProperty({
    type: FiguresDto,
    description:
      'Calls with your tokens, and what you ask of the authorization server once you have proven who you are; ' +
      'each node adds its newest within some seconds',
  })
  total: FiguresDto;
  @ApiProperty({ type: [BankFiguresDto], maxItems: 50 })
  banks: BankFiguresDto[];
  @ApiProperty({ type: [RefusalCountDto], maxItems: 5_000 })
  refusals: RefusalCountDto[];
  @ApiProperty({ type: [SpanFiguresDto], maxItems: 744, description: 'The oldest first' })
  series: SpanFiguresDto[];
  @ApiProperty({ type: [QuotaDto], maxItems: 1_000 })
  quotas: QuotaDto[];
  @ApiProperty({
    enum: ['known', 'stale'],
    description: 'stale: what measures have left of your links is not known at the moment',
  })
  links: string;
}

const figuresToWire = ({ calls, faults, ownFaults, latency }: Figures): FiguresDto => ({
  calls,
  faults: { ...faults },
  ownFaults,
  latency: { ...latency },
});

export const toMetrics = (metrics: OwnMetrics): MetricsDto => ({
  span: metrics.span,
  from: instantToWire(metrics.from),
  to: instantToWire(metrics.to),
  keptSince: instantToWire(metrics.keptSince),
  total: figuresToWire(metrics.total),
  banks: metrics.banks.map(({ bankCode, ...figures }) => ({ bankCode, ...figuresToWire(figures) })),
  refusals: metrics.refusals.map((refusal) => ({ ...refusal })),
  series: metrics.series.map(({ beganAt, ...figures }) => ({
    beganAt: instantToWire(beganAt),
    ...figuresToWire(figures),
  })),
  quotas: metrics.rates.map(({ policy, bankCode, remaining, resetSeconds }) => ({
    policy: policy.name,
    clientId: null,
    bankCode,
    clause: policy.clause ?? null,
    quota: policy.quota,
    windowSeconds: policy.windowSeconds,
    remaining,
    resetSeconds,
  })),
  links: metrics.links,
});
