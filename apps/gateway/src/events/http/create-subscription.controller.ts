import { Body, Controller, HttpStatus, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { SubscriptionsService } from '../subscriptions.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import {
  choiceOf,
  MadeSubscriptionDto,
  SubscriptionRequest,
  toMadeSubscription,
} from './subscription.dto.js';

@Controller('v1/event-subscriptions')
export class CreateSubscriptionController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Post()
  @OwnEvents({
    id: 'createSubscription',
    ja: '配信先の登録（署名付きの試験通知で確認）',
    en: 'Subscribe an endpoint; it is verified by a signed test',
  })
  @ApiCreatedResponse({ type: MadeSubscriptionDto })
  @ApiOkResponse({ type: MadeSubscriptionDto, description: 'The same subscription existed' })
  async create(
    @CurrentAccess() access: Access,
    @Body() body: SubscriptionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MadeSubscriptionDto> {
    const made = await this.subscriptions.create(ownerOf(access), choiceOf(body));
    if (!made.ok) throw eventProblem(made.refusal);
    const { isNew, id } = made.value;
    void reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    void reply.header('location', `/v1/event-subscriptions/${id}`);
    return toMadeSubscription(made.value);
  }
}
