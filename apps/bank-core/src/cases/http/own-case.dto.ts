import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageLimit, SentInstant } from '#libs/platform';
import type { LossCategory } from '#libs/contracts';
import type { Side } from '#libs/liability';
import { CATEGORIES } from '../domain/case-report.js';
import { AgainstDto } from './case.dto.js';
import { WireEvidence, WireText, WireYen } from './wire.js';

const SIDES = ['EPSP', 'FI'] as const;
const CASE = '^case_[0-9a-hjkmnp-tv-z]{26}$';

export class ListOwnCasesQuery {
  @ApiPropertyOptional({ pattern: CASE })
  @IsOptional()
  @Matches(new RegExp(CASE))
  before?: string;

  @PageLimit(501, 50) limit?: number;
}

export class ReportOwnLossDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) @Matches(/^[0-9]{4}$/) bankCode: string;
  /** The intermediary's own name for the loss. */
  @WireText(100) reference: string;
  @ApiProperty({ enum: CATEGORIES }) @IsIn(CATEGORIES) category: LossCategory;
  @WireYen() lossYen: string;
  @SentInstant() occurredAt: string;
  @SentInstant() knownAt: string;
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^cp_[0-9a-hjkmnp-tv-z]{26}$/)
  chainPartnerId?: string;
  @WireEvidence() requestIds: string[];
}

export class OwnCauseDto {
  @ApiProperty({ enum: ['found', 'unknown'] })
  @IsIn(['found', 'unknown'])
  status: 'found' | 'unknown';
  @WireText(4000) text: string;
  @WireEvidence() evidence: string[];
}

export class OwnExemptionDto {
  /** Left empty it is refused with its clause (RKN-L1c/a). */
  @WireText(200, 0) agreementClause: string;
  @WireText(4000) text: string;
  @WireEvidence() evidence: string[];
}

export class OwnCaseEvidenceDto {
  @WireText(4000) text: string;
  @WireEvidence() evidence: string[];
  @ApiProperty({ description: 'Shows a claim at first sight as well (INT-15)' })
  @IsBoolean()
  showing: boolean;
}

export class OwnPaymentDto {
  /** The payer's own name for the payment: entered once. */
  @WireText(100) id: string;
  @WireYen() amountYen: string;
  @SentInstant() paidAt: string;
  /** Left empty it is refused with its clause (RKN-L1b/a). */
  @WireText(200, 0) agreementClause: string;
}

export class OwnProposalDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) @IsInt() @Min(1) @Max(1000) version: number;
  @ApiProperty({ enum: SIDES }) @IsIn(SIDES) claimant: Side;
  @WireYen() amountYen: string;
  @WireText(4000, 0) rationale: string;
}

export class OwnAcceptanceDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) @IsInt() @Min(1) @Max(1000) version: number;
  /** Who signs for the intermediary. */
  @WireText(100) person: string;
  @ApiProperty() @Matches(/^sha256:[0-9a-f]{64}$/) textHash: string;
}

export class OwnRecourseDto {
  @WireYen() amountYen: string;
  @ApiProperty({ type: [AgainstDto], maxItems: 14 })
  @IsArray()
  @ArrayMaxSize(14)
  @ValidateNested({ each: true })
  @Type(() => AgainstDto)
  against: AgainstDto[];
}

export class OwnReportTakenDto {
  @ApiProperty() caseId: string;
}

export class EnteredDto {
  @ApiProperty() caseId: string;
  @ApiProperty({ type: 'integer', description: 'Events of the case so far' }) sequence: number;
}

export class OwnRecourseTakenDto {
  @ApiProperty() caseId: string;
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty() documentId: string;
}

export class OwnCaseLineDto {
  @ApiProperty() caseId: string;
  @ApiProperty() bankCode: string;
  @ApiProperty({ enum: CATEGORIES }) category: LossCategory;
  @ApiProperty() lossYen: string;
  @ApiProperty() paidYen: string;
  @ApiProperty({ format: 'date-time' }) reportedAt: string;
  @ApiProperty({ enum: ['INVESTIGATING', 'FOUND', 'UNKNOWN'] }) causeStatus: string;
  @ApiProperty({ type: String, nullable: true }) causeDueAt: string | null;
  @ApiProperty() causeOverdue: boolean;
  @ApiProperty({ type: String, nullable: true }) closedAt: string | null;
}

