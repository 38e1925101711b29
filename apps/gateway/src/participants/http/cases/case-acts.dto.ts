import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import type { OwnLossRequest, OwnProposalRequest } from '../../../bank/index.js';
import { AmountDto, LINE } from '../../../platform/http/shapes.dto.js';
import { StatementDto } from '../linkage/demand.dto.js';
import { idPattern } from '../own-affairs.js';
import { CATEGORIES, SIDES } from './case.dto.js';

const SentAmount = () =>
  applyDecorators(
    ApiProperty({ type: AmountDto }),
    IsObject(),
    ValidateNested(),
    Type(() => AmountDto),
  );

export class LossReportDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  @ApiProperty({ minLength: 1, maxLength: 100, example: 'incident-2026-17' })
  @IsString()
  @Length(1, 100)
  @Matches(LINE)
  reference: string;

  @ApiProperty({ enum: CATEGORIES })
  @IsIn(CATEGORIES)
  category: OwnLossRequest['category'];

  @SentAmount()
  loss: AmountDto;

  @SentInstant()
  occurredAt: string;

  @SentInstant()
  knownAt: string;

  @ApiProperty({ required: false, pattern: idPattern('cp'), maxLength: 29 })
  @IsOptional()
  @Matches(new RegExp(idPattern('cp')))
  chainPartnerId?: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    maxItems: 50,
    example: ['3f1c2f0a-7a51-4a4e-9d3f-0a6c2f3f0b77'],
    description: 'Transfers, instructions, interactions that the loss stems from',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  @Matches(LINE, { each: true })
  requestIds: string[];
}

export class CauseStatementDto extends StatementDto {
  @ApiProperty({ enum: ['found', 'unknown'], description: 'found needs evidence (RKN-L1a/c)' })
  @IsIn(['found', 'unknown'])
  status: 'found' | 'unknown';
}

export class ExemptionDto extends StatementDto {
  @ApiProperty({
    maxLength: 200,
    example: '利用規約 第15条',
    description:
      'The clause of your service agreement, as in force when the loss occurred (RKN-L1c)',
  })
  @IsString()
  @Length(0, 200)
  @Matches(LINE)
  agreementClause: string;
}

export class CaseEvidenceDto extends StatementDto {
  @ApiProperty({
    required: false,
    default: false,
    description: '疎明: it is besides to show your claim at first sight, where that was agreed on',
  })
  @IsOptional()
  @IsBoolean()
  showing?: boolean;
}

export class PaymentToUserDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 100,
    example: 'payment-2026-0412',
    description: 'Your own name for the payment: it is entered once',
  })
  @IsString()
  @Length(1, 100)
  @Matches(LINE)
  id: string;

  @SentAmount()
  amount: AmountDto;

  @SentInstant()
  paidAt: string;

  @ApiProperty({
    maxLength: 200,
    example: '利用規約 第12条',
    description: 'The clause of your service agreement under which you pay (RKN-L1b)',
  })
  @IsString()
  @Length(0, 200)
  @Matches(LINE)
  agreementClause: string;
}

const Version = () =>
  applyDecorators(
    ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000 }),
    IsInt(),
    Min(1),
    Max(1_000),
  );

export class ConsultationProposalDto {
  @Version()
  version: number;

  @ApiProperty({ enum: SIDES, description: 'Who would claim: EPSP is you, FI the institution' })
  @IsIn(SIDES)
  claimant: OwnProposalRequest['claimant'];

  @SentAmount()
  amount: AmountDto;

  @ApiProperty({ minLength: 1, maxLength: 4_000, example: '双方の責めの大きさを考慮した。' })
  @IsString()
  @Length(1, 4_000)
  rationale: string;
}

export class AcceptanceDto {
  @Version()
  version: number;

  @ApiProperty({
    minLength: 1,
    maxLength: 100,
    example: 'みなと家計 リスク管理部長',
    description: 'Who signs for you',
  })
  @IsString()
  @Length(1, 100)
  @Matches(LINE)
  person: string;

  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$', maxLength: 71 })
  @Matches(/^sha256:[0-9a-f]{64}$/)
  textHash: string;
}

export class ClaimAgainstDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  @Matches(/^[0-9]{4}$/)
  institution: string;

  @ApiProperty({
    type: AmountDto,
    required: false,
    description: 'Stated for each where several institutions are named (RKN-L2a/d)',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AmountDto)
  share?: AmountDto;
}

export class RecourseClaimDto {
  @SentAmount()
  amount: AmountDto;

  @ApiProperty({ type: [ClaimAgainstDto], minItems: 1, maxItems: 14 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(14)
  @ValidateNested({ each: true })
  @Type(() => ClaimAgainstDto)
  against: ClaimAgainstDto[];
}

export class CaseEnteredDto {
  @ApiProperty({ pattern: idPattern('case'), maxLength: 31 })
  caseId: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000, description: 'Events so far' })
  sequence: number;
}

export class RecourseClaimedDto {
  @ApiProperty({ pattern: idPattern('case'), maxLength: 31 })
  caseId: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10_000 })
  number: number;
  @ApiProperty({ pattern: idPattern('doc'), maxLength: 30 })
  documentId: string;
}
