import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
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
import { PageLimit, SentInstant } from '#libs/platform';
import type { LossCategory } from '#libs/contracts';
import type { Tri } from '#libs/kernel';
import type { Attribution, Side } from '#libs/liability';
import { CATEGORIES, ORIGINS, type Origin } from '../domain/case-report.js';
import { EXCLUSION_CLAUSES, type ExclusionClause } from '../domain/find-exclusion.js';
import { WireEvidence, WireText, WireYen } from './wire.js';

const SIDES = ['EPSP', 'FI'] as const;
const FINDINGS = ['FI', 'EPSP', 'BOTH', 'NEITHER', 'UNCLEAR', 'CHAIN_PARTNER'] as const;

export class ReportLossDto {
  @ApiProperty({ enum: ORIGINS }) @IsIn(ORIGINS) origin: Origin;
  @WireText(100) reference: string;
  @ApiProperty({ enum: CATEGORIES }) @IsIn(CATEGORIES) category: LossCategory;
  @WireYen() lossYen: string;
  @SentInstant() occurredAt: string;
  @SentInstant() knownAt: string;
  @ApiPropertyOptional() @IsOptional() @Matches(/^hld_[0-9a-z]{26}$/) holderId?: string;
  @ApiPropertyOptional() @IsOptional() @Matches(/^epsp_[0-9a-z]{26}$/) epspId?: string;
  @ApiPropertyOptional() @IsOptional() @Matches(/^cp_[0-9a-z]{1,40}$/) chainPartnerId?: string;
  @WireEvidence() requestIds: string[];
}

export class ListCasesQuery {
  @ApiPropertyOptional() @IsOptional() @Matches(/^case_[0-9a-z]{26}$/) before?: string;
  /** The cases of one intermediary alone. */
  @ApiPropertyOptional() @IsOptional() @Matches(/^epsp_[0-9a-z]{26}$/) epspId?: string;
  @PageLimit(100, 50) limit?: number;
}

export class CauseDto {
  @ApiProperty({ enum: ['found', 'unknown'] })
  @IsIn(['found', 'unknown'])
  status: 'found' | 'unknown';
  @WireEvidence() evidence: string[];
  @WireText(2000, 0) grounds: string;
}

export class ExemptionDto {
  @WireText(200, 0) agreementClause: string;
}

export class ScopeDto {
  @ApiProperty({ enum: ['service', 'function', 'linkage', 'unknown'] })
  @IsIn(['service', 'function', 'linkage', 'unknown'])
  scope: 'service' | 'function' | 'linkage' | 'unknown';
  @WireEvidence() evidence: string[];
}

export class PaymentDto {
  /** The payer's own name for the payment: entered once. */
  @WireText(100) id: string;
  @ApiProperty({ enum: SIDES }) @IsIn(SIDES) by: Side;
  @ApiPropertyOptional() @IsOptional() @Matches(/^[0-9]{4}$/) institution?: string;
  @WireYen() amountYen: string;
  @SentInstant() paidAt: string;
  /** The clause of the service agreement under which the intermediary pays (RKN-L1b). */
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(0, 200) agreementClause?: string;
}

export class RecoveryDto {
  @WireText(100) id: string;
  @ApiPropertyOptional({ enum: SIDES }) @IsOptional() @IsIn(SIDES) forSide?: Side;
  @WireYen() amountYen: string;
}

export class AttributionDto {
  @ApiProperty({ enum: FINDINGS }) @IsIn(FINDINGS) finding: Attribution['finding'];
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 60) chainPartner?: string;
  @WireText(4000, 0) grounds: string;
  @WireEvidence() evidence: string[];
}

export class CaseGroundsDto {
  @WireText(4000, 0) grounds: string;
  @WireEvidence() evidence: string[];
}

export class AmountProposalDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) @IsInt() @Min(1) @Max(1000) version: number;
  @ApiProperty({ enum: SIDES }) @IsIn(SIDES) claimant: Side;
  @WireYen() amountYen: string;
  @WireText(4000, 0) rationale: string;
}

export class AcceptanceDto {
  @ApiProperty({ enum: SIDES }) @IsIn(SIDES) side: Side;
  /** Who signed for the intermediary; an institution is signed for by the officer who calls. */
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 100) person?: string;
  /** The fingerprint of exactly the text that was seen. */
  @ApiProperty() @Matches(/^sha256:[0-9a-f]{64}$/) textHash: string;
}

export class AgainstDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) @Matches(/^[0-9]{4}$/) institution: string;
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^(?:0|[1-9][0-9]{0,12})$/)
  shareYen?: string;
}

export class RecourseClaimDto {
  @ApiProperty({ enum: SIDES }) @IsIn(SIDES) by: Side;
  @WireYen() amountYen: string;
  @ApiProperty({ type: [AgainstDto], maxItems: 14 })
  @IsArray()
  @ArrayMaxSize(14)
  @ValidateNested({ each: true })
  @Type(() => AgainstDto)
  against: AgainstDto[];
}

export class SettlementDto {
  @WireText(100) id: string;
  @ApiProperty() @Matches(/^(?:[0-9]{4}|EPSP)$/) against: string;
  @WireYen() amountYen: string;
}

export class AwardDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) @IsInt() @Min(1) @Max(10_000) factsVersion: number;
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^(?:0|[1-9][0-9]{0,12})$/)
  amountYen?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(0, 4000) grounds?: string;
  @ApiPropertyOptional() @IsOptional() @Matches(/^acc_[0-9a-z]{26}$/) accountId?: string;
}

export class NoteDto {
  @ApiProperty({ enum: ['minutes', 'evidence', 'closure'] })
  @IsIn(['minutes', 'evidence', 'closure'])
  kind: 'minutes' | 'evidence' | 'closure';
  @WireText(8000) text: string;
  @WireEvidence() evidence: string[];
}

export class DueCareDto {
  @WireText(100) transferId: string;
  @WireText(4000, 0) grounds: string;
}

const CAUSES = [
  'equipment_or_token_or_mail',
  'communication_path',
  'leak_on_path',
  'disaster_law_authority',
] as const;

export class ExclusionDto {
  @ApiProperty({ enum: EXCLUSION_CLAUSES }) @IsIn(EXCLUSION_CLAUSES) clause: ExclusionClause;
  @WireText(4000, 0) grounds: string;
  @WireEvidence() evidence: string[];
  /** Recorded with every assessment of an exclusion (INT-18). */
  @ApiProperty({ enum: ['yes', 'no', 'unknown'] })
  @IsIn(['yes', 'no', 'unknown'])
  institutionResponsible: Tri;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() safeguardsTaken?: boolean;
  @ApiPropertyOptional({ enum: CAUSES })
  @IsOptional()
  @IsIn(CAUSES)
  incidentCause?: (typeof CAUSES)[number];
  /** Of SM-13.2-2: the request that was cut off. */
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 100) transferId?: string;
  /** Of SM-13.5: the paper whose seal was compared. */
  @ApiPropertyOptional() @IsOptional() @Matches(/^rec_[0-9a-z]{26}$/) paperId?: string;
}
