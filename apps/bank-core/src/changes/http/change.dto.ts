import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { PageLimit } from '#libs/platform';
import { CHANGE_SUBJECTS, type ChangeSubject } from '../domain/change.js';

export class ReadChangesQuery {
  /** Of the page read last; without one reading begins with what is kept. */
  @ApiPropertyOptional({ maxLength: 2000, pattern: '^[A-Za-z0-9_-]*$' })
  @IsOptional()
  @MaxLength(2000)
  @Matches(/^[A-Za-z0-9_-]*$/)
  cursor?: string;

  @PageLimit(500, 500) limit?: number;

  /** Seconds to wait for news where there is none. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 5, default: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(5)
  waitSeconds?: number;
}

export class ChangeDto {
  @ApiProperty({ maxLength: 40, description: 'Unique for ever' })
  key: string;

  @ApiProperty({ type: String, nullable: true, pattern: '^[0-9]{4}$' })
  bankCode: string | null;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: CHANGE_SUBJECTS })
  subject: ChangeSubject;

  @ApiProperty({ maxLength: 64 })
  subjectId: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: every intermediary' })
  epspId: string | null;

  @ApiProperty({ type: String, nullable: true })
  clientId: string | null;

  @ApiProperty({ maxLength: 40 })
  chainPartnerId: string;

  @ApiProperty({ type: String, nullable: true, maxLength: 40 })
  was: string | null;

  @ApiProperty({ maxLength: 40 })
  state: string;

  @ApiProperty({ type: String, nullable: true, maxLength: 80 })
  reason: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Codes and dates' })
  detail: Readonly<Record<string, unknown>>;
}

export class ChangesDto {
  @ApiProperty({ type: [ChangeDto] })
  changes: ChangeDto[];

  @ApiProperty({ maxLength: 2000 })
  cursor: string;
}
