import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PageLimit } from '#libs/platform';
import { PURPOSES } from '../domain/consent.js';

export const CONSENT_STATES = [
  'awaiting_authorisation',
  'authorised',
  'frozen',
  'consumed',
  'revoked',
  'expired',
  'rejected',
] as const;
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
const ID = '^cns_[0-9a-hjkmnp-tv-z]{26}$';

export class ListConsentsQuery {
  @ApiPropertyOptional({ enum: CONSENT_STATES })
  @IsOptional()
  @IsIn(CONSENT_STATES)
  state?: (typeof CONSENT_STATES)[number];

  @PageLimit(500, 100) limit?: number;

  @ApiPropertyOptional({ pattern: ID })
  @IsOptional()
  @Matches(new RegExp(ID))
  after?: string;
}

export class ConsentHistoryQuery {
  @ApiPropertyOptional({ enum: CHANGES })
  @IsOptional()
  @IsIn(CHANGES)
  change?: (typeof CHANGES)[number];

  @PageLimit(500, 100) limit?: number;

  @ApiPropertyOptional({ pattern: '^[0-9]{1,18}$' })
  @IsOptional()
  @Matches(/^[0-9]{1,18}$/)
  after?: string;
}

/** Why, and by whom, as far as an intermediary may be told (T-29). */
export class ConsentReasonDto {
  @ApiProperty({ example: 'agreed' })
  code: string;
  @ApiProperty({ enum: ['customer', 'intermediary', 'chain_partner', 'bank', 'system'] })
  by: 'customer' | 'intermediary' | 'chain_partner' | 'bank' | 'system';
}

export class ConsentDto {
  @ApiProperty({ pattern: ID })
  consentId: string;
  @ApiProperty({ enum: CONSENT_STATES })
  state: (typeof CONSENT_STATES)[number];
  @ApiProperty({ type: ConsentReasonDto })
  reason: ConsentReasonDto;
  @ApiProperty({ type: 'integer', minimum: 1 })
  version: number;
  @ApiProperty({ example: 'none' })
  chainPartnerId: string;
  @ApiProperty({ type: [String] })
  permissions: string[];
  @ApiProperty({ enum: PURPOSES })
  purpose: (typeof PURPOSES)[number];
  @ApiProperty({ type: 'integer', nullable: true })
  termDays: number | null;
  @ApiProperty({ format: 'date-time' })
  askedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  grantedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;
  @ApiProperty({ format: 'date-time' })
  changedAt: string;
}

export class ConsentPageDto {
  @ApiProperty({ type: [ConsentDto] })
  data: ConsentDto[];
  @ApiProperty({ type: String, nullable: true })
  nextAfter: string | null;
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

export class OneConsentDto extends ConsentDto {
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

export class ConsentAccountDto {
  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$' })
  accountId: string;
  @ApiProperty({ enum: ['available', 'unavailable', 'removed'] })
  status: 'available' | 'unavailable' | 'removed';
  @ApiProperty({ type: ConsentReasonDto })
  reason: ConsentReasonDto;
  @ApiProperty({ format: 'date-time' })
  changedAt: string;
}

export class ConsentAccountsDto {
  @ApiProperty({ type: [ConsentAccountDto] })
  data: ConsentAccountDto[];
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

export class ConsentVersionDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  version: number;
  @ApiProperty({ enum: CHANGES })
  change: (typeof CHANGES)[number];
  @ApiProperty({ enum: CONSENT_STATES })
  state: (typeof CONSENT_STATES)[number];
  @ApiProperty({ type: ConsentReasonDto })
  reason: ConsentReasonDto;
  @ApiProperty({ format: 'date-time' })
  happenedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;
  @ApiProperty({ type: [String] })
  accountIds: string[];
}

export class ConsentHistoryDto {
  @ApiProperty({ type: [ConsentVersionDto] })
  data: ConsentVersionDto[];
  @ApiProperty({ type: String, nullable: true })
  nextAfter: string | null;
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}
