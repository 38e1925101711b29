import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { instantToWire } from '#libs/kernel';
import { PageLimit } from '#libs/platform';
import { LEDGER_REFUSALS } from '../../../accounts/index.js';
import type { BlockedReturn } from '../../domain/blocked-return.js';

const BANK = '^[0-9]{4}$';
const TRANSFER = '^trf_[0-9a-hjkmnp-tv-z]{26}$';
const ACCOUNT = '^acc_[0-9a-hjkmnp-tv-z]{26}$';
const GROUNDS_MAX = 2_000;

export class ListBlockedReturnsQuery {
  @ApiProperty({ pattern: BANK })
  @Matches(new RegExp(BANK))
  bankCode: string;

  /** The last transfer of the page before. */
  @ApiPropertyOptional({ pattern: TRANSFER })
  @IsOptional()
  @Matches(new RegExp(TRANSFER))
  after?: string;

  @PageLimit(200, 50) limit?: number;
}

export class RetryReturnDto {
  @ApiProperty({ pattern: BANK })
  @Matches(new RegExp(BANK))
  bankCode: string;

  @ApiPropertyOptional({
    pattern: ACCOUNT,
    description: 'Another service account of the same holder, where the debited one is closed',
  })
  @IsOptional()
  @Matches(new RegExp(ACCOUNT))
  accountId?: string;

  @ApiProperty({
    minLength: 1,
    maxLength: GROUNDS_MAX,
    description: 'What was done so that it succeeds now',
  })
  @IsString()
  @Length(1, GROUNDS_MAX)
  grounds: string;
}

export class BlockedDebitAccountDto {
  @ApiProperty({ pattern: ACCOUNT }) accountId: string;
  @ApiProperty({ pattern: '^[0-9]{3}$' }) branchCode: string;
  @ApiProperty({ enum: ['1', '2', '4', '9'] }) accountType: string;
  @ApiProperty({ pattern: '^[0-9]{7}$' }) accountNumber: string;
  @ApiProperty() closed: boolean;
  @ApiProperty({ description: 'Whether it takes money now' }) takesCredits: boolean;
}

export class BlockedReturnDto {
  @ApiProperty({ pattern: TRANSFER }) transferId: string;
  @ApiProperty({ example: '10000' }) amountYen: string;
  @ApiProperty({ enum: ['no_such_account', 'deposit_refused'], description: 'Why it came back' })
  reason: string;
  @ApiProperty({ enum: LEDGER_REFUSALS, description: 'Why it was not credited when last tried' })
  blockedBy: string;
  @ApiProperty({ format: 'date-time' }) returnedAt: string;
  @ApiProperty({ type: BlockedDebitAccountDto }) debitAccount: BlockedDebitAccountDto;
}

export class BlockedReturnsDto {
  @ApiProperty({ type: [BlockedReturnDto] }) returns: BlockedReturnDto[];
}

export const blockedToWire = (one: BlockedReturn): BlockedReturnDto => ({
  ...one,
  amountYen: `${one.amountYen}`,
  returnedAt: instantToWire(one.returnedAt),
});
