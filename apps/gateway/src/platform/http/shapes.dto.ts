import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';

/** Whole yen as a string of digits; never a number. */
/** One line of somebody's words, as the API document bounds it. */
export const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

export class MoneyDto {
  @ApiProperty({ pattern: '^-?(0|[1-9][0-9]{0,17})$', maxLength: 19, example: '1234567' })
  amount: string;

  @ApiProperty({ enum: ['JPY'] })
  currency: 'JPY';
}

const AMOUNT = '^(?:[1-9][0-9]{0,11}|1000000000000)$';

/** Money in a request: 1 yen to 10^12, as everywhere (SM-5.1-1). */
export class AmountDto {
  @ApiProperty({ pattern: AMOUNT, maxLength: 13, example: '10000' })
  @Matches(new RegExp(AMOUNT))
  amount: string;

  @ApiProperty({ enum: ['JPY'] })
  @IsIn(['JPY'])
  currency: 'JPY';
}

export const yen = (amount: string): MoneyDto => ({ amount, currency: 'JPY' });

export class LinksDto {
  @ApiProperty({ format: 'uri-reference', maxLength: 2048 })
  self: string;

  @ApiProperty({ format: 'uri-reference', maxLength: 2048, required: false })
  next?: string;
}

export class MetaDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 10_000,
    description: 'Entries on this page',
  })
  count: number;

  @ApiProperty({ description: 'Whether a next page exists' })
  hasMore: boolean;
}

export { ProblemDto } from '#libs/platform';
