import { ApiProperty } from '@nestjs/swagger';
import { instantToWire } from '#libs/kernel';
import type { FilingView } from '../../assessments.service.js';
import type { Score } from '../../domain/score.js';
import { nameOfVersion, type Standard, type Template } from '../../domain/standard.js';
import type { Filing } from '../../domain/submission.js';
import type { EvidenceView } from '../../evidence.service.js';
import type { GapAnalysis } from '../../standards.service.js';
import {
  answerToWire,
  DifferenceDto,
  differenceToWire,
  EvidenceDto,
  evidenceToWire,
  GapDto,
  ItemAnswerDto,
  ItemDto,
  itemToWire,
  WordsDto,
} from '../view.dto.js';

export class TemplateDto {
  @ApiProperty({ maxLength: 40 }) templateId: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: WordsDto }) title: WordsDto;
  @ApiProperty({ type: 'integer' }) items: number;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
  @ApiProperty({ maxLength: 200 }) importedBy: string;
  @ApiProperty({ format: 'date-time' }) importedAt: string;
}

export class TemplatesDto {
  @ApiProperty({ type: [TemplateDto] }) templates: TemplateDto[];
}

export class StandardDto {
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ maxLength: 8 }) name: string;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ maxLength: 40 }) templateId: string;
  @ApiProperty({ type: 'integer' }) templateVersion: number;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
  @ApiProperty({ format: 'date-time' }) publishedAt: string;
}

export class StandardsDto {
  @ApiProperty({ type: [StandardDto] }) standards: StandardDto[];
}

export class StandardViewDto extends StandardDto {
  @ApiProperty({ type: [ItemDto] }) items: ItemDto[];
}

export class StaffGapDto extends GapDto {
  @ApiProperty({ maxLength: 31 }) epspId: string;
  @ApiProperty({ type: String, nullable: true, description: 'what closed it' })
  submissionId: string | null;
}

export class StaffGapsDto {
  @ApiProperty({ type: [StaffGapDto] }) gaps: StaffGapDto[];
}

export class AnalysedGapDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ enum: ['added', 'changed', 'unmet'] }) kind: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'of a transition',
  })
  dueAt: string | null;
}

export class GapAnalysisDto {
  @ApiProperty({ maxLength: 8 }) standardVersion: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: nothing was submitted' })
  submissionId: string | null;
  @ApiProperty({ type: [AnalysedGapDto] }) gaps: AnalysedGapDto[];
}

export class FilingDto {
  @ApiProperty({ maxLength: 30 }) submissionId: string;
  @ApiProperty({ maxLength: 8 }) standardVersion: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) acceptedAt: string | null;
  @ApiProperty({ type: String, nullable: true }) acceptedVersion: string | null;
}

export class FilingListDto {
  @ApiProperty({ type: [FilingDto] }) submissions: FilingDto[];
}

export class ScoreDto {
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, maximum: 100 }) points: number | null;
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, maximum: 100 })
  uncapped: number | null;
  @ApiProperty({ type: 'integer' }) reached: number;
  @ApiProperty({ type: 'integer' }) reachable: number;
  @ApiProperty({ type: [String] }) cappedBy: string[];
  @ApiProperty({ type: WordsDto }) formula: WordsDto;
}

export class SeenEvidenceDto extends EvidenceDto {
  @ApiProperty({ description: 'two people of this institution released it' }) released: boolean;
  @ApiProperty() mayOpen: boolean;
}

export class FilingViewDto extends FilingDto {
  @ApiProperty({ description: 'the state of the review' }) state: string;
  @ApiProperty({ description: 'the review is about this submission' }) current: boolean;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
  @ApiProperty({ maxLength: 8, description: 'what it is judged by' }) judgedBy: string;
  @ApiProperty({ type: [ItemDto] }) items: ItemDto[];
  @ApiProperty({ type: [ItemAnswerDto] }) answers: ItemAnswerDto[];
  @ApiProperty({ type: [String] }) unmet: string[];
  @ApiProperty({ type: ScoreDto }) score: ScoreDto;
  @ApiProperty({ type: DifferenceDto, nullable: true }) difference: DifferenceDto | null;
  @ApiProperty({ type: [SeenEvidenceDto] }) evidence: SeenEvidenceDto[];
}

export class StateDto {
  @ApiProperty({ description: 'where the review stands now' }) state: string;
}

export const templateToWire = (template: Template): TemplateDto => ({
  templateId: template.templateId,
  version: template.version,
  title: template.title,
  items: template.items.length,
  contentHash: template.contentHash,
  importedBy: template.importedBy,
  importedAt: instantToWire(template.importedAt),
});

export const standardToWire = (standard: Standard): StandardDto => ({
  version: standard.version,
  name: nameOfVersion(standard.version),
  effectiveFrom: standard.effectiveFrom.toString(),
  templateId: standard.templateId,
  templateVersion: standard.templateVersion,
  contentHash: standard.contentHash,
  publishedAt: instantToWire(standard.publishedAt),
});

export const analysisToWire = ({ standard, submissionId, gaps }: GapAnalysis): GapAnalysisDto => ({
  standardVersion: nameOfVersion(standard.version),
  submissionId: submissionId ?? null,
  gaps: gaps.map(({ itemId, kind, kept }) => ({
    itemId,
    kind,
    dueAt: kept === undefined ? null : instantToWire(kept.dueAt),
  })),
});

export const filingToWire = (filing: Filing): FilingDto => ({
  submissionId: filing.submissionId,
  standardVersion: nameOfVersion(filing.standardVersion),
  filedAt: instantToWire(filing.filedAt),
  acceptedAt: filing.acceptedAt === undefined ? null : instantToWire(filing.acceptedAt),
  acceptedVersion:
    filing.acceptedVersion === undefined ? null : nameOfVersion(filing.acceptedVersion),
});

export const seenToWire = ({ file, isReleased, mayOpen }: EvidenceView): SeenEvidenceDto => ({
  ...evidenceToWire(file),
  released: isReleased,
  mayOpen,
});

const scoreToWire = (score: Score): ScoreDto => ({
  points: score.points ?? null,
  uncapped: score.uncapped ?? null,
  reached: score.reached,
  reachable: score.reachable,
  cappedBy: [...score.cappedBy],
  formula: score.formula,
});

export const viewToWire = (view: FilingView): FilingViewDto => ({
  ...filingToWire(view.filing),
  state: view.state,
  current: view.isCurrent,
  contentHash: view.submission.contentHash ?? '',
  judgedBy: nameOfVersion(view.standard.version),
  items: view.content.items.map(itemToWire),
  answers: view.content.answers.map(answerToWire),
  unmet: [...view.unmet],
  score: scoreToWire(view.score),
  difference: view.difference
    ? differenceToWire(view.difference.against, view.difference.items)
    : null,
  evidence: view.evidence.map(seenToWire),
});
