import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { BLOCK_FAULTS, type BlockFault } from '../../accounts/index.js';

const COUNT = '^[0-9]{1,19}$';
const HEAD = '^[0-9]{1,19}:[0-9a-f]{64}$';

export class VerifyPostingsQuery {
  /** The number of the last block that is known to be right; the next ones are verified. */
  @ApiPropertyOptional({ pattern: COUNT, maxLength: 19, default: '0' })
  @IsOptional()
  @Matches(/^[0-9]{1,18}$/)
  after?: string;

  /** A `through` of an earlier answer, kept elsewhere; also compared where it lies at or before `after`. */
  @ApiPropertyOptional({
    pattern: HEAD,
    maxLength: 84,
    description: 'A `through` of an earlier answer: compared wherever it lies, also at `after`',
  })
  @IsOptional()
  @Matches(/^[0-9]{1,18}:[0-9a-f]{64}$/)
  witness?: string;
}

export class BlockFindingDto {
  @ApiProperty({ pattern: COUNT, maxLength: 19 }) number: string;
  @ApiProperty({ enum: BLOCK_FAULTS }) fault: BlockFault;
}

export class PostingVerdictDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 64 }) blocks: number;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 262_144 }) rows: number;
  @ApiProperty({ type: [BlockFindingDto], maxItems: 1_000 }) findings: BlockFindingDto[];
  @ApiProperty({
    pattern: HEAD,
    maxLength: 84,
    description:
      'Number and hash of the last block that was verified (of the witness, where `after` is gone): keep it',
  })
  through: string;
  @ApiProperty({ description: 'Nothing can be verified behind it' }) isLast: boolean;
}
