import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { DeliveriesService } from '../deliveries.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from './params.js';
import { ReplayDto, ReplayRequest } from './replay.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/replays')
export class ReplaySubscriptionController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @Post()
  @HttpCode(202)
  @OwnEvents({
    id: 'replaySubscription',
    ja: '期間を指定した再送（同じ webhook-id）',
    en: 'Deliver a whole period again, with the same ids',
  })
  @ApiAcceptedResponse({ type: ReplayDto })
  async replay(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
    @Body() { from, to }: ReplayRequest,
  ): Promise<ReplayDto> {
    const replayed = await this.deliveries.replay(
      ownerOf(access),
      subscriptionIdOf(id),
      Date.parse(from),
      Date.parse(to),
    );
    if (!replayed.ok) throw eventProblem(replayed.refusal);
    return { deliveries: replayed.value };
  }
}
