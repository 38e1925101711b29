import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { AUTH_METHODS } from '../domain/judge-metadata.js';

const KID = /^[A-Za-z0-9._:-]{1,80}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
const STATEMENT_CHARS_MAX = 32_768;

/** What stands in for what, and until when both are good. */
class RotationRequest {
  @ApiProperty({ required: false, pattern: KID.source, maxLength: 80 })
  @IsOptional()
  @Matches(KID)
  replaces?: string;

  @ApiProperty({
    required: false,
    format: 'date-time',
    maxLength: 35,
    description: 'End of the replaced one; until then both are good',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT)
  replaced_until?: string;

  @ApiProperty({
    required: false,
    maxLength: STATEMENT_CHARS_MAX,
    description: 'Only where no registered key is left to prove the wish',
  })
  @IsOptional()
  @IsString()
  @MaxLength(STATEMENT_CHARS_MAX)
  software_statement?: string;
}

export class AddKeyRequest extends RotationRequest {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Public JWK with kid' })
  @IsObject()
  jwk: Record<string, unknown>;

  @ApiProperty({ required: false, format: 'date-time', maxLength: 35 })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT)
  good_until?: string;
}

export class AddCertificateRequest extends RotationRequest {
  @ApiProperty({ maxLength: 16_384, description: 'PEM' })
  @IsString()
  @MinLength(1)
  @MaxLength(16_384)
  certificate: string;

  @ApiProperty({ required: false, pattern: KID.source, maxLength: 80 })
  @IsOptional()
  @Matches(KID)
  kid?: string;
}

export class CompromiseRequest {
  @ApiProperty({ minLength: 1, maxLength: 500, description: 'What is known, in free words' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason: string;
}

export class RecoveryRequest {
  @ApiProperty({ pattern: KID.source, maxLength: 80 })
  @Matches(KID)
  software_id: string;
}

export class RegistrationFindingDto {
  @ApiProperty({ maxLength: 200, example: 'redirect_uris[1]' })
  field: string;

  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 80, example: 'redirect_uri_not_https' })
  rule: string;

  @ApiProperty({ maxLength: 200 })
  got: string;

  @ApiProperty({ maxLength: 12_000 })
  wanted: string;

  @ApiProperty({ maxLength: 500 })
  detail: string;

  @ApiProperty({ format: 'uri', maxLength: 200 })
  page: string;
}

/** RFC 7591 section 3.2.2, with every failed check. */
export class RegistrationErrorDto {
  @ApiProperty({ maxLength: 80, example: 'invalid_client_metadata' })
  error: string;

  @ApiProperty({ maxLength: 500 })
  error_description: string;

  @ApiProperty({ format: 'uri', maxLength: 200 })
  error_uri: string;

  @ApiProperty({ maxLength: 500 })
  detail: string;

  @ApiProperty({ type: [RegistrationFindingDto], required: false })
  errors?: RegistrationFindingDto[];
}

/** The members that a request may name (RFC 7591, RFC 8705, RFC 9101, RFC 9396); what is left out is policy. */
export class SoftwareRequest {
  @ApiProperty({ maxLength: STATEMENT_CHARS_MAX, required: false, description: 'At registration' })
  software_statement?: string;

  @ApiProperty({ required: false, maxLength: 64, description: 'At an update' })
  client_id?: string;

  @ApiProperty({ type: [String], required: false, maxItems: 10 })
  redirect_uris?: string[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  jwks?: Record<string, unknown>;

  @ApiProperty({ required: false, maxLength: 120 })
  client_name?: string;

  @ApiProperty({ type: [String], required: false, maxItems: 5 })
  contacts?: string[];

  @ApiProperty({ required: false, maxLength: 300 })
  scope?: string;

  @ApiProperty({ type: [String], required: false })
  grant_types?: string[];

  @ApiProperty({ required: false, enum: AUTH_METHODS })
  token_endpoint_auth_method?: (typeof AUTH_METHODS)[number];

  @ApiProperty({ required: false })
  tls_client_certificate_bound_access_tokens?: boolean;

  @ApiProperty({ required: false })
  require_signed_request_object?: boolean;

  @ApiProperty({ type: [String], required: false, example: ['jwt'] })
  response_modes?: string[];

  @ApiProperty({ type: [String], required: false })
  authorization_details_types?: string[];
}
