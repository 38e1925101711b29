import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { readingIds, type ReadingId } from '#libs/contracts';

export class ChooseReadingDto {
  @ApiProperty({ enum: readingIds }) @IsIn(readingIds) entry: ReadingId;
  @ApiProperty({ pattern: '^[A-Z]$' }) @Matches(/^[A-Z]$/) reading: string;
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  effectiveFrom: string;
  /** Where a lawyer has signed it: which opinion. */
  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  legalSource?: string;
}
