import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Scope } from '#libs/liability';
import { CATEGORIES } from '../../domain/case-report.js';

const YEN = { pattern: '^[0-9]+$' };
const SIDES = ['EPSP', 'FI'] as const;
const FINDINGS = ['FI', 'EPSP', 'BOTH', 'NEITHER', 'UNCLEAR', 'CHAIN_PARTNER'] as const;
const SCOPES = ['service', 'function', 'linkage', 'unknown'] as const satisfies readonly (
  Scope | 'unknown'
)[];
const TRI = ['yes', 'no', 'unknown'] as const;

export class CaseSideDto {
  @ApiProperty({ enum: SIDES }) side: string;
  @ApiProperty(YEN) paidYen: string;
  @ApiProperty(YEN) recoveredYen: string;
  @ApiProperty(YEN) burdenYen: string;
}

export class CasePaidDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: SIDES }) by: string;
  @ApiProperty({ type: String, nullable: true, description: 'Bank code, where it was one' })
  institution: string | null;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty({ format: 'date-time' }) paidAt: string;
}

/** One side made good to the other (RKN-L2, RKN-L4). */
export class CaseMadeGoodDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: SIDES }) by: string;
  @ApiProperty(YEN) amountYen: string;
}

/** Money from the wrongdoer, divided (SM-14.7, INT-08). */
export class CaseRecoveredDto {
  @ApiProperty() id: string;
  @ApiProperty({ type: String, enum: SIDES, nullable: true, description: 'null: the user’s own' })
  forSide: string | null;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty(YEN) toPayerYen: string;
  @ApiProperty(YEN) toHolderYen: string;
}

export class ScopeFoundDto {
  @ApiProperty({ enum: SCOPES }) value: string;
  @ApiProperty({ type: [String] }) evidence: string[];
}

export class ExemptionFoundDto {
  @ApiProperty({ enum: TRI }) value: string;
  @ApiProperty({ type: [String] }) evidence: string[];
}

/** Gate B of RKN-L4: why payment was unavoidable. */
export class UnavoidableFoundDto extends ExemptionFoundDto {
  @ApiPropertyOptional() grounds?: string;
  @ApiPropertyOptional() approvedBy?: string;
  @ApiPropertyOptional({ format: 'date-time' }) recordedAt?: string;
}

export class AttributionFoundDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: FINDINGS }) finding: string;
  @ApiPropertyOptional() chainPartner?: string;
  @ApiProperty() grounds: string;
  @ApiProperty({ type: [String] }) evidence: string[];
  @ApiProperty() foundBy: string;
  @ApiProperty() approvedBy: string;
  @ApiProperty({ format: 'date-time' }) foundAt: string;
}

/** One immutable text; each side accepts exactly the hash that it saw (RKN-L2b). */
export class AgreementTextDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ enum: SIDES }) claimant: string;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty() rationale: string;
  @ApiPropertyOptional() acceptedForEpspBy?: string;
  @ApiPropertyOptional() acceptedForFiBy?: string;
  @ApiProperty() textHash: string;
}

/** What the events of a case come to: sums, findings, agreements. */
export class CaseStandingDto {
  @ApiProperty({ pattern: '^case_' }) caseId: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ format: 'date-time' }) knownAt: string;
  @ApiProperty({ enum: ['INVESTIGATING', 'FOUND', 'UNKNOWN'] }) causeStatus: string;
  @ApiProperty(YEN) lossYen: string;
  @ApiProperty(YEN) uncoveredYen: string;
  @ApiProperty({ type: [CaseSideDto], minItems: 2, maxItems: 2 }) sides: CaseSideDto[];
  @ApiProperty({ type: [CasePaidDto] }) payments: CasePaidDto[];
  @ApiProperty({ type: [CaseMadeGoodDto] }) recourses: CaseMadeGoodDto[];
  @ApiProperty({ type: [CaseRecoveredDto] }) recoveries: CaseRecoveredDto[];
  @ApiProperty({ type: ScopeFoundDto }) scope: ScopeFoundDto;
  @ApiProperty({ type: ExemptionFoundDto }) exempt: ExemptionFoundDto;
  @ApiProperty({ type: UnavoidableFoundDto }) unavoidable: UnavoidableFoundDto;
  @ApiProperty({ type: [AttributionFoundDto] }) attributions: AttributionFoundDto[];
  @ApiProperty({ type: [AgreementTextDto] }) agreements: AgreementTextDto[];
}
