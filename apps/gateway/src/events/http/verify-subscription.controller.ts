import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { SubscriptionsService } from '../subscriptions.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from './params.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/verifications')
export class VerifySubscriptionController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Post()
  @HttpCode(202)
  @OwnEvents({
    id: 'verifySubscription',
    ja: '署名付きの試験通知をもう一度送る',
    en: 'Send the signed test again',
  })
  @ApiAcceptedResponse()
  async verify(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
  ): Promise<void> {
    const sent = await this.subscriptions.verify(ownerOf(access), subscriptionIdOf(id));
    if (!sent.ok) throw eventProblem(sent.refusal);
  }
}
