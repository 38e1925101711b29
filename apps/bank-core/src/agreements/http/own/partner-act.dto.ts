import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PARTNER_ACTS, type PartnerActKind } from '../../domain/partner-act.js';

const TEXT_MAX = 4_000;
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
const FILE_MAX = 100 * 1024 * 1024;

/** Which file it was, by its hash; the bytes stay with whoever filed it, or are sent as evidence (T-25). */
export class FiledDocumentDto {
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$' })
  @Matches(/^sha256:[0-9a-f]{64}$/)
  sha256: string;

  @ApiProperty({ maxLength: 200, example: '連鎖接続契約書.pdf' })
  @Matches(/^[^\p{C}\p{Zl}\p{Zp}/\\]{1,200}$/u)
  name: string;

  @ApiProperty({ maxLength: 100, example: 'application/pdf' })
  @Matches(/^[a-z]{1,20}\/[a-z0-9.+-]{1,79}$/)
  mediaType: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: FILE_MAX })
  @IsInt()
  @Min(1)
  @Max(FILE_MAX)
  sizeBytes: number;
}

export class EnterActDto {
  @ApiProperty({ enum: PARTNER_ACTS })
  @IsIn(PARTNER_ACTS)
  kind: PartnerActKind;

  @ApiProperty({
    maxLength: TEXT_MAX,
    description: 'What is asked, reported, found, or came of it.',
  })
  @IsString()
  @Length(1, TEXT_MAX)
  text: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: TEXT_MAX,
    description: 'Of a guidance: what has to be done.',
  })
  @IsOptional()
  @IsString()
  @Length(1, TEXT_MAX)
  instruction?: string;

  @ApiPropertyOptional({ pattern: DATE, description: 'The last day for the report or outcome.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  dueOn?: string;

  @ApiPropertyOptional({ type: [FiledDocumentDto], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FiledDocumentDto)
  documents?: FiledDocumentDto[];
}

/** What one institution's matter made of it: `state`, or the refusal with its clause. */
export class ToldAtDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiPropertyOptional({ example: 'GUIDED' }) state?: string;
  @ApiPropertyOptional({ example: 'event_out_of_order' }) refused?: string;
  @ApiPropertyOptional({ example: 'RKN-C1c' }) clause?: string;
}

export class ActTakenDto {
  @ApiProperty() actId: string;
  @ApiProperty({ type: String, nullable: true }) about: string | null;
  @ApiProperty({ type: [ToldAtDto] }) told: ToldAtDto[];
}

export class PartnerActDto extends ActTakenDto {
  @ApiProperty({ enum: PARTNER_ACTS }) kind: PartnerActKind;
  @ApiProperty({ maxLength: TEXT_MAX }) text: string;
  @ApiProperty({ type: String, nullable: true }) instruction: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) dueAt: string | null;
  @ApiProperty({ type: [FiledDocumentDto] }) documents: FiledDocumentDto[];
  @ApiProperty({ format: 'date-time' }) at: string;
}

export class OpenItemDto {
  @ApiProperty({
    enum: ['report_overdue', 'guidance_open', 'result_not_reported'],
  })
  kind: string;
  @ApiProperty({ example: 'RKN-C1c' }) clause: string;
  @ApiProperty({ enum: ['partner_default', 'guidance_failure'] }) ground: string;
  @ApiProperty({ type: String, nullable: true }) about: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) since: string | null;
}

export class ActDeadlineDto {
  @ApiProperty() name: string;
  @ApiProperty() clause: string;
  @ApiProperty({ format: 'date-time' }) dueAt: string;
}

export class ConnectionAtDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ example: 'CONTRACTED' }) state: string;
  @ApiProperty({ type: [ActDeadlineDto] }) deadlines: ActDeadlineDto[];
  @ApiProperty({ type: [OpenItemDto] }) open: OpenItemDto[];
}

export class PartnerHistoryDto {
  @ApiProperty() chainPartnerId: string;
  @ApiProperty({ type: [PartnerActDto] }) acts: PartnerActDto[];
  @ApiProperty({ type: [ConnectionAtDto] }) connections: ConnectionAtDto[];
}
