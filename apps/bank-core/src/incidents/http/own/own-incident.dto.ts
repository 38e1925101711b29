import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageLimit, SentInstant } from '#libs/platform';
import { LINK_FUNCTIONS, type LinkFunction } from '#libs/contracts';
import { INCIDENT_KINDS, INCIDENT_PHASES } from '../../domain/incident.js';
import type { IncidentKind, IncidentPhase } from '../../domain/incident.js';
import { ExtentDto, INCIDENT, IncidentFactsDto, USERS_MAX } from '../incident.dto.js';

const TEXT_MAX = 4_000;
const BANKS_MAX = 15;

const Functions = () =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(LINK_FUNCTIONS.length),
    ArrayUnique(),
    IsIn(LINK_FUNCTIONS, { each: true }),
  );

export class ConcernedDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  /** Users of this institution; left out: not known. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: USERS_MAX })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(USERS_MAX)
  affectedUsers?: number;
}

export class TellingDto {
  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX })
  @IsString()
  @Length(1, TEXT_MAX)
  text: string;

  @ApiProperty({ enum: INCIDENT_PHASES })
  @IsIn(INCIDENT_PHASES)
  phase: IncidentPhase;

  @ApiProperty({ type: [String], maxItems: 50 })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  evidence: string[];
}

export class ReportIncidentDto extends TellingDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  reference: string;

  @ApiProperty({ enum: INCIDENT_KINDS })
  @IsIn(INCIDENT_KINDS)
  kind: IncidentKind;

  @ApiPropertyOptional({ pattern: '^cp_[0-9a-hjkmnp-tv-z]{26}$' })
  @IsOptional()
  @Matches(/^cp_[0-9a-hjkmnp-tv-z]{26}$/)
  chainPartnerId?: string;

  @SentInstant({ required: false })
  @IsOptional()
  occurredAt?: string;

  @SentInstant()
  foundAt: string;

  @ApiProperty({ enum: LINK_FUNCTIONS, isArray: true })
  @Functions()
  functions: LinkFunction[];

  @ApiProperty({ type: [ConcernedDto], minItems: 1, maxItems: BANKS_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BANKS_MAX)
  @ArrayUnique(({ bankCode }: ConcernedDto) => bankCode)
  @ValidateNested({ each: true })
  @Type(() => ConcernedDto)
  concerned: ConcernedDto[];
}

export class FollowUpIncidentDto extends TellingDto {
  @ApiPropertyOptional({ enum: LINK_FUNCTIONS, isArray: true })
  @IsOptional()
  @Functions()
  functions?: LinkFunction[];

  /** New counts, and institutions that it concerns besides. */
  @ApiProperty({ type: [ConcernedDto], maxItems: BANKS_MAX })
  @IsArray()
  @ArrayMaxSize(BANKS_MAX)
  @ArrayUnique(({ bankCode }: ConcernedDto) => bankCode)
  @ValidateNested({ each: true })
  @Type(() => ConcernedDto)
  concerned: ConcernedDto[];
}

export class ListOwnIncidentsQuery {
  @ApiPropertyOptional({ pattern: INCIDENT })
  @IsOptional()
  @Matches(new RegExp(INCIDENT))
  before?: string;

  @PageLimit(501, 50) limit?: number;
}

export class IncidentTakenDto {
  @ApiProperty({ pattern: INCIDENT }) incidentId: string;
  @ApiProperty() reportId: string;
}

/** Where one institution stands with it. */
export class IncidentAtDto extends ExtentDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ type: 'integer', description: 'The institution’s own number for it' })
  number: number;
  @ApiProperty({ format: 'date-time', description: 'When it was told' }) reportedAt: string;
  @ApiProperty({ enum: ['reported', 'acknowledged', 'closed'] }) state: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) acknowledgedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt: string | null;
}

export class OwnIncidentLineDto extends IncidentFactsDto {
  @ApiProperty({ type: [IncidentAtDto] }) institutions: IncidentAtDto[];
}

export class OwnReportDto {
  @ApiProperty() reportId: string;
  @ApiProperty({ enum: ['reported', 'followed_up'] }) kind: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty() text: string;
  @ApiProperty({ enum: INCIDENT_PHASES }) phase: string;
  @ApiProperty({ type: [String] }) evidence: string[];
}

export class RestingDemandDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty() demandId: string;
}

export class OwnIncidentDto extends OwnIncidentLineDto {
  @ApiProperty({ type: [OwnReportDto] }) reports: OwnReportDto[];
  @ApiProperty({ type: [RestingDemandDto], description: 'Demands that rest on it (RKN-S4a)' })
  demands: RestingDemandDto[];
}

export class OwnIncidentsDto {
  @ApiProperty({ type: [OwnIncidentLineDto] }) incidents: OwnIncidentLineDto[];
}
