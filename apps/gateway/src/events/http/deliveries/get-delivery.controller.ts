import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { DeliveriesService } from '../../deliveries.service.js';
import { DeliveryDetailDto, toAttempt, toDelivery } from './delivery.dto.js';
import { OwnEvents, ownerOf } from '../own-events.js';
import { DELIVERY_ID, deliveryIdOf } from '../params.js';

@ApiParam({ name: 'deliveryId', schema: DELIVERY_ID })
@Controller('v1/event-deliveries/:deliveryId')
export class GetDeliveryController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @Get()
  @OwnEvents({ id: 'getDelivery', ja: '配信と試行の記録', en: 'One delivery with its attempts' })
  @ApiOkResponse({ type: DeliveryDetailDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('deliveryId') id: string,
  ): Promise<DeliveryDetailDto> {
    const found = await this.deliveries.find(ownerOf(access), deliveryIdOf(id));
    if (!found) throw platformProblem('not_found');
    return { ...toDelivery(found), attemptLog: found.attemptLog.map(toAttempt) };
  }
}
