import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  PURPOSES,
  type ConsentEnd,
  type Permission,
  type Purpose,
} from '../../../consents/index.js';

const PERMISSIONS = ['accounts_read', 'balances_read', 'transactions_read'] as const;

export class AccountInformationDto {
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions: Permission[];

  @ApiProperty({ enum: PURPOSES })
  @IsIn(PURPOSES)
  purpose: Purpose;

  @ApiProperty({ minimum: 1, maximum: 366 })
  @IsInt()
  @Min(1)
  @Max(366)
  termDays: number;
}

/** The same terms for longer: nothing else can be given (T-14). */
export class ConsentExtensionDto {
  @ApiProperty({ pattern: '^cns_[0-9a-z]{26}$' })
  @Matches(/^cns_[0-9a-hjkmnp-tv-z]{26}$/)
  consentId: string;

  @ApiProperty({ minimum: 1, maximum: 366 })
  @IsInt()
  @Min(1)
  @Max(366)
  termDays: number;
}

const KINDS = ['account_information', 'transfer_initiation', 'consent_extension'] as const;

export class OpenApprovalDto {
  /** Stable for one pushed request: a second call with it voids the handle of the first. */
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  requestKey: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind: (typeof KINDS)[number];

  @ApiPropertyOptional({ type: String, pattern: '^[0-9]{4}$', nullable: true })
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bankCode?: string | null;

  @ApiPropertyOptional({ type: AccountInformationDto })
  @ValidateIf((dto: OpenApprovalDto) => dto.kind === 'account_information')
  @IsObject()
  @ValidateNested()
  @Type(() => AccountInformationDto)
  accountInformation?: AccountInformationDto;

  @ApiPropertyOptional({ pattern: '^trf_[0-9a-z]{26}$' })
  @ValidateIf((dto: OpenApprovalDto) => dto.kind === 'transfer_initiation')
  @Matches(/^trf_[0-9a-hjkmnp-tv-z]{26}$/)
  transferId?: string;

  @ApiPropertyOptional({ type: ConsentExtensionDto })
  @ValidateIf((dto: OpenApprovalDto) => dto.kind === 'consent_extension')
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentExtensionDto)
  consentExtension?: ConsentExtensionDto;

  /** At the gateway's own origin: every way out of the pages ends here. */
  @ApiProperty({ maxLength: 2000 })
  @IsUrl({ protocols: ['https'], require_protocol: true, require_tld: false })
  @MaxLength(2000)
  returnUrl: string;

  /** Origin (or scheme, for an app) of the client's validated redirect address, for `form-action`. */
  @ApiProperty({ maxLength: 300, example: 'https://app.example' })
  @Matches(/^(https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?|[a-z][a-z0-9+.-]*:)$/)
  @MaxLength(300)
  redirectOrigin: string;

  @ApiPropertyOptional({ enum: ['ja', 'en'], nullable: true })
  @IsOptional()
  @IsIn(['ja', 'en'])
  locale?: 'ja' | 'en' | null;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true, strictSeparator: true })
  @MaxLength(40)
  expiresAt: string;
}

export class HandedOverDto {
  @ApiProperty({ pattern: '^apr_[0-9a-z]{26}$' })
  approvalId: string;
  @ApiProperty({ format: 'uri' })
  url: string;
}

export class TakeResultDto {
  @ApiProperty({ pattern: '^[A-Za-z0-9_-]{43}$' })
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  handle: string;
}

const CONSENT_ENDS: readonly ConsentEnd[] = ['customer_left', 'consent_expired', 'consent_revoked'];

export class ApprovedConsentDto {
  @ApiProperty({ pattern: '^cns_[0-9a-z]{26}$' })
  consentId: string;
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: string[];
  @ApiProperty({ enum: PURPOSES })
  purpose: string;
  @ApiProperty({ type: [String] })
  accountIds: string[];
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
  /** Why nothing rests on it any more, where it has ended since the yes. */
  @ApiProperty({ type: String, enum: CONSENT_ENDS, nullable: true })
  endedCode: ConsentEnd | null;
}

export class ApprovedTransferDto {
  @ApiProperty({ pattern: '^trf_[0-9a-z]{26}$' })
  transferId: string;
  @ApiProperty({ example: 'ACSC' })
  status: string;
}

export class ApprovalResultDto {
  @ApiProperty({ pattern: '^apr_[0-9a-z]{26}$' })
  approvalId: string;
  @ApiProperty({ maxLength: 200 })
  requestKey: string;
  @ApiProperty({ enum: ['approved', 'refused', 'expired', 'stopped'] })
  outcome: string;
  @ApiProperty({ type: String, nullable: true, example: 'user_cancelled' })
  reason: string | null;
  @ApiProperty({ type: String, nullable: true })
  subject: string | null;
  @ApiProperty({ type: String, nullable: true, pattern: '^[0-9]{4}$' })
  bankCode: string | null;
  @ApiProperty({ type: ApprovedConsentDto, nullable: true })
  consent: ApprovedConsentDto | null;
  @ApiProperty({ type: ApprovedTransferDto, nullable: true })
  transfer: ApprovedTransferDto | null;
}
