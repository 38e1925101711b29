import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { PageLimit } from '#libs/platform';

const HASH = '^[0-9a-f]{64}$';
const COUNT = '^[0-9]{1,19}$';

export class PlaceDto {
  @ApiProperty({ pattern: COUNT, maxLength: 19 }) xid: string;
  @ApiProperty({ pattern: COUNT, maxLength: 19 }) id: string;
}

/** A digest of rows of one chain: the federation's (scope 0), or an institution's. */
export class DigestDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 32_767 }) scope: number;
  @ApiProperty({ pattern: COUNT, maxLength: 19 }) number: string;
  @ApiProperty({ type: PlaceDto, description: 'Exclusive' }) from: PlaceDto;
  @ApiProperty({ type: PlaceDto, description: 'Inclusive' }) to: PlaceDto;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4_096 }) rowCount: number;
  @ApiProperty({ pattern: HASH, maxLength: 64 }) root: string;
  @ApiProperty({ pattern: HASH, maxLength: 64 }) previousHash: string;
  @ApiProperty({ format: 'date-time' }) madeAt: string;
  @ApiProperty({ pattern: HASH, maxLength: 64 }) hash: string;
  @ApiProperty({ pattern: '^[0-9a-f]{16}$', maxLength: 16 }) keyId: string;
  @ApiProperty({ pattern: '^[A-Za-z0-9_-]{86}$', maxLength: 86 }) signature: string;
}

export class HeadsDto {
  @ApiProperty({ type: [DigestDto], maxItems: 1_000 }) heads: DigestDto[];
}

export class DigestPageDto {
  @ApiProperty({ type: DigestDto }) digest: DigestDto;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: 200_000 },
    maxItems: 4_096,
    description: 'The rows as they are now, each as the text that was digested',
  })
  lines: string[];
}

export class DigestsDto {
  @ApiProperty({ type: [DigestDto], maxItems: 1_000 }) digests: DigestDto[];
}

export class AfterQuery {
  /** The number of the last digest that is known; the next ones are answered. */
  @ApiPropertyOptional({ pattern: COUNT, maxLength: 19, default: '0' })
  @IsOptional()
  @Matches(/^[0-9]{1,18}$/)
  after?: string;

  @PageLimit(1_000, 100) limit?: number;
}
