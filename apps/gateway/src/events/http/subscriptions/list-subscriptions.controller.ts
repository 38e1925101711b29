import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { SubscriptionsService } from '../../subscriptions.service.js';
import { OwnEvents, ownerOf } from '../own-events.js';
import { wholeList } from '../whole-list.js';
import { SubscriptionsDto, toSubscription } from './subscription.dto.js';

@Controller('v1/event-subscriptions')
export class ListSubscriptionsController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  @Get()
  @OwnEvents({ id: 'listSubscriptions', ja: '配信先の一覧', en: "This software's subscriptions" })
  @ApiOkResponse({ type: SubscriptionsDto })
  async list(@CurrentAccess() access: Access): Promise<SubscriptionsDto> {
    const all = await this.subscriptions.list(ownerOf(access));
    return wholeList('/v1/event-subscriptions', all.map(toSubscription));
  }
}
