import { Body, Controller, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { eventProblem } from '../event.problems.js';
import { OwnEvents, ownerOf } from '../own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from '../params.js';
import {
  choiceOf,
  MadeSubscriptionDto,
  SubscriptionRequest,
  toMadeSubscription,
} from './subscription.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId')
export class ReplaceSubscriptionController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Put()
  @OwnEvents({
    id: 'replaceSubscription',
    ja: '配信先の変更と再開（もう一度確認）',
    en: 'Change or bring back a subscription; the endpoint is verified again',
    also: [409, 422],
  })
  @ApiOkResponse({ type: MadeSubscriptionDto })
  async replace(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
    @Body() body: SubscriptionRequest,
  ): Promise<MadeSubscriptionDto> {
    const owner = ownerOf(access);
    const made = await this.subscriptions.replace(owner, subscriptionIdOf(id), choiceOf(body));
    if (!made.ok) throw eventProblem(made.refusal);
    return toMadeSubscription(made.value);
  }
}
