import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { DeliveriesService } from '../../deliveries.service.js';
import { DeliveriesDto, DeliveriesQuery, LIMIT_DEFAULT, toDelivery } from './delivery.dto.js';
import { eventProblem } from '../event.problems.js';
import { OwnEvents, ownerOf } from '../own-events.js';

const PATH = '/v1/event-deliveries';

@Controller('v1/event-deliveries')
export class ListDeliveriesController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'event deliveries');
  }

  @Get()
  @OwnEvents({ id: 'listDeliveries', ja: '配信の記録（新しい順）', en: 'Deliveries, newest first' })
  @ApiOkResponse({ type: DeliveriesDto })
  async list(
    @CurrentAccess() access: Access,
    @Query() { state, subscriptionId, limit = LIMIT_DEFAULT, cursor }: DeliveriesQuery,
  ): Promise<DeliveriesDto> {
    const owner = ownerOf(access);
    const filter = { state, subscriptionId };
    const boundTo = [owner.clientId, state ?? '', subscriptionId ?? ''];
    const before = cursor === undefined ? undefined : this.cursors.open(boundTo, cursor);
    if (cursor !== undefined && before === undefined)
      throw eventProblem({ code: 'list_cursor_invalid' });
    const found = await this.deliveries.list(owner, { ...filter, before }, limit);
    const data = found.slice(0, limit);
    const last = found.length > limit ? data.at(-1) : undefined;
    const next = last && this.cursors.seal(boundTo, last.id);
    return {
      data: data.map(toDelivery),
      links: {
        self: `${PATH}${search({ ...filter, limit, cursor })}`,
        ...(next ? { next: `${PATH}${search({ ...filter, limit, cursor: next })}` } : {}),
      },
      meta: { count: data.length, hasMore: next !== undefined },
    };
  }
}

function search(members: Readonly<Record<string, string | number | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) params.set(name, String(value));
  return `?${params.toString()}`;
}
