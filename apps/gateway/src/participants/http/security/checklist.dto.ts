import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type {
  ChecklistAnswerRequest,
  ChecklistAnswerView,
  ChecklistContentView,
  ChecklistDifferenceView,
  ChecklistView,
  CommentView,
  FilingView,
} from '../../../bank/index.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';
import { ITEM, ItemDto, toItem, WORDING } from './review.dto.js';

const GIVEN = ['met', 'partly', 'not_met', 'not_applicable'] as const;
const DATE = '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$';
const BANK = { pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' } as const;
const EVIDENCE = { type: 'string', pattern: idPattern('evd'), maxLength: 30 } as const;
const INSTANT_OR_NULL = {
  type: 'string',
  format: 'date-time',
  nullable: true,
  maxLength: 40,
} as const;

export class ChecklistAnswerDto {
  @ApiProperty({ pattern: WORDING, maxLength: 71, description: 'Which words were answered' })
  @Matches(new RegExp(WORDING))
  wording: string;

  @ApiProperty({ enum: GIVEN })
  @IsIn(GIVEN)
  answer: ChecklistAnswerRequest['answer'];

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 3, description: '0: nothing' })
  @IsInt()
  @Min(0)
  @Max(3)
  level: number;

  @ApiProperty({ required: false, default: false, description: 'Met in another way' })
  @IsOptional()
  @IsBoolean()
  byAlternative?: boolean;

  @ApiProperty({ format: 'date', maxLength: 10, required: false, example: '2027-03-31' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  plannedOn?: string;

  @ApiProperty({ maxLength: 4_000, example: '', description: 'Needed where it does not apply' })
  @IsString()
  @MaxLength(4_000)
  reason: string;

  @ApiProperty({ maxLength: 4_000, example: '四半期ごとに権限を見直しています。' })
  @IsString()
  @MaxLength(4_000)
  measures: string;

  @ApiProperty({ type: 'array', items: EVIDENCE, maxItems: 20, description: 'Ids of evidence' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(new RegExp(idPattern('evd')), { each: true })
  evidence: string[];

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000,
    description: 'The version of the answer that was read; 0 where there was none',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  version: number;
}

export class GivenAnswerDto {
  @ApiProperty({ pattern: ITEM, maxLength: 10, example: '4.2' })
  itemId: string;
  @ApiProperty({ pattern: WORDING, maxLength: 71 })
  wording: string;
  @ApiProperty({ enum: GIVEN })
  answer: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 3 })
  level: number;
  @ApiProperty()
  byAlternative: boolean;
  @ApiProperty({ type: 'string', format: 'date', nullable: true, maxLength: 10 })
  plannedOn: string | null;
  @ApiProperty({ maxLength: 4_000 })
  reason: string;
  @ApiProperty({ maxLength: 4_000 })
  measures: string;
  @ApiProperty({ type: 'array', items: EVIDENCE, maxItems: 20 })
  evidence: string[];
}

export class KeptAnswerDto extends GivenAnswerDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000 })
  version: number;
  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class ChecklistDto {
  @ApiProperty({ pattern: idPattern('sub'), maxLength: 30 })
  checklistId: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('sub'), maxLength: 30 })
  basedOn: string | null;
  @ApiProperty({ format: 'date-time' })
  begunAt: string;
  @ApiProperty({ ...INSTANT_OR_NULL, description: 'Null while it is a draft' })
  submittedAt: string | null;
  @ApiProperty({ type: 'string', nullable: true, pattern: WORDING, maxLength: 71 })
  contentHash: string | null;
}

export class ChecklistsDto extends PageDto {
  @ApiProperty({ type: [ChecklistDto], maxItems: 99 })
  data: ChecklistDto[];
}

export class TargetDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty(INSTANT_OR_NULL)
  filedAt: string | null;
  @ApiProperty({ type: 'string', nullable: true, pattern: '^[a-z_]{1,60}$', maxLength: 60 })
  refused: string | null;
}

export class ChecklistContentDto extends ChecklistDto {
  @ApiProperty({ type: [ItemDto], maxItems: 10_000 })
  items: ItemDto[];
  @ApiProperty({ type: [KeptAnswerDto], maxItems: 10_000 })
  answers: KeptAnswerDto[];
  @ApiProperty({ type: [TargetDto], maxItems: 50 })
  targets: TargetDto[];
}

