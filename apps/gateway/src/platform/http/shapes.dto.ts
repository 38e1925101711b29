import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';

/** Whole yen as a string of digits; never a number. */
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

export class ProblemFindingDto {
  @ApiProperty({ maxLength: 500 })
  pointer: string;

  @ApiProperty({ maxLength: 80 })
  code: string;

  @ApiProperty({ maxLength: 500 })
  detail: string;
}

/** RFC 9457 with a stable code; both languages inside. */
export class ProblemDto {
  @ApiProperty({ format: 'uri', maxLength: 200 })
  type: string;

  @ApiProperty({ maxLength: 100 })
  title: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status: number;

  @ApiProperty({ maxLength: 500 })
  detail: string;

  @ApiProperty({ maxLength: 500 })
  detail_ja: string;

  @ApiProperty({ maxLength: 500 })
  detail_en: string;

  @ApiProperty({ format: 'uri', maxLength: 80, description: 'urn:uuid of the interaction' })
  instance: string;

  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 80, example: 'permission_not_granted' })
  code: string;

  @ApiProperty({ maxLength: 20, required: false, example: 'RKN-S1' })
  clause?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    maxProperties: 20,
    description: 'What the code rests on, such as the limit that was exceeded; nothing of a person',
  })
  facts?: Readonly<Record<string, unknown>>;

  @ApiProperty({ description: 'Whether the same call may succeed later' })
  retryable: boolean;

  @ApiProperty({ type: [ProblemFindingDto], required: false, maxItems: 50 })
  errors?: ProblemFindingDto[];
}
