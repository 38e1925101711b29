import { ApiProperty } from '@nestjs/swagger';
import { EvidenceDto, GapDto, ItemAnswerDto, ItemDto } from '../view.dto.js';

export class OwnDeadlineDto {
  @ApiProperty({ maxLength: 40 }) name: string;
  @ApiProperty({ maxLength: 20 }) clause: string;
  @ApiProperty({ format: 'date-time', description: 'the last instant in time' }) dueAt: string;
}

export class OwnDutyDto {
  @ApiProperty({ maxLength: 500 }) ja: string;
  @ApiProperty({ maxLength: 500 }) en: string;
  @ApiProperty({ maxLength: 20 }) clause: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) by: string | null;
}

export class OwnReviewDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ description: 'the state of the security review: see docs/contracts' })
  state: string;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ type: String, nullable: true, description: 'the last one received' })
  submissionId: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'what is asked now' })
  standardVersion: string | null;
  @ApiProperty({ description: 'RKN-S3a: flagged; stops nothing' }) attestationDue: boolean;
  @ApiProperty({ description: 'RKN-S3b: flagged; stops nothing' }) gapOverdue: boolean;
  @ApiProperty({ type: 'integer' }) openGaps: number;
  @ApiProperty({ type: [OwnDeadlineDto], maxItems: 20 }) deadlines: OwnDeadlineDto[];
  @ApiProperty({ type: [OwnDutyDto], maxItems: 20 }) duties: OwnDutyDto[];
}

export class OwnReviewsDto {
  @ApiProperty({ type: [OwnReviewDto], maxItems: 15 }) reviews: OwnReviewDto[];
}

export class AskerDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3 }) levelRequired: number;
}

export class AskedItemDto extends ItemDto {
  @ApiProperty({ maxLength: 71, description: 'sent back with the answer' }) wording: string;
  @ApiProperty({ type: [AskerDto], maxItems: 15 }) askedBy: AskerDto[];
}

export class OwnStandardDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ maxLength: 8 }) version: string;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ format: 'date-time' }) publishedAt: string;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
}

export class OwnStandardsDto {
  @ApiProperty({ type: [OwnStandardDto], maxItems: 15 }) standards: OwnStandardDto[];
  /** Every question once, with the institutions that ask it: answered once for all of them. */
  @ApiProperty({ type: [AskedItemDto], maxItems: 7_500 }) items: AskedItemDto[];
}

export class OwnGapDto extends GapDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
}

export class OwnGapsDto {
  @ApiProperty({ type: [OwnGapDto], maxItems: 7_500 }) gaps: OwnGapDto[];
}

export class OwnSubmissionDto {
  @ApiProperty({ maxLength: 30 }) submissionId: string;
  @ApiProperty({ type: String, nullable: true }) basedOn: string | null;
  @ApiProperty({ format: 'date-time' }) begunAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: a draft' })
  submittedAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'sha256 of what was submitted' })
  contentHash: string | null;
}

export class OwnSubmissionsDto {
  @ApiProperty({ type: [OwnSubmissionDto], maxItems: 100 }) submissions: OwnSubmissionDto[];
}

export class VersionedAnswerDto extends ItemAnswerDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date-time' }) updatedAt: string;
}

export class TargetDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) filedAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the refusal, where there was one' })
  refused: string | null;
}

export class WordedItemDto extends ItemDto {
  @ApiProperty({ maxLength: 71 }) wording: string;
}

export class OwnSubmissionViewDto extends OwnSubmissionDto {
  @ApiProperty({ type: [WordedItemDto], maxItems: 7_500 }) items: WordedItemDto[];
  @ApiProperty({ type: [VersionedAnswerDto], maxItems: 7_500 }) answers: VersionedAnswerDto[];
  @ApiProperty({ type: [TargetDto], maxItems: 15 }) targets: TargetDto[];
}

export class FiledDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ maxLength: 8 }) standardVersion: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
}

export class FilingsDto {
  @ApiProperty({ type: [FiledDto], maxItems: 15 }) filings: FiledDto[];
}

export class OwnEvidenceDto {
  @ApiProperty({ type: [EvidenceDto], maxItems: 100 }) evidence: EvidenceDto[];
}
