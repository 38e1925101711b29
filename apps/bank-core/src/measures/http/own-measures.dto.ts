import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { DeadlineDto, DutyDto, NoticeStatementDto } from './view.dto.js';

const KINDS = ['improvement_reported', 'remediation_reported', 'partner_stopped'] as const;

export class ReplyDto {
  /** May be left out where a demand or a request is named: each is one institution's. */
  @ApiPropertyOptional({ pattern: '^[0-9]{4}$' })
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bankCode?: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind: (typeof KINDS)[number];

  /** Of an improvement: the demand that it answers. */
  @ApiPropertyOptional({ pattern: '^dem_[0-9a-hjkmnp-tv-z]{26}$' })
  @IsOptional()
  @Matches(/^dem_[0-9a-hjkmnp-tv-z]{26}$/)
  demandId?: string;

  /** Of a stop: the request that it answers, instead of institution and partner. */
  @ApiPropertyOptional({ pattern: '^req_[0-9a-hjkmnp-tv-z]{26}$' })
  @IsOptional()
  @Matches(/^req_[0-9a-hjkmnp-tv-z]{26}$/)
  requestId?: string;

  /** Of a stop: the partner whose chain connection is stopped. */
  @ApiPropertyOptional({ pattern: '^cp_[0-9a-hjkmnp-tv-z]{26}$' })
  @IsOptional()
  @Matches(/^cp_[0-9a-hjkmnp-tv-z]{26}$/)
  chainPartnerId?: string;

  @ApiProperty({ minLength: 1, maxLength: 4_000 })
  @IsString()
  @Length(1, 4_000)
  text: string;

  @ApiProperty({ type: [String], maxItems: 50 })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  evidence: string[];
}

export class ReplyTakenDto {
  @ApiProperty({ description: 'where the matter stands now' })
  state: string;
}

export class AnnouncedRightDto {
  @ApiProperty()
  right: string;
  @ApiProperty({ description: 'all, direct, chained, or one chain partner' })
  reach: string;
  @ApiProperty({ type: 'integer', nullable: true })
  callsPerMinuteMax: number | null;
}

/** What a prior notice announced (RKN-S4c, RKN-C2b). */
export class AnnouncedDto {
  @ApiProperty()
  noticeId: string;
  @ApiProperty({ enum: ['restriction', 'suspension'] })
  kind: 'restriction' | 'suspension';
  @ApiProperty({ type: [AnnouncedRightDto] })
  removed: AnnouncedRightDto[];
  @ApiProperty({ type: 'integer', description: 'Hours between its arrival and the measure' })
  leadHours: number;
  @ApiProperty({ type: String, nullable: true, description: 'The letter that carries it' })
  letterId: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when a statement is taken; null until the notice has arrived',
  })
  statementUntil: string | null;
  @ApiProperty({ type: [NoticeStatementDto] })
  statements: NoticeStatementDto[];
}

export class OwnMatterDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  bankCode: string;
  @ApiProperty()
  machine: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  state: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
  /** What is demanded or asked for, where something is. */
  @ApiProperty({ type: String, nullable: true })
  about: string | null;
  /** The letter that carries it. */
  @ApiProperty({ type: String, nullable: true })
  letterId: string | null;
  @ApiProperty({ type: AnnouncedDto, nullable: true })
  announced: AnnouncedDto | null;
  @ApiProperty({ type: [String] })
  items: string[];
  @ApiProperty({ type: [DeadlineDto] })
  deadlines: DeadlineDto[];
  @ApiProperty({ type: [DutyDto] })
  duties: DutyDto[];
}

export class OwnMattersDto {
  @ApiProperty({ type: [OwnMatterDto] })
  matters: OwnMatterDto[];
}
