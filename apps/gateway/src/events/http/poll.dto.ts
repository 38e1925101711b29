import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { IntermediaryEvent } from '../domain/event.js';
import { payloadOf, type EventPayload } from '../domain/payload.js';

const EVENT_ID = /^evt_[0-9a-hjkmnp-tv-z]{26}$/;

export class EventErrorDto {
  @ApiProperty({ pattern: '^evt_[0-9a-z]{26}$', maxLength: 30 })
  @Matches(EVENT_ID)
  eventId: string;

  @ApiProperty({
    pattern: '^[a-z][a-z0-9_]{0,63}$',
    maxLength: 64,
    description: 'A stable word of your own; never text about a person',
  })
  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  code: string;
}

export class PollRequest {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 500,
    default: 100,
    required: false,
    description: '0 acknowledges only',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(500)
  maxEvents?: number;

  @ApiProperty({
    default: true,
    required: false,
    description: 'false waits up to 10 seconds where there is nothing',
  })
  @IsOptional()
  @IsBoolean()
  returnImmediately?: boolean;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', pattern: '^evt_[0-9a-z]{26}$', maxLength: 30 },
    maxItems: 500,
    required: false,
    description: 'Events that were processed; they do not come again',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(EVENT_ID, { each: true })
  acknowledged?: string[];

  @ApiProperty({
    type: [EventErrorDto],
    maxItems: 100,
    required: false,
    description: 'Events that cannot be processed; they do not come again either',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => EventErrorDto)
  errors?: EventErrorDto[];
}

export class EventDto {
  @ApiProperty({ pattern: '^evt_[0-9a-z]{26}$', maxLength: 30 })
  id: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Gapless per intermediary' })
  sequence: number;

  @ApiProperty({ maxLength: 60, example: 'consent.revoked' })
  type: string;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  timestamp: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Ids, codes and dates, as in the webhook; ask the API for more',
  })
  data: EventPayload['data'];
}

export class PolledEventsDto {
  @ApiProperty({ type: [EventDto], maxItems: 500 })
  events: EventDto[];

  @ApiProperty({ description: 'Whether more waits behind these' })
  moreAvailable: boolean;
}

export const toEvent = (event: IntermediaryEvent): EventDto => ({
  id: event.id,
  sequence: Number(event.sequence),
  ...payloadOf(event),
});
