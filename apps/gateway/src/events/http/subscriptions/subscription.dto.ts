import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { instantToWire } from '#libs/kernel';
import { LinksDto, MetaDto } from '../../../platform/http/shapes.dto.js';
import { EVENT_TYPE_PATTERNS } from '../../domain/event-type.js';
import {
  DISABLED_REASONS,
  tidyTypes,
  URL_CHARS_MAX,
  type SubscriptionChoice,
} from '../../domain/subscription.js';
import type { MadeSubscription, SubscriptionView } from '../../subscriptions.service.js';

const SCHEMES = ['v1a', 'v1'] as const;

export class SubscriptionRequest {
  @ApiProperty({
    format: 'uri',
    maxLength: URL_CHARS_MAX,
    example: 'https://hooks.minato.example/renkei',
    description:
      'https, public addresses only; redirects are not followed (T-13). Kept in its normal form (WHATWG URL)',
  })
  @IsString()
  @MaxLength(URL_CHARS_MAX)
  url: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...EVENT_TYPE_PATTERNS], maxLength: 60 },
    minItems: 1,
    maxItems: 60,
    example: ['consent.*', 'transfer.*'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  @IsIn(EVENT_TYPE_PATTERNS, { each: true })
  eventTypes: string[];

  @ApiProperty({
    enum: SCHEMES,
    default: 'v1a',
    required: false,
    description: 'v1a: ed25519, verified with the public key. v1: HMAC-SHA256 with a shared secret',
  })
  @IsIn(SCHEMES)
  signatureScheme: (typeof SCHEMES)[number] = 'v1a';
}

export const choiceOf = (body: SubscriptionRequest): SubscriptionChoice => ({
  url: body.url,
  eventTypes: tidyTypes(body.eventTypes),
  scheme: body.signatureScheme,
});

export class EndpointKeyDto {
  @ApiProperty({ maxLength: 32 })
  keyId: string;

  @ApiProperty({ enum: SCHEMES })
  signatureScheme: (typeof SCHEMES)[number];

  @ApiProperty({ type: 'string', nullable: true, maxLength: 60, example: 'whpk_…' })
  publicKey: string | null;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  since: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'Signs beside its successor until then',
  })
  until: string | null;
}

export class SubscriptionDto {
  @ApiProperty({ pattern: '^sub_[0-9a-z]{26}$', maxLength: 30 })
  subscriptionId: string;

  @ApiProperty({ format: 'uri', maxLength: URL_CHARS_MAX, pattern: '^https://' })
  url: string;

  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 60 })
  eventTypes: string[];

  @ApiProperty({ enum: SCHEMES })
  signatureScheme: (typeof SCHEMES)[number];

  @ApiProperty({
    enum: ['pending', 'active', 'disabled'],
    description: 'pending until the endpoint has answered the signed test with 2xx',
  })
  state: SubscriptionView['state'];

  @ApiProperty({
    enum: DISABLED_REASONS,
    nullable: true,
    description: 'signing_key_lost: put the subscription again, the answer holds a new key',
  })
  disabledReason: SubscriptionView['disabledReason'];

  @ApiProperty({ type: [EndpointKeyDto], maxItems: 50 })
  keys: EndpointKeyDto[];

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  createdAt: string;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  changedAt: string;
}

export class MadeSubscriptionDto extends SubscriptionDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 80,
    description: 'whsec_… of a new v1 key, shown this once; whoever lost it makes a new key',
  })
  secret: string | null;
}

export class SubscriptionStateDto {
  @ApiProperty({ pattern: '^sub_[0-9a-z]{26}$', maxLength: 30 })
  subscriptionId: string;

  @ApiProperty({ enum: ['pending', 'active'] })
  state: SubscriptionView['state'];
}

export class SubscriptionsDto {
  @ApiProperty({ type: [SubscriptionDto], maxItems: 20 })
  data: SubscriptionDto[];

  @ApiProperty({ type: LinksDto })
  links: LinksDto;

  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

export const toSubscription = (view: SubscriptionView): SubscriptionDto => ({
  subscriptionId: view.id,
  url: view.url,
  eventTypes: [...view.eventTypes],
  signatureScheme: view.scheme,
  state: view.state,
  disabledReason: view.disabledReason,
  keys: view.keys.map((key) => ({
    keyId: key.id,
    signatureScheme: key.scheme,
    publicKey: key.publicKey,
    since: instantToWire(key.since),
    until: key.until === null ? null : instantToWire(key.until),
  })),
  createdAt: instantToWire(view.createdAt),
  changedAt: instantToWire(view.changedAt),
});

export const toMadeSubscription = (made: MadeSubscription): MadeSubscriptionDto => ({
  ...toSubscription(made),
  secret: made.secret,
});
