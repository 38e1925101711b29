import { Body, Controller, HttpStatus, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { IdempotencyKey, REPLAYED } from '../../../platform/http/idempotency-key.js';
import { ActOnce } from '../../act-once.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { eventProblem } from '../event.problems.js';
import { OwnAct, ownerOf } from '../own-events.js';
import {
  choiceOf,
  MadeSubscriptionDto,
  SubscriptionRequest,
  toMadeSubscription,
} from './subscription.dto.js';

@Controller('v1/event-subscriptions')
export class CreateSubscriptionController {
  constructor(
    @Inject(ActOnce) private readonly acts: ActOnce,
    @Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService,
  ) {}

  @Post()
  @OwnAct({
    id: 'createSubscription',
    ja: '配信先の登録（署名付きの試験通知で確認）',
    en: 'Subscribe an endpoint; it is verified by a signed test',
  })
  @ApiCreatedResponse({ type: MadeSubscriptionDto })
  @ApiOkResponse({ type: MadeSubscriptionDto, description: 'The same subscription existed' })
  async create(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Body() body: SubscriptionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MadeSubscriptionDto> {
    const owner = ownerOf(access);
    const choice = choiceOf(body);
    const act = { clientId: owner.clientId, route: 'event-subscriptions', key };
    const made = await this.acts.run(act, choice, (tx) =>
      this.subscriptions.create(tx, owner, choice),
    );
    if (!made.ok) throw eventProblem(made.refusal);
    const { body: subscription, isReplay } = made.value;
    void reply.status(subscription.isNew ? HttpStatus.CREATED : HttpStatus.OK);
    void reply.header('location', `/v1/event-subscriptions/${subscription.id}`);
    if (isReplay) void reply.header(REPLAYED, 'true');
    return toMadeSubscription(subscription);
  }
}
