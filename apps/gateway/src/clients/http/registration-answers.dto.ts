import { ApiProperty } from '@nestjs/swagger';

const KID = '^[A-Za-z0-9._:-]{1,80}$';

export class KeyDto {
  @ApiProperty({ pattern: KID, maxLength: 80 })
  kid: string;

  @ApiProperty({ enum: ['sign', 'tls'] })
  purpose: 'sign' | 'tls';

  @ApiProperty({
    enum: ['good', 'expiring', 'over', 'compromised'],
    description: 'expiring: thirty days or less are left',
  })
  standing: 'good' | 'expiring' | 'over' | 'compromised';

  @ApiProperty({ maxLength: 43, description: 'RFC 7638' })
  thumbprint: string;

  @ApiProperty({ maxLength: 43, required: false, description: 'RFC 8705' })
  'x5t#S256'?: string;

  @ApiProperty({ format: 'date-time', maxLength: 35 })
  since: string;

  @ApiProperty({ format: 'date-time', maxLength: 35, required: false })
  good_until?: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  jwk: Readonly<Record<string, unknown>>;
}

export class KeyListDto {
  @ApiProperty({ type: [KeyDto] })
  keys: KeyDto[];
}

export class ChangeDto {
  @ApiProperty({ pattern: '^chg_[0-9a-hjkmnp-tv-z]{26}$', maxLength: 30 })
  change_id: string;

  @ApiProperty({ enum: ['pending', 'approved', 'rejected', 'expired'] })
  state: 'pending' | 'approved' | 'rejected' | 'expired';

  @ApiProperty({ maxLength: 71, description: 'What two officers of the bank agree to' })
  content_hash: string;

  @ApiProperty({ format: 'date-time', maxLength: 35 })
  asked_at: string;

  @ApiProperty({ format: 'date-time', maxLength: 35, required: false })
  decided_at?: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What would change' })
  changes: Readonly<Record<string, unknown>>;
}

export class ChangeListDto {
  @ApiProperty({ type: [ChangeDto] })
  changes: ChangeDto[];
}

export class CompromiseDto {
  @ApiProperty({ pattern: KID, maxLength: 80 })
  kid: string;

  @ApiProperty({ enum: ['compromised'] })
  standing: 'compromised';
}
