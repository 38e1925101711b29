import { Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { IdempotencyKey, REPLAYED } from '../../../platform/http/idempotency-key.js';
import { ActOnce } from '../../act-once.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { eventProblem } from '../event.problems.js';
import { OwnAct, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';
import { MadeSubscriptionDto, toMadeSubscription } from './subscription.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/keys')
export class RotateKeyController {
  constructor(
    @Inject(ActOnce) private readonly acts: ActOnce,
    @Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService,
  ) {}

  @Post()
  @OwnAct({
    id: 'rotateSubscriptionKey',
    ja: '署名鍵の更新（24時間は新旧両方で署名）',
    en: 'A new key; both sign for 24 hours',
  })
  @ApiCreatedResponse({ type: MadeSubscriptionDto })
  async rotate(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('subscriptionId') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MadeSubscriptionDto> {
    const owner = ownerOf(access);
    const id = subscriptionIdOf(text);
    const act = { clientId: owner.clientId, route: `event-subscriptions/${id}/keys`, key };
    const made = await this.acts.run(act, {}, (tx) => this.subscriptions.rotateKey(tx, owner, id));
    if (!made.ok) throw eventProblem(made.refusal);
    if (made.value.isReplay) void reply.header(REPLAYED, 'true');
    return toMadeSubscription(made.value.body);
  }
}
