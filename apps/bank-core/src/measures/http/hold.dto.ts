import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import { LINK_FUNCTIONS } from '#libs/contracts';
import { instantToWire } from '#libs/kernel';
import type { LinkMeasure } from '../../links/index.js';

const PARTNER = '^([*]|none|cp_[0-9a-hjkmnp-tv-z]{26})$';
const FUNCTIONS = ['*', ...LINK_FUNCTIONS] as const;

export class ReleaseHoldDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 15 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @Matches(/^[0-9]{4}$/, { each: true })
  bankCodes: string[];

  @ApiProperty({ pattern: PARTNER, description: '* すべて、none 自社の通信、または連鎖接続先' })
  @Matches(new RegExp(PARTNER))
  chainPartnerId: string;

  @ApiProperty({ enum: FUNCTIONS })
  @IsIn(FUNCTIONS)
  function: string;

  /** Its own basis (INT-13), or why it is released; left empty it is refused with its clause. */
  @ApiProperty({ maxLength: 1_000 })
  @IsString()
  @MaxLength(1_000)
  basis: string;
}

export class SetHoldDto extends ReleaseHoldDto {
  @SentInstant({ description: 'the latest end' })
  until: string;
}

export class HoldDto {
  @ApiProperty()
  holdId: string;
  @ApiProperty()
  chainPartnerId: string;
  @ApiProperty()
  function: string;
  @ApiProperty()
  basis: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ format: 'date-time' })
  until: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;
}

export class HoldsDto {
  @ApiProperty({ type: [HoldDto] })
  holds: HoldDto[];
}

export const holdToWire = (hold: LinkMeasure): HoldDto => ({
  holdId: hold.id,
  chainPartnerId: hold.chainPartnerId,
  function: hold.function,
  basis: hold.basis,
  since: instantToWire(hold.since),
  until: instantToWire(hold.until),
  endedAt: hold.releasedAt === undefined ? null : instantToWire(hold.releasedAt),
});
