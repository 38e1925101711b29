import { Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { IdempotencyKey, REPLAYED } from '../../../platform/http/idempotency-key.js';
import { ActOnce } from '../../act-once.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { eventProblem } from '../event.problems.js';
import { OwnAct, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';
import { SubscriptionStateDto } from './subscription.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/verifications')
export class VerifySubscriptionController {
  constructor(
    @Inject(ActOnce) private readonly acts: ActOnce,
    @Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService,
  ) {}

  @Post()
  @HttpCode(202)
  @OwnAct({
    id: 'verifySubscription',
    ja: '署名付きの試験通知をもう一度送る',
    en: 'Send the signed test again',
  })
  @ApiAcceptedResponse({ type: SubscriptionStateDto })
  async verify(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('subscriptionId') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubscriptionStateDto> {
    const owner = ownerOf(access);
    const id = subscriptionIdOf(text);
    const act = { clientId: owner.clientId, route: `event-subscriptions/${id}/verifications`, key };
    const sent = await this.acts.run(act, {}, (tx) => this.subscriptions.verify(tx, owner, id));
    if (!sent.ok) throw eventProblem(sent.refusal);
    if (sent.value.isReplay) void reply.header(REPLAYED, 'true');
    return { subscriptionId: id, state: sent.value.body.state };
  }
}
