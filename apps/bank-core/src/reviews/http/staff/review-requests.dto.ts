import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
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
import { MARKS, type Mark } from '../../domain/submission.js';
import { FORMS, type FileForm } from '../../templates.service.js';
import { BANK_CODE, ITEM, SUBMISSION, TEXT_MAX } from '../shapes.js';

const TEMPLATE = '^[a-z0-9][a-z0-9-]{2,39}$';

export class BankQuery {
  @ApiProperty({ pattern: BANK_CODE })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class BankPageQuery extends BankQuery {
  @ApiPropertyOptional({ pattern: SUBMISSION })
  @IsOptional()
  @Matches(new RegExp(SUBMISSION))
  before?: string;

  @PageLimit(100, 50) limit?: number;
}

export class FormQuery {
  @ApiPropertyOptional({ enum: FORMS, default: 'csv' })
  @IsOptional()
  @IsIn(FORMS)
  form?: FileForm;
}

export class BankFormQuery extends FormQuery {
  @ApiProperty({ pattern: BANK_CODE })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class TemplateFileQuery extends FormQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100_000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  version?: number;
}

export class ImportQuery extends FormQuery {
  @ApiProperty({ pattern: TEMPLATE, maxLength: 40 })
  @Matches(new RegExp(TEMPLATE))
  templateId: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  titleJa: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  titleEn: string;
}

class BankCodesDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];
}

export class PublishDto extends BankCodesDto {
  @ApiProperty({ pattern: TEMPLATE, maxLength: 40 })
  @Matches(new RegExp(TEMPLATE))
  templateId: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000 })
  @IsInt()
  @Min(1)
  @Max(100_000)
  templateVersion: number;

  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  effectiveFrom: string;

  /** Items of the template that these institutions do not ask. */
  @ApiPropertyOptional({ type: [String], maxItems: 500 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Matches(new RegExp(ITEM), { each: true })
  leaveOut?: string[];
}

export class AcceptDto extends BankCodesDto {}

export class ReturnDto extends BankQuery {
  /** Left empty it is refused with its clause, not as a form. */
  @ApiProperty({ maxLength: TEXT_MAX })
  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;

  @ApiPropertyOptional({ type: [String], maxItems: 500 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(new RegExp(ITEM), { each: true })
  items?: string[];
}

export class StaffCommentDto extends BankQuery {
  @ApiPropertyOptional({ pattern: ITEM })
  @IsOptional()
  @Matches(new RegExp(ITEM))
  itemId?: string;

  /** Of an item: what the reviewer makes of its answer. The last one counts. */
  @ApiPropertyOptional({ enum: MARKS })
  @IsOptional()
  @IsIn(MARKS)
  mark?: Mark;

  /** Not shown to the intermediary. */
  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  internal?: boolean;

  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX })
  @IsString()
  @Length(1, TEXT_MAX)
  body: string;
}

export class ReleaseDto extends BankQuery {
  @ApiProperty({ pattern: '^[0-9a-f]{64}$' })
  @Matches(/^[0-9a-f]{64}$/)
  sha256: string;

  /** How these bytes were examined without being opened here. */
  @ApiProperty({ maxLength: TEXT_MAX })
  @IsString()
  @MaxLength(TEXT_MAX)
  examination: string;
}
