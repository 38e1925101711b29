import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnIncidents } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageQuery, pageOf } from '../list-page.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import {
  FurtherReportDto,
  IncidentDto,
  IncidentReportDto,
  IncidentsDto,
  toIncident,
  toIncidentSummary,
} from './incident.dto.js';

const PATH = `${ME}/incidents`;

/** 事故の報告: told once for every institution concerned; what is learnt later is added (RKN-S1, RKN-S2, RKN-C1). */
@Controller(PATH)
export class OwnIncidentsController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnIncidents) private readonly incidents: OwnIncidents,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'incidents');
  }

  @Get()
  @OwnAffair({
    id: 'listIncidents',
    ja: '自社の事故の報告（新しい順）',
    en: 'Incidents that you reported, the newest first, and where each institution stands',
  })
  @ApiOkResponse({ type: IncidentsDto })
  async list(@CurrentAccess() access: Access, @Query() query: PageQuery): Promise<IncidentsDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.incidents.list(caller, part)),
        keyOf: ({ incidentId }) => incidentId,
      },
      query,
    );
    return { ...page, data: page.data.map(toIncidentSummary) };
  }

  @Post()
  @OwnAct({
    id: 'reportIncident',
    ja: '事故の報告（侵害・漏えい・障害・連鎖接続先の違反）',
    en: 'Report a breach of security, a leak, a failure or a breach by a partner (RKN-S1, S2, C1d)',
  })
  @ApiCreatedResponse({ type: IncidentDto })
  async report(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Body() body: IncidentReportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentDto> {
    const caller = ownCaller(access);
    const { incidentId } = doneOnce(await this.incidents.report(caller, key, body), reply);
    void reply.header('location', `/${PATH}/${incidentId}`);
    return toIncident(orRefuse(await this.incidents.one(caller, incidentId)));
  }

  @Get(':incidentId')
  @ApiParam({ name: 'incidentId', schema: idSchema('inc') })
  @OwnAffair({
    id: 'getIncident',
    ja: '事故の報告',
    en: 'One incident: everything that you told, and who has read and closed it',
  })
  @ApiOkResponse({ type: IncidentDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('incidentId') incidentId: string,
  ): Promise<IncidentDto> {
    const id = idOf('inc', incidentId);
    return toIncident(orRefuse(await this.incidents.one(ownCaller(access), id)));
  }

  @Post(':incidentId/reports')
  @ApiParam({ name: 'incidentId', schema: idSchema('inc') })
  @OwnAct({
    id: 'followUpIncident',
    ja: '事故の続報',
    en: 'Tell more of an incident; institutions named anew learn all of it from the start',
  })
  @ApiCreatedResponse({ type: IncidentDto })
  async followUp(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('incidentId') incidentId: string,
    @Body() body: FurtherReportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentDto> {
    const caller = ownCaller(access);
    const id = idOf('inc', incidentId);
    doneOnce(await this.incidents.followUp(caller, key, id, body), reply);
    return toIncident(orRefuse(await this.incidents.one(caller, id)));
  }
}
