import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { AccountType } from '../../accounts/index.js';
import { AFTERCARE, type Aftercare } from '../domain/transfer.js';

const BANK = '^[0-9]{4}$';
const BRANCH = '^[0-9]{3}$';
const INSTRUCTION = '^[A-Za-z0-9._-]{1,64}$';
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

export class DebitAccountDto {
  @ApiProperty({ pattern: BRANCH, example: '165' })
  @Matches(new RegExp(BRANCH))
  branchCode: string;

  @ApiProperty({ enum: ['1', '2', '4', '9'] })
  @IsIn(['1', '2', '4', '9'])
  accountType: AccountType;

  @ApiProperty({ pattern: '^[0-9]{7}$', maxLength: 16, example: '1234567' })
  @IsString()
  @MaxLength(16)
  accountNumber: string;
}

export class CreditorDto {
  @ApiProperty({ pattern: BANK, example: '2963' })
  @Matches(new RegExp(BANK))
  bankCode: string;

  @ApiProperty({ pattern: BRANCH, example: '165' })
  @Matches(new RegExp(BRANCH))
  branchCode: string;

  /** Judged by P.sm.transfer.creditTypes, so any short text may be asked for. */
  @ApiProperty({ maxLength: 2, example: '1' })
  @IsString()
  @MaxLength(2)
  accountType: string;

  @ApiProperty({ pattern: '^[0-9]{7}$', maxLength: 16, example: '1234567' })
  @IsString()
  @MaxLength(16)
  accountNumber: string;

  @ApiProperty({ maxLength: 140, example: 'ミナト ハナコ' })
  @IsString()
  @MaxLength(140)
  nameKana: string;
}

/** A pushed transfer. What is malformed is refused here; what is against a rule, in the room (SM-5.1-1). */
export class PrepareTransferDto {
  @ApiProperty({ pattern: INSTRUCTION })
  @Matches(new RegExp(INSTRUCTION))
  instructionId: string;

  @ApiPropertyOptional({ type: DebitAccountDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DebitAccountDto)
  debitAccount?: DebitAccountDto;

  @ApiProperty({ type: CreditorDto })
  @IsObject()
  @ValidateNested()
  @Type(() => CreditorDto)
  creditor: CreditorDto;

  @ApiProperty({ maxLength: 32, example: '10000', description: 'Whole yen, 1 to 10^12.' })
  @IsString()
  @MaxLength(32)
  amountYen: string;

  @ApiPropertyOptional({ pattern: DATE, example: '2026-11-22' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  requestedDate?: string;

  @ApiPropertyOptional({ maxLength: 140 })
  @IsOptional()
  @IsString()
  @MaxLength(140)
  ediText?: string;
}

export class FindTransferQuery {
  @ApiProperty({ pattern: INSTRUCTION })
  @Matches(new RegExp(INSTRUCTION))
  instructionId: string;
}

export class CreditorView {
  @ApiProperty() bankCode: string;
  @ApiProperty() branchCode: string;
  @ApiProperty({ enum: ['1', '2', '4', '9'] }) accountType: string;
  @ApiProperty() accountNumber: string;
  @ApiProperty({ description: 'Half-width Zengin kana, as stored and sent.' }) nameKana: string;
}

const STATUSES = 'RCVD ACTC SCHD RSVD ACSP ACSC PDNG RJCT CANC EXPD'.split(' ');

export class TransferDto {
  @ApiProperty() transferId: string;
  @ApiProperty() instructionId: string;
  @ApiProperty() bankCode: string;
  @ApiProperty({ enum: STATUSES }) status: string;
  @ApiProperty({ type: String, nullable: true }) statusReason: string | null;
  @ApiProperty({ enum: AFTERCARE, nullable: true }) aftercare: Aftercare | null;
  @ApiProperty({ enum: ['furikomi', 'furikae'], nullable: true }) kind: string | null;
  @ApiProperty({ type: DebitAccountDto, nullable: true }) debitAccount: DebitAccountDto | null;
  @ApiProperty({ type: CreditorView }) creditor: CreditorView;
  @ApiProperty({ example: '10000' }) amountYen: string;
  @ApiProperty({ type: String, nullable: true, example: '440' }) feeYen: string | null;
  @ApiProperty({ example: '2026-11-22' }) requestedDate: string;
  @ApiProperty({ type: String, nullable: true }) ediText: string | null;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) confirmedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) formedAt: string | null;
  @ApiProperty() chainPartnerId: string;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}
