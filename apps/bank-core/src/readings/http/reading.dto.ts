import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { readingIds, type ReadingId } from '#libs/contracts';

export class ReadingWordsDto {
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
}

const LETTER = { pattern: '^[A-Z]$' };

/** Which reading holds; version 0 is the register's own. */
export class ReadingInForceDto {
  @ApiProperty({ enum: readingIds }) entry: string;
  @ApiProperty(LETTER) reading: string;
  @ApiProperty({ type: 'integer', minimum: 0 }) version: number;
  @ApiProperty({ type: String, format: 'date', nullable: true }) effectiveFrom: string | null;
  @ApiProperty({ type: [String] }) approvers: readonly string[];
  @ApiProperty({ enum: ['proposed', 'signed'] }) status: string;
}

/** A choice that comes into force later. */
export class ReadingToComeDto {
  @ApiProperty({ enum: readingIds }) entry: string;
  @ApiProperty(LETTER) reading: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty() chosenBy: string;
  @ApiProperty() approvedBy: string;
  @ApiProperty({ enum: ['proposed', 'signed'] }) status: string;
  @ApiPropertyOptional() legalSource?: string;
}

export class ReadingEntryDto {
  @ApiProperty({ enum: readingIds }) entry: string;
  @ApiProperty({ type: [String] }) clauses: readonly string[];
  @ApiProperty({ type: ReadingWordsDto }) question: ReadingWordsDto;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ReadingWordsDto) },
    example: { A: { ja: '指定日に実行する。', en: 'It runs on its date.' } },
  })
  readings: Readonly<Record<string, ReadingWordsDto>>;
  @ApiProperty({ type: ReadingInForceDto }) inForce: ReadingInForceDto;
  @ApiProperty({ type: [ReadingToComeDto], description: 'The next one first' })
  coming: ReadingToComeDto[];
}

export class ReadingRegisterDto {
  @ApiProperty({ type: [ReadingEntryDto] }) entries: ReadingEntryDto[];
}

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
