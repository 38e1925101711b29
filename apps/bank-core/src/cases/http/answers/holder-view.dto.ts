import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES } from '../../domain/case-report.js';

const YEN = { pattern: '^[0-9]+$' };

export class ClaimedTransferDto {
  @ApiProperty() transferId: string;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty(YEN) feeYen: string;
}

/** What the holder has still to give, promptly (SM-14.1-1). */
export class NeededDto {
  @ApiProperty() fact: string;
  @ApiProperty() clause: string;
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
}

export class ClaimDecidedDto {
  @ApiProperty() kind: string;
  @ApiProperty({ type: String, nullable: true }) clause: string | null;
  @ApiProperty({ ...YEN, type: String, nullable: true }) payableYen: string | null;
  @ApiProperty({ format: 'date-time' }) decidedAt: string;
  @ApiProperty({ type: [String] }) documentIds: readonly string[];
}

export class ReturnedDto {
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty(YEN) toHolderYen: string;
}

/** A claim as its holder sees it: no evidence, no officer, no fault. */
export class HolderViewDto {
  @ApiProperty({ pattern: '^case_' }) caseId: string;
  @ApiProperty({ format: 'date-time' }) reportedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) noticedAt: string | null;
  @ApiProperty({ enum: ['INVESTIGATING', 'FOUND', 'UNKNOWN'] }) causeStatus: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when the cause should be found (RKN-L1a); it binds nobody',
  })
  answerBy: string | null;
  @ApiProperty(YEN) lossYen: string;
  @ApiProperty(YEN) uncoveredYen: string;
  @ApiProperty({ type: [ClaimedTransferDto] }) transfers: readonly ClaimedTransferDto[];
  @ApiProperty({ type: [NeededDto] }) needed: readonly NeededDto[];
  @ApiProperty({ type: 'integer', minimum: 0, description: 'What the bank has still to find' })
  openAtInstitution: number;
  @ApiProperty({ type: ClaimDecidedDto, nullable: true }) decision: ClaimDecidedDto | null;
  @ApiProperty(YEN) paidYen: string;
  @ApiProperty({ type: [ReturnedDto] }) returned: readonly ReturnedDto[];
}

export class HolderClaimLineDto {
  @ApiProperty({ pattern: '^case_' }) caseId: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty(YEN) lossYen: string;
  @ApiProperty(YEN) paidYen: string;
  @ApiProperty({ format: 'date-time' }) reportedAt: string;
}

export class HolderClaimsDto {
  @ApiProperty({ type: [HolderClaimLineDto] }) claims: HolderClaimLineDto[];
  @ApiProperty({ type: String, nullable: true, description: '`before` of the next page' })
  next: string | null;
}
