import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageLimit } from '#libs/platform';
import { STAFF_ROLES, type StaffRole } from '../domain/staff-member.js';

const MAIL = '^[^\\s@]{1,64}@[^\\s@]{1,190}$';

export class OpenSessionDto {
  @ApiProperty({ maxLength: 255, pattern: MAIL })
  @Matches(new RegExp(MAIL))
  @Length(3, 255)
  mailAddress: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  password: string;

  @ApiProperty({ pattern: '^[0-9]{6}$' })
  @Matches(/^[0-9]{6}$/)
  oneTimeCode: string;
}

export class GrantDto {
  @ApiProperty({ enum: STAFF_ROLES })
  role: StaffRole;
  @ApiProperty({ type: String, nullable: true, pattern: '^[0-9]{4}$' })
  bankCode: string | null;
}

export class OfficerDto {
  @ApiProperty()
  mailAddress: string;
  @ApiProperty()
  nameJa: string;
  @ApiProperty()
  nameEn: string;
  @ApiProperty({ type: [GrantDto] })
  grants: GrantDto[];
}

export class ChangeRoleDto {
  @ApiProperty({ maxLength: 255, pattern: MAIL })
  @Matches(new RegExp(MAIL))
  @Length(3, 255)
  mailAddress: string;

  @ApiProperty({ enum: ['grant', 'end'] })
  @IsIn(['grant', 'end'])
  act: 'grant' | 'end';

  @ApiProperty({ enum: STAFF_ROLES })
  @IsIn(STAFF_ROLES)
  role: StaffRole;

  /** Left out: at the federation, and with it at every institution. */
  @ApiPropertyOptional({ pattern: '^[0-9]{4}$' })
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bankCode?: string;
}

export class DecideDto {
  @ApiProperty({ enum: ['approve', 'end'] })
  @IsIn(['approve', 'end'])
  decision: 'approve' | 'end';

  /** Of an approval: the hash of exactly what was seen. */
  @ApiPropertyOptional({ pattern: '^sha256:[0-9a-f]{64}$' })
  @IsOptional()
  @Matches(/^sha256:[0-9a-f]{64}$/)
  contentHash?: string;

  /** Of an end: why it is turned down or withdrawn. */
  @ApiPropertyOptional({ minLength: 1, maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

const STATES = ['open', 'approved', 'rejected', 'withdrawn'] as const;

export class ListProposalsQuery {
  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];

  /** The id of the last one of the page before. */
  @ApiPropertyOptional({ pattern: '^prp_[0-9a-hjkmnp-tv-z]{26}$' })
  @IsOptional()
  @Matches(/^prp_[0-9a-hjkmnp-tv-z]{26}$/)
  before?: string;

  @PageLimit(100, 50) limit?: number;
}

export class EffectDto {
  @ApiProperty({ type: String, nullable: true, pattern: '^[0-9]{4}$' })
  bankCode: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true })
  outcome: object;
}

export class ProposalDto {
  @ApiProperty({ pattern: '^prp_[0-9a-hjkmnp-tv-z]{26}$' })
  id: string;
  @ApiProperty()
  kind: string;
  @ApiProperty({ enum: STATES })
  state: (typeof STATES)[number];
  @ApiProperty({ type: 'object', additionalProperties: true })
  content: object;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$' })
  contentHash: string;
  @ApiProperty({ type: [String], description: 'empty: at the federation as one party' })
  bankCodes: string[];
  @ApiProperty()
  proposedBy: string;
  @ApiProperty({ format: 'date-time' })
  proposedAt: string;
  @ApiPropertyOptional()
  decidedBy?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  decidedAt?: string;
  @ApiPropertyOptional()
  reason?: string;
  @ApiProperty({ type: [EffectDto] })
  effects: EffectDto[];
}
