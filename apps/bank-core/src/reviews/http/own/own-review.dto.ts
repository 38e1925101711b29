import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageLimit } from '#libs/platform';
import { ANSWERS, type Given } from '../../domain/answer.js';
import { BANK_CODE, EVIDENCE, ITEM, TEXT_MAX, WORDING } from '../shapes.js';

export class PageQuery {
  /** The id of the last one of the page before. */
  @ApiPropertyOptional({ maxLength: 40 })
  @IsOptional()
  @Matches(/^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/)
  before?: string;

  @PageLimit(100, 50) limit?: number;
}

export class AnswerDto {
  /** Which words were answered: `wording` of the item as it was read. */
  @ApiProperty({ pattern: WORDING, maxLength: 71 })
  @Matches(new RegExp(WORDING))
  wording: string;

  @ApiProperty({ enum: ANSWERS })
  @IsIn(ANSWERS)
  answer: Given;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 3,
    description: '0: nothing; 1 to 3: see levelRequired',
  })
  @IsInt()
  @Min(0)
  @Max(3)
  level: number;

  /** Met in another way than the example. */
  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  byAlternative?: boolean;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Length(10, 10)
  plannedOn?: string;

  /** Needed wherever an item is said not to apply. */
  @ApiProperty({ maxLength: TEXT_MAX })
  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;

  @ApiProperty({ maxLength: TEXT_MAX })
  @IsString()
  @MaxLength(TEXT_MAX)
  measures: string;

  @ApiProperty({ type: [String], maxItems: 20 })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(new RegExp(EVIDENCE), { each: true })
  evidence: string[];

  /** The version of the answer that was read; 0 where there was none. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000 })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  version: number;
}

export class TargetsDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];
}

export class CommentsQuery {
  @ApiProperty({ pattern: BANK_CODE })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class OwnCommentDto extends CommentsQuery {
  /** Absent: about the submission as a whole. */
  @ApiPropertyOptional({ pattern: ITEM })
  @IsOptional()
  @Matches(new RegExp(ITEM))
  itemId?: string;

  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX })
  @IsString()
  @Length(1, TEXT_MAX)
  body: string;
}

export class UploadQuery {
  @ApiProperty({ minLength: 1, maxLength: 200, description: '例: policy.pdf' })
  @IsString()
  @Length(1, 200)
  fileName: string;
}
