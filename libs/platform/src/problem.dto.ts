import { ApiProperty } from '@nestjs/swagger';

export class ProblemFindingDto {
  @ApiProperty({ maxLength: 500 })
  pointer: string;

  @ApiProperty({ maxLength: 80 })
  code: string;

  @ApiProperty({ maxLength: 500 })
  detail: string;
}

/** RFC 9457 with a stable code; both languages inside. */
export class ProblemDto {
  @ApiProperty({ format: 'uri', maxLength: 200 })
  type: string;

  @ApiProperty({ maxLength: 100 })
  title: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status: number;

  @ApiProperty({ maxLength: 500 })
  detail: string;

  @ApiProperty({ maxLength: 500 })
  detail_ja: string;

  @ApiProperty({ maxLength: 500 })
  detail_en: string;

  @ApiProperty({ format: 'uri', maxLength: 80, description: 'urn:uuid of the interaction' })
  instance: string;

  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 80, example: 'permission_not_granted' })
  code: string;

  @ApiProperty({ maxLength: 20, required: false, example: 'RKN-S1' })
  clause?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    maxProperties: 20,
    description: 'What the code rests on, such as the limit that was exceeded; nothing of a person',
  })
  facts?: Readonly<Record<string, unknown>>;

  @ApiProperty({ description: 'Whether the same call may succeed later' })
  retryable: boolean;

  @ApiProperty({ type: [ProblemFindingDto], required: false, maxItems: 50 })
  errors?: ProblemFindingDto[];
}
