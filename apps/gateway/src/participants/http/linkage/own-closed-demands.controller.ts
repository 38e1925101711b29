import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnLinkage } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageQuery, pageOf } from '../list-page.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { ClosedDemandsDto, toClosedDemand } from './closed-demand.dto.js';

const PATH = `${ME}/closed-demands`;

/** 終わった要請: how each demand and each request to stop a partner ended (RKN-S4b, RKN-S4c, RKN-C2). */
@Controller(PATH)
export class OwnClosedDemandsController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnLinkage) private readonly linkage: OwnLinkage,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'closed-demands');
  }

  @Get()
  @OwnAffair({
    id: 'listClosedDemands',
    ja: '終わった改善要請・停止の要請と、その終わり方',
    en: 'Demands and requests that are over and how each ended, the last to end first',
  })
  @ApiOkResponse({ type: ClosedDemandsDto })
  async list(
    @CurrentAccess() access: Access,
    @Query() query: PageQuery,
  ): Promise<ClosedDemandsDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.linkage.closedDemands(caller, part)),
        keyOf: ({ key }) => key,
      },
      query,
    );
    return { ...page, data: page.data.map(toClosedDemand) };
  }
}
