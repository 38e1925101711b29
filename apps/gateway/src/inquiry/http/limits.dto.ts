import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, Matches, ValidateNested } from 'class-validator';
import type { FundsView, LimitsView } from '../../bank/index.js';
import { AmountDto, MoneyDto, yen } from '../../platform/http/shapes.dto.js';

const ACCOUNT = '^acc_[0-9a-hjkmnp-tv-z]{26}$';

export class LimitBasisDto {
  @ApiProperty({
    enum: ['request_date', 'designated_date'],
    description: 'Both are judged; the one that leaves less decides (SM-5.3-1b)',
  })
  basis: 'request_date' | 'designated_date';

  @ApiProperty({ format: 'date', maxLength: 10, example: '2026-11-22' })
  date: string;

  @ApiProperty({ type: MoneyDto })
  used: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  left: MoneyDto;
}

export class LimitsDto {
  @ApiProperty({ pattern: ACCOUNT, maxLength: 30 })
  accountId: string;

  @ApiProperty({ type: MoneyDto, description: '1日あたりの取引限度額' })
  dailyLimit: MoneyDto;

  @ApiProperty({ enum: ['account', 'contract'], description: 'What the limit is kept for' })
  scope: 'account' | 'contract';

  @ApiProperty({ description: 'Whether a fee counts towards the limit' })
  includesFee: boolean;

  @ApiProperty({ type: [LimitBasisDto], maxItems: 2 })
  bases: LimitBasisDto[];

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export class FundsRequestDto {
  @ApiProperty({ pattern: ACCOUNT, maxLength: 30 })
  @Matches(new RegExp(ACCOUNT))
  accountId: string;

  @ApiProperty({ type: AmountDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AmountDto)
  amount: AmountDto;
}

export class FundsDto {
  @ApiProperty({ pattern: ACCOUNT, maxLength: 30 })
  accountId: string;

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ description: 'Whether the amount could be withdrawn at asOf; nothing is held' })
  isAvailable: boolean;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toLimits = (view: LimitsView): LimitsDto => ({
  accountId: view.accountId,
  dailyLimit: yen(view.dailyLimitYen),
  scope: view.scope,
  includesFee: view.includesFee,
  bases: view.bases.map(({ basis, date, usedYen, leftYen }) => ({
    basis,
    date,
    used: yen(usedYen),
    left: yen(leftYen),
  })),
  asOf: view.asOf,
});

export const toFunds = (view: FundsView): FundsDto => ({
  accountId: view.accountId,
  amount: yen(view.amountYen),
  isAvailable: view.isAvailable,
  asOf: view.asOf,
});
