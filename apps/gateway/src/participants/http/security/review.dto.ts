import { ApiProperty } from '@nestjs/swagger';
import type {
  ChecklistItemView,
  OwnGapView,
  OwnReviewView,
  OwnStandardsView,
} from '../../../bank/index.js';
import { DeadlineDto, RemainingDutyDto } from '../linkage/duty.dto.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';

const BANK = { pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' } as const;
const VERSION = { maxLength: 8, example: '2026-1' } as const;
export const WORDING = '^sha256:[0-9a-f]{64}$';
export const ITEM = '^[0-9]{1,2}(\\.[0-9]{1,3}){1,2}$';

export class ReviewDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ pattern: '^[A-Z_]{1,40}$', maxLength: 40, example: 'FILED' })
  state: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('sub'), maxLength: 30 })
  checklistId: string | null;
  @ApiProperty({ ...VERSION, type: 'string', nullable: true, description: 'What is asked now' })
  standardVersion: string | null;
  @ApiProperty({ description: 'It is time to submit anew; nothing is stopped by that (RKN-S3a)' })
  attestationDue: boolean;
  @ApiProperty({ description: 'A gap is open after its transition; it stops nothing (RKN-S3b)' })
  gapOverdue: boolean;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 10_000 })
  openGaps: number;
  @ApiProperty({ type: [DeadlineDto], maxItems: 20 })
  deadlines: DeadlineDto[];
  @ApiProperty({ type: [RemainingDutyDto], maxItems: 20 })
  duties: RemainingDutyDto[];
}

export class ReviewsDto extends PageDto {
  @ApiProperty({ type: [ReviewDto], maxItems: 50 })
  data: ReviewDto[];
}

export class BothWordsDto {
  @ApiProperty({ maxLength: 1_000, example: '利用者情報への権限を定期に見直す。' })
  ja: string;
  @ApiProperty({ maxLength: 1_000, example: 'Rights to user information are reviewed.' })
  en: string;
}

export class ItemDto {
  @ApiProperty({ pattern: ITEM, maxLength: 10, example: '4.2' })
  itemId: string;
  @ApiProperty({ pattern: WORDING, maxLength: 71, description: 'Sent back with the answer' })
  wording: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 12 })
  division: number;
  @ApiProperty({ type: BothWordsDto })
  divisionTitle: BothWordsDto;
  @ApiProperty({ enum: ['protection', 'organisation', 'user_protection'] })
  family: string;
  @ApiProperty({ type: BothWordsDto })
  goal: BothWordsDto;
  @ApiProperty({ type: BothWordsDto })
  example: BothWordsDto;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3 })
  levelRequired: number;
  @ApiProperty({ description: 'A failure caps the score' })
  critical: boolean;
}

export class AskerDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3 })
  levelRequired: number;
}

export class AskedItemDto extends ItemDto {
  @ApiProperty({ type: [AskerDto], maxItems: 50 })
  askedBy: AskerDto[];
}

export class StandardDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty(VERSION)
  version: string;
  @ApiProperty({ format: 'date' })
  effectiveFrom: string;
  @ApiProperty({ format: 'date-time' })
  publishedAt: string;
  @ApiProperty({ pattern: WORDING, maxLength: 71 })
  contentHash: string;
}

export class StandardsDto {
  @ApiProperty({ type: [StandardDto], maxItems: 50 })
  standards: StandardDto[];
  @ApiProperty({
    type: [AskedItemDto],
    maxItems: 10_000,
    description: 'Every question once, with the institutions that ask it',
  })
  items: AskedItemDto[];
}

export class GapDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ pattern: ITEM, maxLength: 10, example: '4.2' })
  itemId: string;
  @ApiProperty(VERSION)
  standardVersion: string;
  @ApiProperty({ enum: ['added', 'changed'] })
  kind: string;
  @ApiProperty({ format: 'date-time' })
  openedAt: string;
  @ApiProperty({ format: 'date-time', description: 'The last instant of the transition' })
  dueAt: string;
}

export class GapsDto extends PageDto {
  @ApiProperty({ type: [GapDto], maxItems: 10_000 })
  data: GapDto[];
}

const both = ({ ja, en }: { readonly ja: string; readonly en: string }): BothWordsDto => ({
  ja,
  en,
});

export const toReview = (view: OwnReviewView): ReviewDto => ({
  bankCode: view.bankCode,
  state: view.state,
  since: view.since,
  checklistId: view.submissionId,
  standardVersion: view.standardVersion,
  attestationDue: view.attestationDue,
  gapOverdue: view.gapOverdue,
  openGaps: view.openGaps,
  deadlines: view.deadlines.map(({ name, clause, dueAt }) => ({ name, clause, dueAt })),
  duties: view.duties.map(({ ja, en, clause, by }) => ({ ja, en, clause, by })),
});

export const toItem = (view: ChecklistItemView): ItemDto => ({
  itemId: view.itemId,
  wording: view.wording,
  division: view.division,
  divisionTitle: both(view.divisionTitle),
  family: view.family,
  goal: both(view.goal),
  example: both(view.example),
  levelRequired: view.levelRequired,
  critical: view.critical,
});

export const toStandards = (view: OwnStandardsView): StandardsDto => ({
  standards: view.standards.map(
    ({ bankCode, version, effectiveFrom, publishedAt, contentHash }) => ({
      bankCode,
      version,
      effectiveFrom,
      publishedAt,
      contentHash,
    }),
  ),
  items: view.items.map((item) => ({
    ...toItem(item),
    askedBy: item.askedBy.map(({ bankCode, levelRequired }) => ({ bankCode, levelRequired })),
  })),
});

export const toGap = (view: OwnGapView): GapDto => ({
  bankCode: view.bankCode,
  itemId: view.itemId,
  standardVersion: view.standardVersion,
  kind: view.kind,
  openedAt: view.openedAt,
  dueAt: view.dueAt,
});
