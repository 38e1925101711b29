import { ApiProperty } from '@nestjs/swagger';
import { instantToWire } from '#libs/kernel';
import type { ItemAnswer } from '../domain/answer.js';
import { LEVELS, REACHES, type ChecklistItem } from '../domain/checklist-item.js';
import { DIVISIONS } from '../domain/divisions.js';
import type { EvidenceFile } from '../domain/evidence.js';
import type { ItemDifference } from '../domain/difference.js';
import type { KeptGap } from '../domain/gaps.js';
import { nameOfVersion } from '../domain/standard.js';
import type { Comment } from '../domain/submission.js';

export class WordsDto {
  @ApiProperty({ maxLength: 1_000 }) ja: string;
  @ApiProperty({ maxLength: 1_000 }) en: string;
}

export class ItemDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 12 }) division: number;
  @ApiProperty({ type: WordsDto }) divisionTitle: WordsDto;
  @ApiProperty({ enum: ['protection', 'organisation', 'user_protection'] }) family: string;
  @ApiProperty({ type: WordsDto }) goal: WordsDto;
  @ApiProperty({ type: WordsDto }) example: WordsDto;
  @ApiProperty({ type: [String], enum: REACHES, maxItems: 3 }) appliesTo: string[];
  @ApiProperty({ type: 'integer', enum: LEVELS }) levelRequired: number;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5 }) weight: number;
  @ApiProperty() critical: boolean;
  @ApiProperty({ maxLength: 1_000 }) reference: string;
}

export class ItemAnswerDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ maxLength: 71 }) wording: string;
  @ApiProperty({ enum: ['met', 'partly', 'not_met', 'not_applicable'] }) answer: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 3 }) level: number;
  @ApiProperty() byAlternative: boolean;
  @ApiProperty({ type: String, format: 'date', nullable: true }) plannedOn: string | null;
  @ApiProperty({ maxLength: 4_000 }) reason: string;
  @ApiProperty({ maxLength: 4_000 }) measures: string;
  @ApiProperty({ type: [String], maxItems: 20 }) evidence: string[];
}

export class GapDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ maxLength: 8 }) standardVersion: string;
  @ApiProperty({ enum: ['added', 'changed'] }) kind: string;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty({ format: 'date-time', description: 'the last instant in time' }) dueAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt: string | null;
  @ApiProperty({ type: String, enum: ['accepted', 'superseded'], nullable: true })
  endedBy: string | null;
}

export class CommentDto {
  @ApiProperty({ maxLength: 30 }) commentId: string;
  @ApiProperty({ type: String, nullable: true }) itemId: string | null;
  @ApiProperty({ enum: ['institution', 'epsp'] }) side: string;
  @ApiProperty({ maxLength: 200 }) author: string;
  @ApiProperty({ type: String, enum: ['sufficient', 'question', 'insufficient'], nullable: true })
  mark: string | null;
  @ApiProperty() internal: boolean;
  @ApiProperty({ maxLength: 4_000 }) body: string;
  @ApiProperty({ format: 'date-time' }) writtenAt: string;
}

export class CommentsDto {
  @ApiProperty({ type: [CommentDto], maxItems: 2_000 }) comments: CommentDto[];
}

export class EvidenceDto {
  @ApiProperty({ maxLength: 30 }) evidenceId: string;
  @ApiProperty({ maxLength: 200 }) fileName: string;
  @ApiProperty({ maxLength: 100, description: 'judged by the content' }) mediaType: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) sizeBytes: number;
  @ApiProperty({ pattern: '^[0-9a-f]{64}$' }) sha256: string;
  @ApiProperty({ enum: ['quarantined', 'clean', 'infected'] }) state: string;
  @ApiProperty({ format: 'date-time' }) uploadedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) scannedAt: string | null;
  /** The bytes are gone since then; hash and record remain. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) erasedAt: string | null;
}

export class DifferenceItemDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ type: ItemAnswerDto, nullable: true }) before: ItemAnswerDto | null;
  @ApiProperty({ type: ItemAnswerDto, nullable: true }) after: ItemAnswerDto | null;
  @ApiProperty() reworded: boolean;
  @ApiProperty({ description: 'the answer or its evidence differs, not its words alone' })
  binding: boolean;
}

export class DifferenceDto {
  @ApiProperty({ type: String, nullable: true }) against: string | null;
  @ApiProperty({ type: [DifferenceItemDto], maxItems: 1_000 }) items: DifferenceItemDto[];
}

export const itemToWire = (item: ChecklistItem): ItemDto => ({
  itemId: item.itemId,
  division: item.division,
  divisionTitle: DIVISIONS.find(({ number }) => number === item.division)?.title ?? {
    ja: '',
    en: '',
  },
  family: item.family,
  goal: item.goal,
  example: item.example,
  appliesTo: [...item.appliesTo],
  levelRequired: item.levelRequired,
  weight: item.weight,
  critical: item.critical,
  reference: item.reference,
});

export const answerToWire = (answer: ItemAnswer): ItemAnswerDto => ({
  itemId: answer.itemId,
  wording: answer.wording,
  answer: answer.answer,
  level: answer.level,
  byAlternative: answer.byAlternative,
  plannedOn: answer.plannedOn ?? null,
  reason: answer.reason,
  measures: answer.measures,
  evidence: [...answer.evidence],
});

export const gapToWire = (gap: KeptGap): GapDto => ({
  itemId: gap.itemId,
  standardVersion: nameOfVersion(gap.version),
  kind: gap.kind,
  openedAt: instantToWire(gap.openedAt),
  dueAt: instantToWire(gap.dueAt),
  endedAt: gap.endedAt === undefined ? null : instantToWire(gap.endedAt),
  endedBy: gap.endedBy ?? null,
});

export const commentToWire = (comment: Comment): CommentDto => ({
  commentId: comment.id,
  itemId: comment.itemId ?? null,
  side: comment.side,
  author: comment.author,
  mark: comment.mark ?? null,
  internal: comment.isInternal,
  body: comment.body,
  writtenAt: instantToWire(comment.writtenAt),
});

export const evidenceToWire = (file: EvidenceFile): EvidenceDto => ({
  evidenceId: file.id,
  fileName: file.fileName,
  mediaType: file.mediaType,
  sizeBytes: file.sizeBytes,
  sha256: file.sha256,
  state: file.state,
  uploadedAt: instantToWire(file.uploadedAt),
  scannedAt: file.scannedAt === undefined ? null : instantToWire(file.scannedAt),
  erasedAt: file.erasedAt === undefined ? null : instantToWire(file.erasedAt),
});

export const differenceToWire = (
  against: string | undefined,
  items: readonly ItemDifference[],
): DifferenceDto => ({
  against: against ?? null,
  items: items.map(({ itemId, before, after, isReworded, isBinding }) => ({
    itemId,
    before: before ? answerToWire(before) : null,
    after: after ? answerToWire(after) : null,
    reworded: isReworded,
    binding: isBinding,
  })),
});
