import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXCLUSION_CLAUSES } from '../../domain/find-exclusion.js';
import { ANY_VALUE, CaseWordsDto } from './decision.dto.js';

/** One line of the machine record. */
export class EvidenceLineDto {
  @ApiProperty() id: string;
  @ApiProperty() kind: string;
  @ApiProperty({ format: 'date-time' }) happenedAt: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
  @ApiProperty(ANY_VALUE) content: unknown;
}

/** What the record proves about the identity check of one request (SM-13.1a). */
export class EvidencePackDto {
  @ApiProperty({ pattern: '^trf_' }) transferId: string;
  @ApiProperty({ type: [String] }) factorsRequired: string[];
  @ApiProperty({ type: [String] }) factorsMatched: string[];
  @ApiProperty({ type: [String] }) lacking: string[];
  @ApiProperty() dueCareMayBeFound: boolean;
  @ApiProperty({ type: [EvidenceLineDto] }) lines: EvidenceLineDto[];
}

/** An exclusion of SM-13 in our words, and what stands beside it. */
export class ExclusionWordsDto {
  @ApiProperty({ enum: EXCLUSION_CLAUSES }) clause: string;
  @ApiProperty({ type: CaseWordsDto }) rule: CaseWordsDto;
  @ApiProperty({ type: CaseWordsDto }) warning: CaseWordsDto;
  @ApiProperty({ type: [String], description: 'Where an individual may still go' })
  leavesOpen: string[];
  @ApiProperty({ type: [String], description: 'Where it is shown to holders' }) shownAt: string[];
}

export class ExclusionsDto {
  @ApiProperty({ type: [ExclusionWordsDto] }) exclusions: ExclusionWordsDto[];
}

export class ExclusionRequestDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: ['fixed', 'not_fixed'] }) state: string;
}

export class ExclusionPaperDto {
  @ApiProperty() id: string;
  @ApiProperty() by: string;
  @ApiProperty() matched: boolean;
}

/** A finding on an exclusion; it refuses no claim. */
export class ExclusionFoundDto {
  @ApiProperty({ enum: EXCLUSION_CLAUSES }) clause: string;
  @ApiProperty() grounds: string;
  @ApiProperty({ type: [String] }) evidence: readonly string[];
  @ApiProperty() foundBy: string;
  @ApiProperty({ enum: ['yes', 'no', 'unknown'] }) institutionResponsible: string;
  @ApiPropertyOptional({ type: Boolean }) safeguardsTaken?: boolean | undefined;
  @ApiPropertyOptional({ type: String }) incidentCause?: string | undefined;
  @ApiPropertyOptional({ type: ExclusionRequestDto }) request?: ExclusionRequestDto;
  @ApiPropertyOptional({ type: ExclusionPaperDto }) paper?: ExclusionPaperDto | undefined;
  @ApiProperty({ type: CaseWordsDto }) rule: CaseWordsDto;
  @ApiProperty({ type: CaseWordsDto }) warning: CaseWordsDto;
  @ApiProperty({ type: [String] }) leavesOpen: readonly string[];
}
