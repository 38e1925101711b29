import { ApiProperty } from '@nestjs/swagger';
import { LinksDto, MetaDto } from '../../../platform/http/shapes.dto.js';
import type { OutageView } from '../../../bank/index.js';
import type { BankStatus } from '../../domain/bank-status.js';
import { noticeDays, type ApiChange, type ApiChangeKind } from '../../domain/change-calendar.js';

export class BankStatusDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;

  @ApiProperty({
    enum: ['available', 'degraded', 'maintenance', 'incident', 'unavailable'],
    description: 'unavailable: the bank does not answer at the moment',
  })
  state: BankStatus['state'];

  @ApiProperty({ type: 'string', nullable: true, pattern: '^out_[0-9a-z]{26}$', maxLength: 30 })
  outageId: string | null;
}

export class StatusDto {
  @ApiProperty({ enum: ['available'], description: 'Of the gateway: it answers' })
  gateway: 'available';

  @ApiProperty({ type: [BankStatusDto], maxItems: 100 })
  banks: BankStatusDto[];
}

export class PublicOutageDto {
  @ApiProperty({ pattern: '^out_[0-9a-z]{26}$', maxLength: 30 })
  outageId: string;

  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;

  @ApiProperty({ enum: ['planned', 'incident'] })
  kind: OutageView['kind'];

  @ApiProperty({ enum: ['planned', 'running', 'over', 'cancelled'] })
  state: OutageView['state'];

  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: 40 },
    maxItems: 20,
    description: 'Empty: every function',
  })
  functions: string[];

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  announcedAt: string;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  startsAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  endsAt: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  endedAt: string | null;
}

export class OutagesDto {
  @ApiProperty({ type: [PublicOutageDto], maxItems: 1000 })
  data: PublicOutageDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

export class ApiChangeDto {
  @ApiProperty({ pattern: '^[0-9]{4}-[0-9]{2}-[a-z0-9-]+$', maxLength: 60 })
  changeId: string;

  @ApiProperty({ enum: ['addition', 'change', 'deprecation', 'removal'] })
  kind: ApiChangeKind;

  @ApiProperty({ format: 'date', maxLength: 10 })
  announcedOn: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  effectiveOn: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  noticeDays: number;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: 80 },
    maxItems: 100,
    description: 'Operations, claims or algorithms that it touches',
  })
  affects: string[];

  @ApiProperty({ maxLength: 500 })
  summary_ja: string;

  @ApiProperty({ maxLength: 500 })
  summary_en: string;
}

export class ApiChangesDto {
  @ApiProperty({ type: [ApiChangeDto], maxItems: 1000 })
  data: ApiChangeDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

export const toOutage = (one: OutageView): PublicOutageDto => ({
  outageId: one.outageId,
  bankCode: one.bankCode,
  kind: one.kind,
  state: one.state,
  functions: [...one.functions],
  announcedAt: one.announcedAt,
  startsAt: one.startsAt,
  endsAt: one.endsAt,
  endedAt: one.endedAt,
});

export const toApiChange = (change: ApiChange): ApiChangeDto => ({
  changeId: change.id,
  kind: change.kind,
  announcedOn: change.announcedOn.toString(),
  effectiveOn: change.effectiveOn.toString(),
  noticeDays: noticeDays(change),
  affects: [...change.affects],
  summary_ja: change.words.ja,
  summary_en: change.words.en,
});
