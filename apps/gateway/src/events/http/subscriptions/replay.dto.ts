import { ApiProperty } from '@nestjs/swagger';
import { SentInstant } from '#libs/platform';

export class ReplayRequest {
  @SentInstant({ description: 'From this instant on' })
  from: string;

  @SentInstant({ description: 'Up to, and without' })
  to: string;
}

export class ReplayDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Messages that are due again' })
  deliveries: number;
}
