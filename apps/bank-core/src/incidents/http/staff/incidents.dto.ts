import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageLimit } from '#libs/platform';
import { instantToWire } from '#libs/kernel';
import { ENTRY_KINDS, stateOf, type Incident, type IncidentEntry } from '../../domain/incident.js';
import { ExtentDto, extentToWire, factsToWire, INCIDENT, whenOrNull } from '../incident.dto.js';
import { IncidentFactsDto } from '../incident.dto.js';

const EPSP = '^epsp_[0-9a-hjkmnp-tv-z]{26}$';
const NOTE_MAX = 4_000;

export class BankOfIncident {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class ListIncidentsQuery extends BankOfIncident {
  @ApiPropertyOptional({ pattern: EPSP })
  @IsOptional()
  @Matches(new RegExp(EPSP))
  epspId?: string;

  @ApiPropertyOptional({ default: false, description: 'only what is not closed' })
  @IsOptional()
  @Transform(({ value }) =>
    value === 'true' ? true : value === 'false' ? false : (value as unknown),
  )
  @IsBoolean()
  open?: boolean;

  /** The last incident of the page before. */
  @ApiPropertyOptional({ pattern: INCIDENT })
  @IsOptional()
  @Matches(new RegExp(INCIDENT))
  before?: string;

  @PageLimit(200, 50) limit?: number;
}

export class AcknowledgeIncidentDto extends BankOfIncident {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'The last entry that was read' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  sequence: number;

  @ApiPropertyOptional({ maxLength: NOTE_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(NOTE_MAX)
  note?: string;
}

export class CloseIncidentDto extends BankOfIncident {
  @ApiProperty({ minLength: 1, maxLength: NOTE_MAX, description: 'Why nothing is left to do' })
  @IsString()
  @Length(1, NOTE_MAX)
  note: string;
}

export class IncidentLineDto extends IncidentFactsDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty({ pattern: EPSP }) epspId: string;
  @ApiProperty({ type: ExtentDto }) extent: ExtentDto;
  @ApiProperty({ format: 'date-time' }) reportedAt: string;
  @ApiProperty({ enum: ['reported', 'acknowledged', 'closed'] }) state: string;
  @ApiProperty({ type: 'integer', description: 'Entries so far' }) lastSequence: number;
  @ApiProperty({ type: 'integer', description: 'Up to which an officer has read' }) readTo: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt: string | null;
}

export class IncidentEntryDto {
  @ApiProperty({ type: 'integer' }) sequence: number;
  @ApiProperty() id: string;
  @ApiProperty({ enum: ENTRY_KINDS }) kind: string;
  @ApiProperty({ description: 'The intermediary with its software, or the officer' }) by: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'Text, phase, extent and evidence of a report; note; or the demand that rests on it',
  })
  content: object;
}

export class IncidentDto extends IncidentLineDto {
  @ApiProperty({ type: [IncidentEntryDto] }) entries: IncidentEntryDto[];
}

export class IncidentsDto {
  @ApiProperty({ type: [IncidentLineDto] }) incidents: IncidentLineDto[];
}

export const lineToWire = (incident: Incident, bankCode: string): IncidentLineDto => ({
  ...factsToWire(incident),
  bankCode,
  number: incident.number,
  epspId: incident.epspId,
  extent: extentToWire(incident),
  reportedAt: instantToWire(incident.reportedAt),
  state: stateOf(incident),
  lastSequence: incident.lastSequence,
  readTo: incident.readTo,
  readAt: whenOrNull(incident.readAt),
  closedAt: whenOrNull(incident.closedAt),
});

export const entryToWire = ({ at, ...entry }: IncidentEntry): IncidentEntryDto => ({
  ...entry,
  at: instantToWire(at),
});
