import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Whatever a clause computed or a fact says: a word, a number, a list or an object. */
export const ANY_VALUE = {
  anyOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
  nullable: true,
};

export class CaseWordsDto {
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
}

export class FactUsedDto {
  @ApiProperty({ example: 'promptNotice' }) name: string;
  @ApiProperty(ANY_VALUE) value: unknown;
  @ApiProperty({ type: [String] }) evidence: string[];
}

/** One step of the reasoning: which clause, with what effect, from which facts, and why. */
export class TraceDto {
  @ApiProperty({ example: 'SM-14.2b' }) clause: string;
  @ApiProperty({
    enum: ['applies', 'not_met', 'overridden', 'barred', 'undetermined', 'parameter', 'reading'],
  })
  effect: string;
  @ApiProperty({ type: [FactUsedDto] }) facts: FactUsedDto[];
  @ApiPropertyOptional(ANY_VALUE) value?: unknown;
  @ApiPropertyOptional({ type: [String] }) overriddenBy?: string[];
  @ApiProperty({ type: CaseWordsDto }) reason: CaseWordsDto;
  @ApiPropertyOptional({ type: () => [TraceDto], example: [] }) children?: TraceDto[];
}

export class ParameterUsedDto {
  @ApiProperty({ example: 'P.sm.interest.rule' }) id: string;
  @ApiProperty() clause: string;
  @ApiProperty(ANY_VALUE) value: unknown;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty() enteredBy: string;
  @ApiProperty() approvedBy: string;
  @ApiProperty() isSample: boolean;
}

/** A reading of the register, copied in; version 0 is the register's own. */
export class ReadingCopiedDto {
  @ApiProperty({ example: 'INT-08' }) entry: string;
  @ApiProperty({ example: 'A' }) reading: string;
  @ApiProperty({ type: 'integer', minimum: 0 }) version: number;
  @ApiPropertyOptional({ format: 'date' }) effectiveFrom?: string;
  @ApiProperty({ type: [String] }) approvers: string[];
  @ApiProperty({ enum: ['proposed', 'signed'] }) status: string;
}

export class PersonNeededDto {
  @ApiProperty({ type: CaseWordsDto }) why: CaseWordsDto;
  @ApiPropertyOptional() clause?: string;
  @ApiPropertyOptional({
    type: [String],
    minItems: 2,
    maxItems: 2,
    description: 'Least and most, in whole yen',
  })
  bounds?: string[];
}

export class DutyLeftDto {
  @ApiProperty({ enum: ['institution', 'holder', 'epsp', 'chain_partner', 'user', 'both'] })
  who: string;
  @ApiProperty({ type: CaseWordsDto }) what: CaseWordsDto;
  @ApiPropertyOptional({
    type: 'integer',
    format: 'int64',
    description: 'ms since 1970, exclusive',
  })
  due?: number;
  @ApiProperty() clause: string;
}

/** A decision of the libraries, to the byte: its canonical JSON is what is stored, hashed and replayed. */
export class DecisionDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'By what was asked: kind, amounts in whole yen, the clause that closed it',
    example: { kind: 'full', coveredYen: '100000', payableYen: '100000' },
  })
  outcome: object;
  @ApiProperty({ example: 'renkei-contracts/2026.11.1' }) ruleset: string;
  @ApiProperty({ description: 'The bank code of the institution that decides' })
  institution: string;
  @ApiProperty({ format: 'date' }) asOf: string;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$' }) inputHash: string;
  @ApiProperty({ type: [TraceDto] }) trace: TraceDto[];
  @ApiProperty({ type: [ParameterUsedDto] }) parameters: ParameterUsedDto[];
  @ApiProperty({ type: [ReadingCopiedDto] }) readings: ReadingCopiedDto[];
  @ApiProperty({ type: [String], description: 'Facts not established that would decide' })
  unknown: string[];
  @ApiPropertyOptional({ type: PersonNeededDto }) human?: PersonNeededDto;
  @ApiProperty({ type: [DutyLeftDto] }) duties: DutyLeftDto[];
}

/** What the rules would say; nothing of it is kept. */
export class TriedDto {
  @ApiProperty({ enum: ['compensation', 'fraud_policy'] }) about: string;
  @ApiProperty({ type: DecisionDto }) decision: DecisionDto;
}

export class FactsTakenDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ type: DecisionDto, description: 'What the rules say of them as they stand' })
  decision: DecisionDto;
}

export class DecisionKeptDto {
  @ApiProperty({ pattern: '^dec_' }) decisionId: string;
  @ApiProperty({ type: DecisionDto }) decision: DecisionDto;
}

export class RecourseTakenDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) number: number;
  @ApiProperty({ pattern: '^dec_' }) decisionId: string;
  @ApiProperty({ pattern: '^doc_', description: 'The statement' }) documentId: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { kind: 'full', claimableYen: '100000' },
  })
  outcome: object;
}

/** Whether what is stored comes to the same bytes as then. */
export class ReplayedDto {
  @ApiProperty() same: boolean;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$' }) hash: string;
}

export class ReplayedDecisionDto extends ReplayedDto {
  @ApiProperty({ type: DecisionDto }) decision: DecisionDto;
}
