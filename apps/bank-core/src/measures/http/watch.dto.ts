import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { RemovedRightDto } from './step.dto.js';

const BANK_CODE = '^[0-9]{4}$';

export class SuggestionDto {
  @ApiProperty({ pattern: BANK_CODE })
  bankCode: string;
  @ApiProperty()
  epspId: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  rule: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ description: 'the step that people may propose' })
  proposes: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  since: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'what the rule saw' })
  facts: object;
}

export class WatchDto {
  @ApiProperty({ type: [SuggestionDto] })
  suggestions: SuggestionDto[];
  @ApiProperty({
    type: [String],
    description: 'what is not watched, at one institution at least: no data, or no threshold set',
  })
  sourcesMissing: string[];
}

export class PreviewDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];

  @ApiProperty({ type: [RemovedRightDto], minItems: 1, maxItems: 100 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RemovedRightDto)
  removed: RemovedRightDto[];
}

export class ImpactOnRequestsDto {
  @ApiProperty()
  count: number;
  @ApiProperty({ type: [String], description: 'the first hundred' })
  ids: readonly string[];
}

export class ImpactRequestsDto {
  @ApiProperty({ type: ImpactOnRequestsDto })
  completed: ImpactOnRequestsDto;
  @ApiProperty({ type: ImpactOnRequestsDto })
  heldForOfficer: ImpactOnRequestsDto;
  @ApiProperty({ type: ImpactOnRequestsDto })
  cancelled: ImpactOnRequestsDto;
  @ApiProperty({ type: ImpactOnRequestsDto })
  refused: ImpactOnRequestsDto;
}

export class PreviewOfBankDto {
  @ApiProperty({ pattern: BANK_CODE })
  bankCode: string;
  @ApiProperty()
  consents: number;
  @ApiProperty()
  users: number;
  @ApiProperty({ type: ImpactRequestsDto })
  requests: ImpactRequestsDto;
  @ApiProperty()
  reservations: number;
  @ApiProperty({ enum: ['A', 'B', 'C'], description: 'INT-21' })
  reading: string;
}

export class PreviewsDto {
  @ApiProperty({ type: [PreviewOfBankDto] })
  previews: PreviewOfBankDto[];
}

export class NodeReachedDto {
  @ApiProperty()
  node: string;
  @ApiProperty({ format: 'date-time' })
  reachedAt: string;
}

export class VersionReachedDto {
  @ApiProperty()
  version: number;
  @ApiProperty({ format: 'date-time' })
  committedAt: string;
  @ApiProperty({ type: [NodeReachedDto] })
  nodes: NodeReachedDto[];
  @ApiProperty({
    type: [String],
    description: 'nodes that told of an earlier version within a day and of none since',
  })
  silent: readonly string[];
}

export class PropagationDto {
  @ApiProperty({ pattern: BANK_CODE })
  bankCode: string;
  @ApiProperty({ type: [VersionReachedDto] })
  versions: VersionReachedDto[];
}

export class ReachedDto {
  @ApiProperty({ minLength: 1, maxLength: 64 })
  @IsString()
  @Length(1, 64)
  @Matches(/^[A-Za-z0-9._:-]+$/)
  node: string;

  @ApiProperty({ pattern: BANK_CODE })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  version: number;
}
