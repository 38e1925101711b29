import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const ACCOUNT = '^acc_[0-9a-hjkmnp-tv-z]{26}$';
const AMOUNT = '^(?:[1-9][0-9]{0,11}|1000000000000)$';

export class LimitBasisView {
  @ApiProperty({ enum: ['request_date', 'designated_date'] })
  basis: 'request_date' | 'designated_date';
  @ApiProperty({ example: '2026-11-22' }) date: string;
  @ApiProperty({ example: '30000' }) usedYen: string;
  @ApiProperty({ example: '470000' }) leftYen: string;
}

export class LimitsView {
  @ApiProperty() accountId: string;
  @ApiProperty({ enum: ['JPY'] }) currency: 'JPY';
  @ApiProperty({ example: '500000' }) dailyLimitYen: string;
  @ApiProperty({ enum: ['account', 'contract'], description: 'P.sm.limit.scope' })
  scope: 'account' | 'contract';
  @ApiProperty({ description: 'P.sm.limit.includesFee' }) includesFee: boolean;
  @ApiProperty({ type: [LimitBasisView] }) bases: LimitBasisView[];
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

export class ConfirmFundsDto {
  @ApiProperty({ pattern: ACCOUNT })
  @Matches(new RegExp(ACCOUNT))
  accountId: string;

  @ApiProperty({ pattern: AMOUNT, example: '10000', description: 'Whole yen, 1 to 10^12.' })
  @Matches(new RegExp(AMOUNT))
  amountYen: string;
}

export class FundsView {
  @ApiProperty() accountId: string;
  @ApiProperty({ example: '10000' }) amountYen: string;
  @ApiProperty({ description: 'Yes or no; the balance is not told (T-15).' }) isAvailable: boolean;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}
