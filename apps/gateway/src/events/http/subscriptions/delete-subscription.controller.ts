import { Controller, Delete, HttpCode, Inject, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiParam } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { OwnEvents, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId')
export class DeleteSubscriptionController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Delete()
  @HttpCode(204)
  @OwnEvents({ id: 'deleteSubscription', ja: '配信先の削除', en: 'End a subscription' })
  @ApiNoContentResponse()
  async remove(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
  ): Promise<void> {
    const removed = await this.subscriptions.remove(ownerOf(access), subscriptionIdOf(id));
    if (!removed) throw platformProblem('not_found');
  }
}
