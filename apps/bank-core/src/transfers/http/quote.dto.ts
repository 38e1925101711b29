import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

const BANK = '^[0-9]{4}$';
const BRANCH = '^[0-9]{3}$';
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

export class QuotedAccountDto {
  @ApiProperty({ pattern: BANK, example: '2963' })
  @Matches(new RegExp(BANK))
  bankCode: string;

  @ApiProperty({ pattern: BRANCH, example: '165' })
  @Matches(new RegExp(BRANCH))
  branchCode: string;

  @ApiProperty({ maxLength: 2, example: '1' })
  @IsString()
  @MaxLength(2)
  accountType: string;

  @ApiProperty({ pattern: '^[0-9]{7}$', maxLength: 16, example: '1234567' })
  @IsString()
  @MaxLength(16)
  accountNumber: string;
}

export class QuotedCreditorDto extends QuotedAccountDto {
  @ApiPropertyOptional({ maxLength: 140, example: 'ミナト ハナコ' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(140)
  nameKana?: string;
}

export class QuoteTransferDto {
  @ApiProperty({ pattern: BRANCH, example: '165', description: 'Branch of the debit account.' })
  @Matches(new RegExp(BRANCH))
  debitBranchCode: string;

  @ApiProperty({ type: QuotedCreditorDto })
  @IsObject()
  @ValidateNested()
  @Type(() => QuotedCreditorDto)
  creditor: QuotedCreditorDto;

  @ApiProperty({ maxLength: 32, example: '10000', description: 'Whole yen, 1 to 10^12.' })
  @IsString()
  @MaxLength(32)
  amountYen: string;

  @ApiPropertyOptional({ pattern: DATE, example: '2026-11-22' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  requestedDate?: string;
}

export class QuoteDto {
  @ApiProperty() bankCode: string;
  @ApiProperty({ enum: ['furikomi', 'furikae'] }) kind: 'furikomi' | 'furikae';
  @ApiProperty({ type: QuotedAccountDto }) creditor: QuotedAccountDto;
  @ApiProperty({ example: '10000' }) amountYen: string;
  @ApiProperty({ example: '440' }) feeYen: string;
  @ApiProperty({ example: '2026-11-22' }) designatedDate: string;
  @ApiProperty({ format: 'date-time' }) expectedCreditAt: string;
  @ApiProperty({ enum: ['match', 'no_match', 'not_checked'] })
  payeeName: 'match' | 'no_match' | 'not_checked';
  @ApiProperty({ format: 'date-time' }) asOf: string;
}
