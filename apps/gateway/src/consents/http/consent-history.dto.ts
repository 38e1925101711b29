import { ApiProperty } from '@nestjs/swagger';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';
import { CONSENT_STATES, ReasonDto } from './consent.dto.js';

const CHANGES = [
  'asked',
  'authorised',
  'rejected',
  'frozen',
  'resumed',
  'extended',
  'amended',
  'account_unavailable',
  'expiring',
  'consumed',
  'revoked',
  'expired',
] as const;

export class ConsentVersionDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  version: number;

  @ApiProperty({ enum: CHANGES })
  change: (typeof CHANGES)[number];

  @ApiProperty({ enum: CONSENT_STATES, description: 'The state after the change' })
  state: (typeof CONSENT_STATES)[number];

  @ApiProperty({ type: ReasonDto })
  reason: ReasonDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  happenedAt: string;

  @ApiProperty({ type: String, format: 'date-time', maxLength: 40, nullable: true })
  expiresAt: string | null;

  @ApiProperty({
    type: [String],
    maxItems: 500,
    items: { type: 'string', pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 },
    description: 'Readable after the change',
  })
  accountIds: string[];
}

export class ConsentHistoryDto {
  @ApiProperty({ type: [ConsentVersionDto], maxItems: 500 })
  data: ConsentVersionDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export class ConsentAccountDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  accountId: string;

  @ApiProperty({
    enum: ['available', 'unavailable', 'removed'],
    description: 'removed: the holder took it out; unavailable: it cannot be read any more',
  })
  status: 'available' | 'unavailable' | 'removed';

  @ApiProperty({ type: ReasonDto })
  reason: ReasonDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  changedAt: string;
}

export class ConsentAccountsDto {
  @ApiProperty({ type: [ConsentAccountDto], maxItems: 500 })
  data: ConsentAccountDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}
