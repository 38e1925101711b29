import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { PageLimit, SentInstant } from '#libs/platform';
import { instantToWire } from '#libs/kernel';
import type { Letter } from '../domain/letter.js';

const DOCUMENT = '^doc_[0-9a-hjkmnp-tv-z]{26}$';
const FORMS = ['pdf', 'html', 'json'] as const;

export class ListLettersQuery {
  /** The document of the last one of the page before. */
  @ApiPropertyOptional({ pattern: DOCUMENT })
  @IsOptional()
  @Matches(new RegExp(DOCUMENT))
  before?: string;

  @PageLimit(501, 50) limit?: number;
}

export class LettersOfBankQuery extends ListLettersQuery {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class LetterFormQuery {
  @ApiPropertyOptional({ enum: FORMS, default: 'pdf' })
  @IsOptional()
  @IsIn(FORMS)
  form?: (typeof FORMS)[number];
}

export class LetterFormOfBankQuery extends LetterFormQuery {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class RecordArrivalDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  @SentInstant()
  arrivedAt: string;

  @ApiProperty({ type: [String], maxItems: 20 })
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  evidence: string[];
}

export class LetterDto {
  @ApiProperty({ pattern: DOCUMENT })
  documentId: string;
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  bankCode: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  notice: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ type: String, nullable: true, description: 'demand, request or notice' })
  about: string | null;
  @ApiProperty({ format: 'date-time' })
  sentAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  arrivedAt: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['fetched', 'recorded'] })
  proof: string | null;
}

export class LettersDto {
  @ApiProperty({ type: [LetterDto] })
  letters: LetterDto[];
}

export const letterToWire = (letter: Letter, bankCode: string): LetterDto => ({
  documentId: letter.documentId,
  bankCode,
  chainPartnerId: letter.chainPartnerId ?? null,
  notice: letter.notice,
  clause: letter.clause,
  about: letter.about ?? null,
  sentAt: instantToWire(letter.sentAt),
  arrivedAt: letter.arrival ? instantToWire(letter.arrival.arrivedAt) : null,
  proof: letter.arrival?.proof ?? null,
});
