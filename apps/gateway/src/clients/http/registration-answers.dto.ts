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

/** RFC 7591 section 3.2.1: what was registered, with every member that our policy forces. */
export class RegistrationDto {
  @ApiProperty({ maxLength: 64 })
  client_id: string;

  @ApiProperty({ type: 'integer', description: 'Seconds since 1970' })
  client_id_issued_at: number;

  @ApiProperty({ required: false, maxLength: 200, description: 'Told once; only its hash is kept' })
  registration_access_token?: string;

  @ApiProperty({ format: 'uri', maxLength: 500 })
  registration_client_uri: string;

  @ApiProperty({ required: false, format: 'uri', maxLength: 500 })
  recovery_uri?: string;

  @ApiProperty({ required: false, maxLength: 80 })
  software_id?: string;

  @ApiProperty({ pattern: '^epsp_[0-9a-hjkmnp-tv-z]{26}$', maxLength: 31 })
  epsp_id: string;

  @ApiProperty({ type: [String] })
  redirect_uris: string[];

  @ApiProperty({ type: 'object', additionalProperties: true })
  jwks: Readonly<Record<string, unknown>>;

  @ApiProperty({ enum: [true] })
  require_pushed_authorization_requests: true;

  @ApiProperty()
  dpop_bound_access_tokens: boolean;

  @ApiProperty()
  tls_client_certificate_bound_access_tokens: boolean;

  @ApiProperty({ type: ChangeDto, required: false })
  pending_change?: ChangeDto;
}
