import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { PageLimit } from '#libs/platform';
import {
  APPLICATION_ACTS,
  APPLICATION_STEPS,
  type ApplicationAct,
  type ApplicationStep,
} from '../domain/application.js';
import { FiledDocumentDto } from './own/partner-act.dto.js';

const NOTE_MAX = 4_000;
const OWN_ACTS = ['submitted', 'withdrawn'] as const;
const BANK_ACTS = ['accepted', 'returned', 'waived', 'target_set', 'withdrawn'] as const;

export class OpenApplicationDto {
  @ApiProperty({ maxLength: 1000, description: 'What the connection is to be for.' })
  @IsString()
  @Length(1, 1000)
  purpose: string;
}

class MoveDto {
  @ApiPropertyOptional({ enum: APPLICATION_STEPS, description: 'None for a withdrawal.' })
  @IsOptional()
  @IsIn(APPLICATION_STEPS)
  step?: ApplicationStep;

  @ApiPropertyOptional({ maxLength: NOTE_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(NOTE_MAX)
  note?: string;
}

export class OwnMoveDto extends MoveDto {
  @ApiProperty({ enum: OWN_ACTS })
  @IsIn(OWN_ACTS)
  act: (typeof OWN_ACTS)[number];

  @ApiPropertyOptional({ type: [FiledDocumentDto], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FiledDocumentDto)
  documents?: FiledDocumentDto[];
}

export class BankMoveDto extends MoveDto {
  @ApiProperty({ enum: BANK_ACTS })
  @IsIn(BANK_ACTS)
  act: (typeof BANK_ACTS)[number];

  @ApiPropertyOptional({ format: 'date', description: 'With target_set: the day aimed at.' })
  @IsOptional()
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  targetOn?: string;
}

/** A step with its clock: whose move it is, since when, and how long each side has had it. */
export class ApplicationStepDto {
  @ApiProperty({ enum: APPLICATION_STEPS }) step: ApplicationStep;
  @ApiProperty({ enum: ['waits', 'open', 'submitted', 'done', 'not_needed'] }) state: string;
  @ApiProperty({ enum: ['intermediary', 'bank'], nullable: true, type: String })
  owner: string | null;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) targetOn: string | null;
  @ApiProperty({ type: 'integer', description: 'Seconds with the intermediary so far.' })
  heldByIntermediarySeconds: number;
  @ApiProperty({ type: 'integer', description: 'Seconds with the bank so far.' })
  heldByBankSeconds: number;
  @ApiProperty({ maxLength: NOTE_MAX }) note: string;
}

export class ApplicationEventDto {
  @ApiProperty({ enum: APPLICATION_ACTS }) act: ApplicationAct;
  @ApiProperty({ enum: APPLICATION_STEPS, nullable: true, type: String }) step: string | null;
  @ApiProperty({ enum: ['intermediary', 'bank'] }) side: string;
  @ApiProperty({ maxLength: NOTE_MAX }) note: string;
  @ApiProperty({ type: [FiledDocumentDto] }) documents: FiledDocumentDto[];
  @ApiProperty({ type: String, format: 'date', nullable: true }) targetOn: string | null;
  @ApiProperty({ format: 'date-time' }) at: string;
}

export class ApplicationDto {
  @ApiProperty({ pattern: '^app_[0-9a-z]{26}$' }) applicationId: string;
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$' }) epspId: string;
  @ApiProperty({ maxLength: 1000 }) purpose: string;
  @ApiProperty({ enum: ['intermediary', 'bank'] }) openedBy: string;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty({ format: 'date-time', description: 'Until when the clocks were read.' })
  asOf: string;
  @ApiProperty({ enum: ['open', 'live', 'withdrawn'] }) state: string;
  @ApiProperty({ type: [ApplicationStepDto] }) steps: ApplicationStepDto[];
  @ApiProperty({ type: [ApplicationEventDto] }) events: ApplicationEventDto[];
}

export class ApplicationsDto {
  @ApiProperty({ type: [ApplicationDto] }) applications: ApplicationDto[];
}

export class ApplicationTakenDto {
  @ApiProperty() applicationId: string;
}

export class ListApplicationsQuery {
  @ApiPropertyOptional({ pattern: '^epsp_[0-9a-z]{26}$' })
  @IsOptional()
  @Matches(/^epsp_[0-9a-hjkmnp-tv-z]{26}$/)
  epspId?: string;

  @ApiPropertyOptional({ description: 'The last id that was seen; newest first.' })
  @IsOptional()
  @Matches(/^app_[0-9a-hjkmnp-tv-z]{26}$/)
  before?: string;

  @PageLimit(200) limit?: number;
}
