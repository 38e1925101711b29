import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { POSTING_OPERATIONS } from '../../accounts/index.js';

const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

export class TransactionsQuery {
  @ApiPropertyOptional({ pattern: DATE, description: 'First booking date, included.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  from?: string;

  @ApiPropertyOptional({ pattern: DATE, description: 'Last booking date, included.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ pattern: '^[0-9]{1,18}$', description: 'A leg sequence, exclusive.' })
  @IsOptional()
  @Matches(/^[0-9]{1,18}$/)
  after?: string;
}

export class AccountTypeName {
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
}

export class AccountView {
  @ApiProperty() accountId: string;
  @ApiProperty() bankCode: string;
  @ApiProperty() branchCode: string;
  @ApiProperty() branchName: string;
  @ApiProperty({ enum: ['1', '2', '4', '9'] }) accountType: string;
  @ApiProperty({ type: AccountTypeName }) accountTypeName: AccountTypeName;
  @ApiProperty() accountNumber: string;
  @ApiProperty() nameKana: string;
  @ApiProperty({ enum: ['JPY'] }) currency: 'JPY';
  @ApiProperty() isMain: boolean;
  @ApiProperty() closed: boolean;
}

export class AccountsView {
  @ApiProperty({ type: [AccountView] }) data: AccountView[];
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

export class OneAccountView extends AccountView {
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

export class BalancesView {
  @ApiProperty() accountId: string;
  @ApiProperty({ enum: ['JPY'] }) currency: 'JPY';
  @ApiProperty({ example: '1234567' }) currentYen: string;
  @ApiProperty({ example: '1234567' }) withdrawableYen: string;
  @ApiProperty({ example: '1234567' }) previousDayYen: string;
  @ApiProperty({ example: '1234567' }) previousMonthEndYen: string;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

export class TransactionView {
  @ApiProperty() transactionId: string;
  @ApiProperty() bookingDate: string;
  @ApiProperty() valueDate: string;
  @ApiProperty({ enum: ['credit', 'debit'] }) direction: 'credit' | 'debit';
  @ApiProperty({ example: '1000' }) amountYen: string;
  @ApiProperty({ example: '1234567' }) balanceAfterYen: string;
  @ApiProperty() description: string;
  @ApiProperty({ enum: POSTING_OPERATIONS }) kind: string;
  @ApiProperty({ type: String, nullable: true }) ediText: string | null;
}

/** The period that was read, both ends included: a further page names the same. */
class ReadPeriod {
  @ApiProperty({
    pattern: DATE,
    description: 'First booking date, the earliest where none was asked.',
  })
  from: string;

  @ApiProperty({ pattern: DATE, description: 'Last booking date, today where none was asked.' })
  to: string;
}

export class TransactionsView extends ReadPeriod {
  @ApiProperty() accountId: string;
  @ApiProperty({ type: [TransactionView] }) data: TransactionView[];
  @ApiProperty({ type: String, nullable: true }) nextAfter: string | null;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

export class IncomingTransferView {
  @ApiProperty() transactionId: string;
  @ApiProperty() bookingDate: string;
  @ApiProperty() valueDate: string;
  @ApiProperty({ example: '1000' }) amountYen: string;
  @ApiProperty({ description: 'Half-width Zengin kana, as it came.' }) payerName: string;
  @ApiProperty({ enum: ['transfer', 'book_transfer'] }) kind: string;
  @ApiProperty({ type: String, nullable: true }) ediText: string | null;
}

export class IncomingTransfersView extends ReadPeriod {
  @ApiProperty() accountId: string;
  @ApiProperty({ type: [IncomingTransferView] }) data: IncomingTransferView[];
  @ApiProperty({ type: String, nullable: true }) nextAfter: string | null;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}
