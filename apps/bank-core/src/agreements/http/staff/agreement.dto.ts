import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { PUBLISHED_HEADINGS, type PublishedHeading } from '#libs/contracts';
import { NoticeSectionDto } from '../public/notice.dto.js';

const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
const EPSP = /^epsp_[0-9a-hjkmnp-tv-z]{26}$/;
const REASON_MAX = 1_000;

class WordsInDto {
  @ApiProperty({ maxLength: 500 }) @IsString() @MaxLength(500) ja: string;
  @ApiProperty({ maxLength: 500 }) @IsString() @MaxLength(500) en: string;
}

class ClauseInDto extends WordsInDto {
  @ApiProperty({ maxLength: 20, example: 'RKN-L1a' }) @IsString() @Length(1, 20) id: string;
}

class SectionInDto {
  @ApiProperty({ enum: PUBLISHED_HEADINGS })
  @IsIn(PUBLISHED_HEADINGS)
  heading: PublishedHeading;

  @ApiProperty({ type: WordsInDto })
  @IsObject()
  @ValidateNested()
  @Type(() => WordsInDto)
  title: WordsInDto;

  @ApiProperty({ type: [ClauseInDto], maxItems: 100 })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ClauseInDto)
  clauses: ClauseInDto[];
}

export class ProposeVersionDto {
  @ApiProperty({ pattern: EPSP.source })
  @Matches(EPSP)
  epspId: string;

  @ApiProperty({ pattern: DATE, description: 'Today or later; until then the current one stays.' })
  @Matches(new RegExp(DATE))
  effectiveFrom: string;

  @ApiPropertyOptional({ pattern: DATE, description: 'The last day, if there is one.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  effectiveTo?: string;

  @ApiPropertyOptional({ description: 'The newest version, which it follows.' })
  @IsOptional()
  @Matches(/^agr_[0-9a-z]{1,40}$/)
  supersedes?: string;

  @ApiPropertyOptional({ pattern: '^[0-9]{4}$', description: 'For an institution’s own contract.' })
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bankCode?: string;

  @ApiPropertyOptional({
    type: [SectionInDto],
    description: 'The three published items; without them the words of the register as they stand.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => SectionInDto)
  sections?: SectionInDto[];
}

export class ProposeCoverageDto {
  @ApiProperty({ enum: ['join', 'leave'] })
  @IsIn(['join', 'leave'])
  act: 'join' | 'leave';

  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];

  @ApiPropertyOptional({ pattern: DATE, description: 'The first day; without it at once.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  effectiveOn?: string;

  @ApiProperty({ maxLength: REASON_MAX })
  @IsString()
  @Length(1, REASON_MAX)
  reason: string;
}

export class ProposeEndingDto {
  @ApiProperty({ pattern: DATE })
  @Matches(new RegExp(DATE))
  lastDay: string;

  @ApiProperty({ maxLength: REASON_MAX })
  @IsString()
  @Length(1, REASON_MAX)
  reason: string;
}

export class ListAgreementsQuery {
  @ApiPropertyOptional({ pattern: EPSP.source })
  @IsOptional()
  @Matches(EPSP)
  epspId?: string;
}

export class CoverageSpanDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) to: string | null;
}

export class AgreementDto {
  @ApiProperty({ pattern: '^agr_[0-9a-z]{1,40}$' }) agreementId: string;
  @ApiProperty() epspId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) effectiveTo: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of an institution’s own contract.' })
  partyBankCode: string | null;
  @ApiProperty({ type: String, nullable: true }) supersedes: string | null;
  @ApiProperty({ type: [CoverageSpanDto] }) coverage: CoverageSpanDto[];
}

export class AgreementsDto {
  @ApiProperty({ type: [AgreementDto] }) agreements: AgreementDto[];
}

export class CoverageActDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ enum: ['join', 'leave'] }) act: string;
  @ApiProperty({ format: 'date' }) effectiveOn: string;
  @ApiProperty({ maxLength: REASON_MAX }) reason: string;
  @ApiProperty() proposalId: string;
  @ApiProperty({ format: 'date-time' }) at: string;
}

export class AgreementFileDto extends AgreementDto {
  @ApiProperty({ description: 'Whether readers see this version today.' }) isCurrent: boolean;
  @ApiProperty({ type: [String], description: 'Who has not assented to it, of those before.' })
  assentsMissing: string[];
  @ApiProperty({ type: [CoverageActDto] }) acts: CoverageActDto[];
  @ApiProperty({ type: [NoticeSectionDto] }) sections: NoticeSectionDto[];
}