export class OwnCasesDto {
  @ApiProperty({ type: [OwnCaseLineDto] }) cases: OwnCaseLineDto[];
}

export class OwnSideDto {
  @ApiProperty({ enum: SIDES }) side: Side;
  @ApiProperty() paidYen: string;
  @ApiProperty() recoveredYen: string;
  @ApiProperty() burdenYen: string;
}

export class OwnPaidDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: SIDES }) by: Side;
  @ApiProperty({ type: String, nullable: true }) institution: string | null;
  @ApiProperty() amountYen: string;
  @ApiProperty({ format: 'date-time' }) paidAt: string;
}

export class OwnAttributionDto {
  @ApiProperty() finding: string;
  @ApiProperty({ type: String, nullable: true }) chainPartnerId: string | null;
  @ApiProperty() grounds: string;
  @ApiProperty({ format: 'date-time' }) foundAt: string;
}

export class OwnAgreementDto {
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ enum: SIDES }) claimant: Side;
  @ApiProperty() amountYen: string;
  @ApiProperty() rationale: string;
  @ApiProperty() textHash: string;
  @ApiProperty() acceptedByIntermediary: boolean;
  @ApiProperty() acceptedByInstitution: boolean;
}

export class OwnShareDto {
  @ApiProperty() against: string;
  @ApiProperty() amountYen: string;
  @ApiProperty() settledYen: string;
}

export class OwnClaimDto {
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty({ enum: SIDES }) claimant: Side;
  @ApiProperty() amountYen: string;
  @ApiProperty({ format: 'date-time' }) claimedAt: string;
  @ApiProperty() documentId: string;
  @ApiProperty({ type: [OwnShareDto] }) shares: OwnShareDto[];
}

export class OwnEntryDto {
  @ApiProperty({ enum: ['cause', 'case'] }) about: 'cause' | 'case';
  @ApiProperty() text: string;
  @ApiProperty({ type: [String] }) evidence: string[];
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

export class OwnCaseDto {
  @ApiProperty() caseId: string;
  @ApiProperty() bankCode: string;
  @ApiProperty({ enum: ['holder', 'intermediary', 'institution'] }) origin: string;
  /** The intermediary's own name for it, where it told of the loss. */
  @ApiProperty({ type: String, nullable: true }) reference: string | null;
  @ApiProperty({ type: String, nullable: true }) chainPartnerId: string | null;
  @ApiProperty({ type: [String] }) requestIds: string[];
  @ApiProperty({ enum: CATEGORIES }) category: LossCategory;
  @ApiProperty() lossYen: string;
  @ApiProperty() uncoveredYen: string;
  @ApiProperty({ format: 'date-time' }) knownAt: string;
  @ApiProperty({ enum: ['INVESTIGATING', 'FOUND', 'UNKNOWN'] }) causeStatus: string;
  @ApiProperty({ type: String, nullable: true }) causeDueAt: string | null;
  @ApiProperty() causeOverdue: boolean;
  @ApiProperty({ type: String, nullable: true }) closedAt: string | null;
  @ApiProperty() scope: string;
  /** The clause of the service agreement under which nothing is owed, where that was recorded (RKN-L1c). */
  @ApiProperty({ type: String, nullable: true }) exemptionClause: string | null;
  @ApiProperty({ type: [OwnSideDto] }) sides: OwnSideDto[];
  @ApiProperty({ type: [OwnPaidDto] }) payments: OwnPaidDto[];
  @ApiProperty({ type: [OwnAttributionDto] }) attributions: OwnAttributionDto[];
  @ApiProperty({ type: [OwnAgreementDto] }) agreements: OwnAgreementDto[];
  @ApiProperty({ type: [OwnClaimDto] }) recourse: OwnClaimDto[];
  @ApiProperty({ type: [OwnEntryDto] }) entries: OwnEntryDto[];
}
