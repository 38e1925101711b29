import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import type { IncomingTransferView, TransactionView } from '../../bank/index.js';
import { LinksDto, MetaDto, MoneyDto, yen } from '../../platform/http/shapes.dto.js';

export const LIMIT_DEFAULT = 100;
export const LIMIT_MAX = 500;
const DATE = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;

export class TransactionsQuery {
  @ApiProperty({
    required: false,
    format: 'date',
    maxLength: 10,
    description: 'First booking date',
  })
  @IsOptional()
  @Matches(DATE)
  from?: string;

  @ApiProperty({ required: false, format: 'date', maxLength: 10, description: 'Last booking date' })
  @IsOptional()
  @Matches(DATE)
  to?: string;

  @ApiProperty({
    required: false,
    type: 'integer',
    minimum: 1,
    maximum: LIMIT_MAX,
    default: LIMIT_DEFAULT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMIT_MAX)
  limit?: number;

  @ApiProperty({ required: false, maxLength: 512, pattern: '^[A-Za-z0-9._-]+$' })
  @IsOptional()
  @MaxLength(512)
  @Matches(/^[A-Za-z0-9._-]+$/)
  cursor?: string;
}

export class TransactionDto {
  @ApiProperty({ maxLength: 64 })
  transactionId: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  bookingDate: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  valueDate: string;

  @ApiProperty({ enum: ['credit', 'debit'] })
  direction: 'credit' | 'debit';

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  balanceAfter: MoneyDto;

  @ApiProperty({ maxLength: 140, description: '摘要' })
  description: string;

  @ApiProperty({ maxLength: 40 })
  kind: string;

  @ApiProperty({ type: 'string', nullable: true, maxLength: 140 })
  ediText: string | null;
}

export class PeriodDto {
  @ApiProperty({ format: 'date', maxLength: 10 })
  from: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  to: string;
}

/** The same on every page of one read. */
const ReadPeriod = () =>
  ApiProperty({ type: PeriodDto, description: 'First and last booking date that were read' });

export class TransactionsDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  accountId: string;

  @ReadPeriod()
  period: PeriodDto;

  @ApiProperty({ type: [TransactionDto], maxItems: LIMIT_MAX })
  data: TransactionDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export const toTransaction = (view: TransactionView): TransactionDto => ({
  transactionId: view.transactionId,
  bookingDate: view.bookingDate,
  valueDate: view.valueDate,
  direction: view.direction,
  amount: yen(view.amountYen),
  balanceAfter: yen(view.balanceAfterYen),
  description: view.description,
  kind: view.kind,
  ediText: view.ediText,
});

export class IncomingTransferDto {
  @ApiProperty({ maxLength: 64 })
  transactionId: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  bookingDate: string;

  @ApiProperty({ format: 'date', maxLength: 10 })
  valueDate: string;

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ maxLength: 140, description: 'Half-width Zengin kana, as it came' })
  payerName: string;

  @ApiProperty({ maxLength: 40 })
  kind: string;

  @ApiProperty({ type: 'string', nullable: true, maxLength: 140, description: 'EDI情報' })
  ediText: string | null;
}

export class IncomingTransfersDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  accountId: string;

  @ReadPeriod()
  period: PeriodDto;

  @ApiProperty({ type: [IncomingTransferDto], maxItems: LIMIT_MAX })
  data: IncomingTransferDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export const toIncomingTransfer = (view: IncomingTransferView): IncomingTransferDto => ({
  transactionId: view.transactionId,
  bookingDate: view.bookingDate,
  valueDate: view.valueDate,
  amount: yen(view.amountYen),
  payerName: view.payerName,
  kind: view.kind,
  ediText: view.ediText,
});
