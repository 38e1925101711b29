import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiParam } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { SubscriptionsService } from '../subscriptions.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import { SUBSCRIPTION_ID, subscriptionIdOf } from './params.js';
import { MadeSubscriptionDto, toMadeSubscription } from './subscription.dto.js';

@ApiParam({ name: 'subscriptionId', schema: SUBSCRIPTION_ID })
@Controller('v1/event-subscriptions/:subscriptionId/keys')
export class RotateKeyController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Post()
  @OwnEvents({
    id: 'rotateSubscriptionKey',
    ja: '署名鍵の更新（24時間は新旧両方で署名）',
    en: 'A new key; both sign for 24 hours',
  })
  @ApiCreatedResponse({ type: MadeSubscriptionDto })
  async rotate(
    @CurrentAccess() access: Access,
    @Param('subscriptionId') id: string,
  ): Promise<MadeSubscriptionDto> {
    const made = await this.subscriptions.rotateKey(ownerOf(access), subscriptionIdOf(id));
    if (!made.ok) throw eventProblem(made.refusal);
    return toMadeSubscription(made.value);
  }
}
