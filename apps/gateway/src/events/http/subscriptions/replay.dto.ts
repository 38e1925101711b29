import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, Matches, MaxLength } from 'class-validator';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export class ReplayRequest {
  @ApiProperty({ format: 'date-time', maxLength: 40, description: 'From this instant on' })
  @MaxLength(40)
  @IsISO8601({ strict: true })
  @Matches(WITH_OFFSET)
  from: string;

  @ApiProperty({ format: 'date-time', maxLength: 40, description: 'Up to, and without' })
  @MaxLength(40)
  @IsISO8601({ strict: true })
  @Matches(WITH_OFFSET)
  to: string;
}

export class ReplayDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Messages that are due again' })
  deliveries: number;
}
