import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, NOTE_KINDS, ORIGINS } from '../../domain/case-report.js';
import { CaseStandingDto } from './case-standing.dto.js';

const YEN = { pattern: '^[0-9]+$' };
const HASH = { pattern: '^sha256:[0-9a-f]{64}$' };

/** A line of the list. */
export class CaseLineDto {
  @ApiProperty({ pattern: '^case_' }) caseId: string;
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ type: String, nullable: true }) epspId: string | null;
  @ApiProperty(YEN) lossYen: string;
  @ApiProperty(YEN) paidYen: string;
  @ApiProperty({ format: 'date-time' }) reportedAt: string;
  @ApiProperty({ enum: ['INVESTIGATING', 'FOUND', 'UNKNOWN'] }) causeStatus: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) causeDueAt: string | null;
  @ApiProperty() causeOverdue: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt: string | null;
}

export class CaseLinesDto {
  @ApiProperty({ type: [CaseLineDto] }) cases: CaseLineDto[];
  @ApiProperty({ type: String, nullable: true, description: '`before` of the next page' })
  next: string | null;
}

export class ClaimFactsDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'As they were established and hashed; instants in ms since 1970',
  })
  facts: object;
  @ApiProperty() hash: string;
}

export class CompensationPaidDto {
  @ApiProperty(YEN) paidYen: string;
  @ApiProperty({ ...YEN, description: 'To its extent later returns are the institution’s' })
  lapsedYen: string;
  @ApiProperty({ ...YEN, description: 'Of it already passed over to the institution' })
  passedOverYen: string;
  @ApiProperty({ pattern: '^prp_' }) proposalId: string;
  @ApiProperty({ pattern: '^dec_' }) decisionId: string;
  @ApiProperty({ format: 'date-time' }) paidAt: string;
}

export class DecisionLineDto {
  @ApiProperty({ pattern: '^dec_' }) id: string;
  @ApiProperty({ enum: ['recourse', 'compensation', 'fraud_policy'] }) about: string;
  @ApiProperty() ruleset: string;
  @ApiProperty({ type: 'integer' }) sequence: number;
  @ApiProperty(HASH) decisionHash: string;
  @ApiProperty() decidedBy: string;
  @ApiProperty({ format: 'date-time' }) decidedAt: string;
}

export class RecourseShareDto {
  @ApiProperty({ description: 'A bank code, or EPSP' }) against: string;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty(YEN) settledYen: string;
}

export class RecourseLineDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) number: number;
  @ApiProperty({ enum: ['EPSP', 'FI'] }) claimant: string;
  @ApiProperty(YEN) amountYen: string;
  @ApiProperty({ pattern: '^dec_' }) decisionId: string;
  @ApiProperty({ pattern: '^doc_' }) documentId: string;
  @ApiProperty() claimedBy: string;
  @ApiProperty({ format: 'date-time' }) claimedAt: string;
  @ApiProperty({ type: [RecourseShareDto] }) shares: RecourseShareDto[];
}

export class CaseNoteDto {
  @ApiProperty({ enum: NOTE_KINDS }) kind: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) content: object;
  @ApiProperty() recordedBy: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

export class CaseDocumentDto {
  @ApiProperty({ pattern: '^doc_' }) id: string;
  @ApiProperty({ enum: ['claim_decision', 'recourse_statement'] }) kind: string;
  @ApiProperty(HASH) hash: string;
}

export class CaseEventDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) sequence: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'As the library took it; instants in ms since 1970',
  })
  event: object;
  @ApiProperty({ ...HASH, description: 'Of the case after it' }) stateHash: string;
  @ApiProperty() recordedBy: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

export class CaseSentenceDto {
  @ApiProperty() clause: string;
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

/** Everything about one case. */
export class CasePageDto extends CaseStandingDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ enum: ORIGINS }) origin: string;
  @ApiProperty() reference: string;
  @ApiProperty({ type: String, nullable: true }) holderId: string | null;
  @ApiProperty({ type: String, nullable: true }) epspId: string | null;
  @ApiProperty({ description: 'A partner’s id, or none' }) chainPartnerId: string;
  @ApiProperty({ type: [String] }) requestIds: string[];
  @ApiProperty() openedBy: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) causeDueAt: string | null;
  @ApiProperty() causeOverdue: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt: string | null;
  @ApiProperty({ type: ClaimFactsDto, nullable: true }) claim: ClaimFactsDto | null;
  @ApiProperty({ type: CompensationPaidDto, nullable: true })
  compensation: CompensationPaidDto | null;
  @ApiProperty({ type: [DecisionLineDto] }) decisions: DecisionLineDto[];
  @ApiProperty({ type: [RecourseLineDto] }) recourse: RecourseLineDto[];
  @ApiProperty({ type: [CaseNoteDto] }) notes: CaseNoteDto[];
  @ApiProperty({ type: [CaseDocumentDto] }) documents: CaseDocumentDto[];
  @ApiProperty({ type: [CaseEventDto] }) events: CaseEventDto[];
  @ApiProperty({ type: [CaseSentenceDto] }) explanation: CaseSentenceDto[];
}

/** A case by its id, where nothing more is told. */
export class CaseNamedDto {
  @ApiProperty({ pattern: '^case_' }) caseId: string;
}
