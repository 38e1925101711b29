import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { OwnEvents, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';
import { SubscriptionDto, toSubscription } from './subscription.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId')
export class GetSubscriptionController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Get()
  @OwnEvents({ id: 'getSubscription', ja: '配信先', en: 'One subscription with its keys' })
  @ApiOkResponse({ type: SubscriptionDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
  ): Promise<SubscriptionDto> {
    const found = await this.subscriptions.find(ownerOf(access), subscriptionIdOf(id));
    if (!found) throw platformProblem('not_found');
    return toSubscription(found);
  }
}
