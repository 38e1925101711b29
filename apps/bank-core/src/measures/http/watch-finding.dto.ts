import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { instantToWire } from '#libs/kernel';
import type { WatchFinding } from '../domain/watch-finding.js';
import { ReviewStepDto, StopStepDto } from './step.dto.js';
import { BankQuery } from './view.dto.js';
import { SuggestionDto } from './watch.dto.js';

const FINDING = '^fnd_[0-9a-hjkmnp-tv-z]{26}$';

export class ListFindingsQuery extends BankQuery {
  /** The last finding of the page before. */
  @ApiPropertyOptional({ pattern: FINDING })
  @IsOptional()
  @Matches(new RegExp(FINDING))
  before?: string;

  @ApiPropertyOptional({ default: false, description: 'only what is still found' })
  @IsOptional()
  @Transform(({ value }) =>
    value === 'true' ? true : value === 'false' ? false : (value as unknown),
  )
  @IsBoolean()
  open?: boolean;
}

export class AcknowledgeFindingDto extends BankQuery {
  @ApiPropertyOptional({ maxLength: 4_000 })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  note?: string;
}

export class ProposeOfFindingDto extends OmitType(IntersectionType(ReviewStepDto, StopStepDto), [
  'bankCodes',
  'step',
] as const) {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class FindingDto extends SuggestionDto {
  @ApiProperty({ pattern: FINDING })
  id: string;
  @ApiProperty({ format: 'date-time' })
  foundAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  goneAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  seenBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  seenAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: String, nullable: true })
  proposalId: string | null;
}

export class FindingsDto {
  @ApiProperty({ type: [FindingDto] })
  findings: FindingDto[];
}

export const findingToWire = (found: WatchFinding, bankCode: string): FindingDto => ({
  id: found.id,
  bankCode,
  epspId: found.epspId,
  chainPartnerId: found.partnerId ?? null,
  rule: found.rule,
  clause: found.clause,
  proposes: found.proposes,
  since: instantToWire(found.since),
  facts: found.facts,
  foundAt: instantToWire(found.foundAt),
  goneAt: found.goneAt === undefined ? null : instantToWire(found.goneAt),
  seenBy: found.answer?.by ?? null,
  seenAt: found.answer ? instantToWire(found.answer.at) : null,
  note: found.answer?.note ?? null,
  proposalId: found.answer?.proposalId ?? null,
});