export class SubmitToDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 },
    minItems: 1,
    maxItems: 15,
    uniqueItems: true,
    example: ['2963'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];
}

export class FilingDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ maxLength: 8, example: '2026-1' })
  standardVersion: string;
  @ApiProperty({ format: 'date-time' })
  filedAt: string;
}

export class FilingsDto {
  @ApiProperty({ type: [FilingDto], maxItems: 50 })
  filings: FilingDto[];
}

export class DifferenceItemDto {
  @ApiProperty({ pattern: ITEM, maxLength: 10, example: '4.2' })
  itemId: string;
  @ApiProperty({ type: GivenAnswerDto, nullable: true })
  before: GivenAnswerDto | null;
  @ApiProperty({ type: GivenAnswerDto, nullable: true })
  after: GivenAnswerDto | null;
  @ApiProperty()
  reworded: boolean;
  @ApiProperty({ description: 'The answer or its evidence differs, not its words alone' })
  binding: boolean;
}

export class DifferenceDto {
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('sub'), maxLength: 30 })
  against: string | null;
  @ApiProperty({ type: [DifferenceItemDto], maxItems: 10_000 })
  items: DifferenceItemDto[];
}

export class CommentsQuery {
  @ApiProperty(BANK)
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class WriteCommentDto extends CommentsQuery {
  @ApiProperty({ required: false, pattern: ITEM, maxLength: 10, example: '4.2' })
  @IsOptional()
  @Matches(new RegExp(ITEM))
  itemId?: string;

  @ApiProperty({ minLength: 1, maxLength: 4_000, example: '証拠を差し替えました。' })
  @IsString()
  @Length(1, 4_000)
  body: string;
}

export class CommentDto {
  @ApiProperty({ pattern: idPattern('cmt'), maxLength: 30 })
  commentId: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: ITEM, maxLength: 10 })
  itemId: string | null;
  @ApiProperty({ enum: ['institution', 'epsp'], description: 'epsp: you' })
  side: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: ['sufficient', 'question', 'insufficient', null],
  })
  mark: string | null;
  @ApiProperty({ maxLength: 4_000 })
  body: string;
  @ApiProperty({ format: 'date-time' })
  writtenAt: string;
}

export class CommentsDto extends PageDto {
  @ApiProperty({ type: [CommentDto], maxItems: 2_000 })
  data: CommentDto[];
}

export const toChecklist = (view: ChecklistView): ChecklistDto => ({
  checklistId: view.submissionId,
  basedOn: view.basedOn,
  begunAt: view.begunAt,
  submittedAt: view.submittedAt,
  contentHash: view.contentHash,
});

type GivenView = Omit<ChecklistAnswerView, 'version' | 'updatedAt'>;

const toGiven = (view: GivenView): GivenAnswerDto => ({
  itemId: view.itemId,
  wording: view.wording,
  answer: view.answer,
  level: view.level,
  byAlternative: view.byAlternative,
  plannedOn: view.plannedOn,
  reason: view.reason,
  measures: view.measures,
  evidence: [...view.evidence],
});

export const toKeptAnswer = (view: ChecklistAnswerView): KeptAnswerDto => ({
  ...toGiven(view),
  version: view.version,
  updatedAt: view.updatedAt,
});

export const toContent = (view: ChecklistContentView): ChecklistContentDto => ({
  ...toChecklist(view),
  items: view.items.map(toItem),
  answers: view.answers.map(toKeptAnswer),
  targets: view.targets.map(({ bankCode, filedAt, refused }) => ({ bankCode, filedAt, refused })),
});

export const toFiling = ({ bankCode, standardVersion, filedAt }: FilingView): FilingDto => ({
  bankCode,
  standardVersion,
  filedAt,
});

export const toDifference = (view: ChecklistDifferenceView): DifferenceDto => ({
  against: view.against,
  items: view.items.map(({ itemId, before, after, reworded, binding }) => ({
    itemId,
    before: before && toGiven(before),
    after: after && toGiven(after),
    reworded,
    binding,
  })),
});

/** Who wrote for the institution is its own affair, and what it wrote for itself is not here. */
export const toComment = (view: CommentView): CommentDto => ({
  commentId: view.commentId,
  itemId: view.itemId,
  side: view.side,
  mark: view.mark,
  body: view.body,
  writtenAt: view.writtenAt,
});
