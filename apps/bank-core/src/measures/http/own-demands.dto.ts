import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';

const TEXT_MAX = 10_000;
const KEY = '^[0-9]{13}-(dem|req)_[0-9a-hjkmnp-tv-z]{26}$';

export class StatementDto {
  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX })
  @IsString()
  @Length(1, TEXT_MAX)
  text: string;

  @ApiProperty({ type: [String], maxItems: 50 })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  evidence: string[];
}

export class StatementTakenDto {
  @ApiProperty() statementId: string;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
}

export class ListClosedDemandsQuery {
  @ApiPropertyOptional({ pattern: KEY })
  @IsOptional()
  @Matches(new RegExp(KEY))
  before?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 501, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(501)
  limit?: number;
}

export class ClosedDemandDto {
  @ApiProperty({ pattern: KEY, description: 'Where the next page begins' }) key: string;
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty() machine: string;
  @ApiProperty({ type: String, nullable: true }) chainPartnerId: string | null;
  @ApiProperty({ description: 'The demand or the request' }) about: string;
  @ApiProperty({ type: [String] }) items: string[];
  @ApiProperty({ format: 'date-time' }) demandedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) arrivedAt: string | null;
  @ApiProperty({ format: 'date-time' }) endedAt: string;
  @ApiProperty({ description: 'What ended it', example: 'judged_sufficient' }) endedBy: string;
  @ApiProperty({ description: 'The state that it came to', example: 'ACCEPTED' }) state: string;
  @ApiProperty({ type: [String] }) clauses: string[];
  @ApiProperty({ description: 'A measure was in force before it ended' }) ledToMeasure: boolean;
}

export class ClosedDemandsDto {
  @ApiProperty({ type: [ClosedDemandDto] }) demands: ClosedDemandDto[];
}
