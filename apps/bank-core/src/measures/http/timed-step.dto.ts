import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { instantToWire } from '#libs/kernel';
import type { TimedStep } from '../domain/timed-step.js';
import { BankQuery } from './view.dto.js';

const PROPOSAL = '^prp_[0-9a-hjkmnp-tv-z]{26}$';

export class ListTimedStepsQuery extends BankQuery {
  /** The proposal of the last one of the page before. */
  @ApiPropertyOptional({ pattern: PROPOSAL })
  @IsOptional()
  @Matches(new RegExp(PROPOSAL))
  before?: string;
}

export class CancelTimedStepDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];

  /** Left empty it is refused with its clause, not as a form. */
  @ApiProperty({ maxLength: 4_000 })
  @IsString()
  @MaxLength(4_000)
  reason: string;
}

export class TimedStepDto {
  @ApiProperty({ pattern: PROPOSAL })
  proposalId: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  step: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
  @ApiProperty({ format: 'date-time' })
  effectiveAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  outcome: object | null;
  @ApiProperty({ type: String, nullable: true, description: 'the proposal of the cancellation' })
  cancelledBy: string | null;
}

export class TimedStepsDto {
  @ApiProperty({ type: [TimedStepDto] })
  steps: TimedStepDto[];
}

export const timedStepToWire = (step: TimedStep): TimedStepDto => ({
  proposalId: step.proposalId,
  chainPartnerId: step.partnerId ?? null,
  step: step.step,
  clause: step.clause,
  decidedAt: instantToWire(step.decidedAt),
  effectiveAt: instantToWire(step.effectiveAt),
  settledAt: step.settled ? instantToWire(step.settled.at) : null,
  outcome: step.settled?.outcome ?? null,
  cancelledBy: step.settled?.cancelledBy ?? null,
});
