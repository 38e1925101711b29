import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import type { ConsentView } from '../../bank/index.js';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';

export const CONSENT_STATES = [
  'awaiting_authorisation',
  'authorised',
  'frozen',
  'consumed',
  'revoked',
  'expired',
  'rejected',
] as const;
export const PERMISSIONS = ['accounts_read', 'balances_read', 'transactions_read'] as const;
export const PURPOSES = [
  'household_accounting',
  'bookkeeping',
  'credit_assessment',
  'asset_overview',
] as const;
/** Why an intermediary gives a consent back: a catalogue, never text about a person (T-30). */
export const REVOCATION_REASONS = [
  'customer_request',
  'no_longer_needed',
  'service_ended',
  'security_incident',
] as const;
export const LIMIT_DEFAULT = 100;
const CONSENT_ID = '^cns_[0-9a-z]{26}$';
const CURSOR = '^[A-Za-z0-9_.-]+$';

export class BankParams {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  @IsString()
  @MaxLength(64)
  bankCode: string;
}

export class ConsentParams extends BankParams {
  @ApiProperty({ pattern: CONSENT_ID, maxLength: 30 })
  @IsString()
  @MaxLength(64)
  consentId: string;

  /** The id, once it looks like one; what cannot exist is answered like what may not be seen. */
  known(): string {
    if (!isId('cns', this.consentId)) throw platformProblem('not_found');
    return this.consentId;
  }
}

export class PageQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500, default: 100, required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiProperty({ pattern: CURSOR, maxLength: 600, required: false })
  @IsOptional()
  @MaxLength(600)
  @Matches(/^[A-Za-z0-9_.-]+$/)
  cursor?: string;
}

export class ConsentsQuery extends PageQuery {
  @ApiProperty({ enum: CONSENT_STATES, required: false })
  @IsOptional()
  @IsIn(CONSENT_STATES)
  state?: (typeof CONSENT_STATES)[number];
}

export class RevocationQuery {
  @ApiProperty({ enum: REVOCATION_REASONS, description: 'Kept in the history of the consent' })
  @IsIn(REVOCATION_REASONS)
  reason: (typeof REVOCATION_REASONS)[number];
}

export class ReasonDto {
  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 64, example: 'agreed' })
  code: string;

  @ApiProperty({ enum: ['customer', 'intermediary', 'chain_partner', 'bank', 'system'] })
  by: 'customer' | 'intermediary' | 'chain_partner' | 'bank' | 'system';
}

export class ConsentDto {
  @ApiProperty({ pattern: CONSENT_ID, maxLength: 30 })
  consentId: string;

  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;

  @ApiProperty({ enum: CONSENT_STATES })
  state: (typeof CONSENT_STATES)[number];

  @ApiProperty({ type: ReasonDto, description: 'Of the last change' })
  reason: ReasonDto;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Raised by every change' })
  version: number;

  @ApiProperty({ pattern: '^(none|cp_[0-9a-z]{26})$', maxLength: 29 })
  chainPartnerId: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: string[];

  @ApiProperty({ enum: PURPOSES })
  purpose: (typeof PURPOSES)[number];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 366, nullable: true })
  termDays: number | null;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  askedAt: string;

  @ApiProperty({ type: String, format: 'date-time', maxLength: 40, nullable: true })
  grantedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', maxLength: 40, nullable: true })
  expiresAt: string | null;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  changedAt: string;
}

export class OneConsentDto extends ConsentDto {
  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

export class ConsentsDto {
  @ApiProperty({ type: [ConsentDto], maxItems: 500 })
  data: ConsentDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

type ViewOnWire = Omit<ConsentView, 'asOf'>;

export const toConsent = (bankCode: string, view: ViewOnWire): ConsentDto => ({
  consentId: view.consentId,
  bankCode,
  state: view.state,
  reason: { ...view.reason },
  version: view.version,
  chainPartnerId: view.chainPartnerId,
  permissions: [...view.permissions],
  purpose: view.purpose,
  termDays: view.termDays,
  askedAt: view.askedAt,
  grantedAt: view.grantedAt,
  expiresAt: view.expiresAt,
  changedAt: view.changedAt,
});
