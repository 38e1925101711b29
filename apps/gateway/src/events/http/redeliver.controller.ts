import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { DeliveriesService } from '../deliveries.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import { DELIVERY_ID, deliveryIdOf } from './params.js';

@ApiParam({ name: 'deliveryId', schema: DELIVERY_ID })
@Controller('v1/event-deliveries/:deliveryId/redeliveries')
export class RedeliverController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @Post()
  @HttpCode(202)
  @OwnEvents({
    id: 'redeliver',
    ja: '配信のやり直し（同じ webhook-id）',
    en: 'Deliver once more, with the same id',
  })
  @ApiAcceptedResponse()
  async redeliver(@CurrentAccess() access: Access, @Param('deliveryId') id: string): Promise<void> {
    const done = await this.deliveries.redeliver(ownerOf(access), deliveryIdOf(id));
    if (!done.ok) throw eventProblem(done.refusal);
  }
}
