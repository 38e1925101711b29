import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accepted } from '#libs/kernel';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { IdempotencyKey, REPLAYED } from '../../../platform/http/idempotency-key.js';
import { ActOnce } from '../../act-once.js';
import { DeliveriesService } from '../../deliveries.service.js';
import { eventProblem } from '../event.problems.js';
import { OwnAct, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';
import { ReplayDto, ReplayRequest } from './replay.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/replays')
export class ReplaySubscriptionController {
  constructor(
    @Inject(ActOnce) private readonly acts: ActOnce,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
  ) {}

  @Post()
  @HttpCode(202)
  @OwnAct({
    id: 'replaySubscription',
    ja: '期間を指定した再送（同じ webhook-id）',
    en: 'Deliver a whole period again, with the same ids',
  })
  @ApiAcceptedResponse({ type: ReplayDto })
  async replay(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('subscriptionId') text: string,
    @Body() { from, to }: ReplayRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayDto> {
    const owner = ownerOf(access);
    const id = subscriptionIdOf(text);
    const act = { clientId: owner.clientId, route: `event-subscriptions/${id}/replays`, key };
    const replayed = await this.acts.run(act, { from, to }, async (tx) => {
      const begin = Date.parse(from);
      const count = await this.deliveries.replay(tx, owner, id, begin, Date.parse(to));
      return count.ok ? accepted({ deliveries: count.value }) : count;
    });
    if (!replayed.ok) throw eventProblem(replayed.refusal);
    if (replayed.value.isReplay) void reply.header(REPLAYED, 'true');
    return replayed.value.body;
  }
}
