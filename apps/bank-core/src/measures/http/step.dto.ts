import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import { LINK_RIGHTS, type LinkRight, type Reach } from '#libs/contracts';
import { REVIEW_STEPS, type ReviewStep } from '../domain/review-steps.js';
import { STOP_STEPS, type StopStep } from '../domain/stop-steps.js';

const REACH = '^(all|direct|chained|cp_[0-9a-hjkmnp-tv-z]{26})$';
const TEXT_MAX = 4_000;

export class GroundsDto {
  /** Left empty it is refused with its clause, not as a form. */
  @ApiProperty({ maxLength: TEXT_MAX })
  @IsString()
  @MaxLength(TEXT_MAX)
  text: string;

  @ApiProperty({ type: [String], maxItems: 50 })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  evidence: string[];
}

export class RemovedRightDto {
  @ApiProperty({ enum: LINK_RIGHTS })
  @IsIn(LINK_RIGHTS)
  right: LinkRight;

  @ApiProperty({ pattern: REACH, type: String })
  @Matches(new RegExp(REACH))
  reach: Reach;

  @ApiPropertyOptional({ minimum: 0, maximum: 100_000, description: 'full_rate のときの上限' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  callsPerMinuteMax?: number;
}

/** What both procedures may need; which of it a step does need is said by the machine's refusals. */
export class StepDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];

  @ApiPropertyOptional({ type: GroundsDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GroundsDto)
  grounds?: GroundsDto;

  @ApiPropertyOptional({ minimum: 0, maximum: 365 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  periodDays?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 365, description: '期間の延長の日数' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  addedDays?: number;

  @ApiPropertyOptional({ enum: ['restriction', 'suspension'] })
  @IsOptional()
  @IsIn(['restriction', 'suspension'])
  kind?: 'restriction' | 'suspension';

  @ApiPropertyOptional({ type: [RemovedRightDto], maxItems: 100 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RemovedRightDto)
  removed?: RemovedRightDto[];

  @SentInstant({ required: false, description: '措置が自ら終わる時刻' })
  @IsOptional()
  until?: string;

  @SentInstant({ required: false, description: '発効の時刻（措置と再開）' })
  @IsOptional()
  effectiveAt?: string;

  @ApiPropertyOptional({ maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  reason?: string;
}

export class ReviewStepDto extends StepDto {
  @ApiPropertyOptional({ description: '有効な保護的停止をこの改善要請に切り替える（INT-13）' })
  @IsOptional()
  @IsBoolean()
  fromHold?: boolean;

  @ApiProperty({ enum: REVIEW_STEPS })
  @IsIn(REVIEW_STEPS)
  step: ReviewStep;

  @ApiPropertyOptional({ type: [String], maxItems: 200 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  items?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 50,
    description: '根拠とする、電代業者からの事故の報告（RKN-S4a）',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^inc_[0-9a-hjkmnp-tv-z]{26}$/, { each: true })
  incidentIds?: string[];
}

export class StopStepDto extends StepDto {
  @ApiProperty({ enum: STOP_STEPS })
  @IsIn(STOP_STEPS)
  step: StopStep;

  @ApiPropertyOptional({ enum: ['partner_default', 'guidance_failure'] })
  @IsOptional()
  @IsIn(['partner_default', 'guidance_failure'])
  ground?: 'partner_default' | 'guidance_failure';

  /** Sent to the intermediary (RKN-C2c). */
  @ApiPropertyOptional({ maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  explanation?: string;

  /** Why the reason is not explained; stays inside (RKN-C2c/b). */
  @ApiPropertyOptional({ maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  withheldBecause?: string;
}
