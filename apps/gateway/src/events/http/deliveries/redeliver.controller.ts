import { Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accepted } from '#libs/kernel';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { IdempotencyKey, REPLAYED } from '../../../platform/http/idempotency-key.js';
import { ActOnce } from '../../act-once.js';
import { DeliveriesService } from '../../deliveries.service.js';
import { DeliveryDto, toDelivery } from './delivery.dto.js';
import { eventProblem } from '../event.problems.js';
import { OwnAct, ownerOf } from '../own-events.js';
import { DELIVERY_ID, deliveryIdOf } from '../params.js';

@ApiParam({ name: 'deliveryId', schema: DELIVERY_ID })
@Controller('v1/event-deliveries/:deliveryId/redeliveries')
export class RedeliverController {
  constructor(
    @Inject(ActOnce) private readonly acts: ActOnce,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
  ) {}

  @Post()
  @HttpCode(202)
  @OwnAct({
    id: 'redeliverEvent',
    ja: '配信のやり直し（同じ webhook-id）',
    en: 'Deliver once more, with the same id',
  })
  @ApiAcceptedResponse({ type: DeliveryDto })
  async redeliver(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('deliveryId') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryDto> {
    const owner = ownerOf(access);
    const id = deliveryIdOf(text);
    const act = { clientId: owner.clientId, route: `event-deliveries/${id}/redeliveries`, key };
    const done = await this.acts.run(act, {}, async (tx) => {
      const again = await this.deliveries.redeliver(tx, owner, id);
      return again.ok ? accepted(toDelivery(again.value)) : again;
    });
    if (!done.ok) throw eventProblem(done.refusal);
    if (done.value.isReplay) void reply.header(REPLAYED, 'true');
    return done.value.body;
  }
}
