import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { instantToWire } from '#libs/kernel';
import { LinksDto, MetaDto } from '../../../platform/http/shapes.dto.js';
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryAttempt,
  type DeliveryState,
} from '../../domain/delivery.js';

export const LIMIT_DEFAULT = 100;

export class DeliveriesQuery {
  @ApiProperty({ enum: DELIVERY_STATES, required: false })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiProperty({ pattern: '^sub_[0-9a-z]{26}$', maxLength: 30, required: false })
  @IsOptional()
  @Matches(/^sub_[0-9a-hjkmnp-tv-z]{26}$/)
  subscriptionId?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500, default: 100, required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiProperty({ maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$', required: false })
  @IsOptional()
  @MaxLength(200)
  @Matches(/^[A-Za-z0-9_.-]+$/)
  cursor?: string;
}

export class DeliveryDto {
  @ApiProperty({ pattern: '^dlv_[0-9a-z]{26}$', maxLength: 30 })
  deliveryId: string;

  @ApiProperty({ pattern: '^sub_[0-9a-z]{26}$', maxLength: 30 })
  subscriptionId: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: '^evt_[0-9a-z]{26}$',
    maxLength: 30,
    description: 'Sent as webhook-id; null for the test that verifies the endpoint',
  })
  eventId: string | null;

  @ApiProperty({ maxLength: 60, example: 'consent.revoked' })
  type: string;

  @ApiProperty({ enum: DELIVERY_STATES })
  state: DeliveryState;

  @ApiProperty({ type: 'integer', minimum: 0 })
  attempts: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  nextAttemptAt: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'HTTP status of the last answer' })
  lastStatus: number | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 60,
    example: 'outbound_timed_out',
    description:
      'delivered, refused, or why there was no answer; signing_key_lost: not sent yet, no attempt was used',
  })
  lastOutcome: string | null;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  createdAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  finishedAt: string | null;
}

export class DeliveryAttemptDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  number: number;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  at: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  milliseconds: number;

  @ApiProperty({ maxLength: 60 })
  outcome: string;

  @ApiProperty({ type: 'integer', nullable: true })
  status: number | null;

  @ApiProperty({ format: 'uuid', maxLength: 36, description: 'As sent in x-fapi-interaction-id' })
  interactionId: string;
}

export class DeliveryDetailDto extends DeliveryDto {
  @ApiProperty({ type: [DeliveryAttemptDto], maxItems: 1000 })
  attemptLog: DeliveryAttemptDto[];
}

export class DeliveriesDto {
  @ApiProperty({ type: [DeliveryDto], maxItems: 500 })
  data: DeliveryDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

export const toDelivery = (one: Delivery): DeliveryDto => ({
  deliveryId: one.id,
  subscriptionId: one.subscriptionId,
  eventId: one.eventId,
  type: one.type,
  state: one.state,
  attempts: one.attempts,
  nextAttemptAt: one.state === 'waiting' ? instantToWire(one.nextAttemptAt) : null,
  lastStatus: one.lastStatus,
  lastOutcome: one.lastOutcome,
  createdAt: instantToWire(one.createdAt),
  finishedAt: one.finishedAt === null ? null : instantToWire(one.finishedAt),
});

export const toAttempt = (one: DeliveryAttempt): DeliveryAttemptDto => ({
  ...one,
  at: instantToWire(one.at),
});
