import { ApiProperty } from '@nestjs/swagger';
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
import type { QuoteRequest, QuoteView } from '../../bank/index.js';
import { AmountDto, MoneyDto, yen } from '../../platform/http/shapes.dto.js';

const BANK = '^[0-9]{4}$';
const BRANCH = '^[0-9]{3}$';
const TYPE = '^[0-9]$';
const NUMBER = '^[0-9]{7}$';
const DATE = '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$';

export class QuotedAccountDto {
  @ApiProperty({ pattern: BANK, maxLength: 4, example: '2963' })
  @Matches(new RegExp(BANK))
  bankCode: string;

  @ApiProperty({ pattern: BRANCH, maxLength: 3, example: '165' })
  @Matches(new RegExp(BRANCH))
  branchCode: string;

  @ApiProperty({ pattern: TYPE, maxLength: 1, example: '1' })
  @Matches(new RegExp(TYPE))
  accountType: string;

  @ApiProperty({ pattern: NUMBER, maxLength: 7, example: '1234567' })
  @Matches(new RegExp(NUMBER))
  accountNumber: string;
}

export class QuotedCreditorDto extends QuotedAccountDto {
  @ApiProperty({
    required: false,
    minLength: 1,
    maxLength: 140,
    example: 'ミナト ハナコ',
    description: 'Where the name is to be compared; the answers are capped per day',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(140)
  nameKana?: string;
}

export class QuoteRequestDto {
  @ApiProperty({
    pattern: BRANCH,
    maxLength: 3,
    example: '165',
    description: 'Of the debit account',
  })
  @Matches(new RegExp(BRANCH))
  debitBranchCode: string;

  @ApiProperty({ type: QuotedCreditorDto })
  @IsObject()
  @ValidateNested()
  @Type(() => QuotedCreditorDto)
  creditor: QuotedCreditorDto;

  @ApiProperty({ type: AmountDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AmountDto)
  amount: AmountDto;

  @ApiProperty({ required: false, format: 'date', maxLength: 10, example: '2026-11-22' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  requestedDate?: string;
}

export class QuoteDto {
  @ApiProperty({ pattern: BANK, maxLength: 4, example: '2963' })
  bankCode: string;

  @ApiProperty({ enum: ['furikomi', 'furikae'], description: '振込, or 振替 within one branch' })
  kind: 'furikomi' | 'furikae';

  @ApiProperty({ type: QuotedAccountDto })
  creditor: QuotedAccountDto;

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: 'For a member of the institution' })
  fee: MoneyDto;

  @ApiProperty({ format: 'date', maxLength: 10, example: '2026-11-22' })
  designatedDate: string;

  @ApiProperty({ format: 'date-time', maxLength: 40, description: 'If it were confirmed now' })
  expectedCreditAt: string;

  @ApiProperty({
    enum: ['match', 'no_match', 'not_checked'],
    description: 'Nothing else is said of a name; no account is a no_match as well',
  })
  payeeName: 'match' | 'no_match' | 'not_checked';

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export const toQuoteRequest = ({
  debitBranchCode,
  creditor,
  amount,
  requestedDate,
}: QuoteRequestDto): QuoteRequest => ({
  debitBranchCode,
  creditor: {
    bankCode: creditor.bankCode,
    branchCode: creditor.branchCode,
    accountType: creditor.accountType,
    accountNumber: creditor.accountNumber,
    ...(creditor.nameKana === undefined ? {} : { nameKana: creditor.nameKana }),
  },
  amountYen: amount.amount,
  ...(requestedDate === undefined ? {} : { requestedDate }),
});

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toQuote = (view: QuoteView): QuoteDto => ({
  bankCode: view.bankCode,
  kind: view.kind,
  creditor: {
    bankCode: view.creditor.bankCode,
    branchCode: view.creditor.branchCode,
    accountType: view.creditor.accountType,
    accountNumber: view.creditor.accountNumber,
  },
  amount: yen(view.amountYen),
  fee: yen(view.feeYen),
  designatedDate: view.designatedDate,
  expectedCreditAt: view.expectedCreditAt,
  payeeName: view.payeeName,
  asOf: view.asOf,
});
