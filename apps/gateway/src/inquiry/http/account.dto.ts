import { ApiProperty } from '@nestjs/swagger';
import type { AccountView, BalancesView } from '../../bank/index.js';
import { LinksDto, MetaDto, MoneyDto, yen } from '../../platform/http/shapes.dto.js';

export class WordsDto {
  @ApiProperty({ maxLength: 40 })
  ja: string;

  @ApiProperty({ maxLength: 40 })
  en: string;
}

export class AccountDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  accountId: string;

  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;

  @ApiProperty({ pattern: '^[0-9]{3}$', maxLength: 3 })
  branchCode: string;

  @ApiProperty({ maxLength: 60 })
  branchName: string;

  @ApiProperty({ enum: ['1', '2', '4', '9'], description: 'Zengin code of the account type' })
  accountType: string;

  @ApiProperty({ type: WordsDto })
  accountTypeName: WordsDto;

  @ApiProperty({ pattern: '^[0-9]{7}$', maxLength: 7 })
  accountNumber: string;

  @ApiProperty({ maxLength: 140 })
  nameKana: string;

  @ApiProperty({ enum: ['JPY'] })
  currency: 'JPY';

  @ApiProperty()
  isMain: boolean;

  @ApiProperty()
  closed: boolean;
}

export class AccountsDto {
  @ApiProperty({ type: [AccountDto], maxItems: 500 })
  data: AccountDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export class BalancesDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  accountId: string;

  @ApiProperty({ type: MoneyDto, description: '現在残高' })
  current: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: '引出可能額' })
  withdrawable: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: '前日残高' })
  previousDay: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: '前月末残高' })
  previousMonthEnd: MoneyDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toAccount = (view: AccountView): AccountDto => ({
  accountId: view.accountId,
  bankCode: view.bankCode,
  branchCode: view.branchCode,
  branchName: view.branchName,
  accountType: view.accountType,
  accountTypeName: { ja: view.accountTypeName.ja, en: view.accountTypeName.en },
  accountNumber: view.accountNumber,
  nameKana: view.nameKana,
  currency: view.currency,
  isMain: view.isMain,
  closed: view.closed,
});

export const toBalances = (view: BalancesView): BalancesDto => ({
  accountId: view.accountId,
  current: yen(view.currentYen),
  withdrawable: yen(view.withdrawableYen),
  previousDay: yen(view.previousDayYen),
  previousMonthEnd: yen(view.previousMonthEndYen),
  asOf: view.asOf,
});
