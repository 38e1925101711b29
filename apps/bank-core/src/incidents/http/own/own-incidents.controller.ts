import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instantToWire, isId, refused, type Refusal, type Result } from '#libs/kernel';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformProblem,
  problemOf,
  type IdempotencyRefusal,
} from '#libs/platform';
import { AgreementsService } from '../../../agreements/index.js';
import type { KeptAnswer } from '../../../platform/idempotency.js';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { stateOf, type Incident, type Telling } from '../../domain/incident.js';
import { incidentSentences, type IncidentRefusal } from '../../domain/incident.refusals.js';
import { OwnIncidents, type Concerned, type IncidentTaken } from '../../own-incidents.service.js';
import { extentToWire, factsToWire, whenOrNull } from '../incident.dto.js';
import { incidentStatuses } from '../incident.problems.js';
import * as dto from './own-incident.dto.js';

const PAGE = 50;

/** What an intermediary tells of itself: told once, kept by every institution concerned. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/incidents`)
export class OwnIncidentsController {
  constructor(
    @Inject(OwnIncidents) private readonly own: OwnIncidents,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnIncidents', summary: '自社の事故の報告' })
  @ApiOkResponse({ type: dto.OwnIncidentsDto })
  async list(
    @Query() { before, limit = PAGE }: dto.ListOwnIncidentsQuery,
    @Req() request: FastifyRequest,
  ): Promise<dto.OwnIncidentsDto> {
    const found = await this.own.list(internalCaller(request).epspId, { before, limit });
    return { incidents: await Promise.all(found.map(({ at }) => this.line(at))) };
  }

  @Get(':incidentId')
  @ApiOperation({ operationId: 'getOwnIncident', summary: '自社の事故の報告の内容' })
  @ApiOkResponse({ type: dto.OwnIncidentDto })
  async get(
    @Param('incidentId') incidentId: string,
    @Req() request: FastifyRequest,
  ): Promise<dto.OwnIncidentDto> {
    const { epspId } = internalCaller(request);
    const found = await this.own.find(epspId, wellFormed(incidentId));
    if (!found) throw problem(refused('incident_unknown').refusal);
    const reports = found.reports.map(({ id, kind, at, content }) => {
      const { text, phase, evidence } = content as unknown as Telling;
      return { reportId: id, kind, at: instantToWire(at), text, phase, evidence: [...evidence] };
    });
    const demands = await Promise.all(
      found.demands.map(async ({ institutionId, demandId }) => ({
        bankCode: await this.codes.codeOf(institutionId),
        demandId,
      })),
    );
    return { ...(await this.line(found.at)), reports, demands };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'reportOwnIncident', summary: '事故の報告' })
  @ApiOkResponse({ type: dto.IncidentTakenDto })
  async report(
    @Body() { occurredAt, foundAt, concerned, ...told }: dto.ReportIncidentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.IncidentTakenDto> {
    const caller = internalCaller(request);
    await this.mustBeOwn(caller.epspId, told.chainPartnerId);
    const report = {
      ...told,
      chainPartnerId: told.chainPartnerId,
      occurredAt: occurredAt === undefined ? undefined : instantOf(occurredAt),
      foundAt: instantOf(foundAt),
      concerned: await this.concernedOf(concerned),
    };
    return done(await this.own.report(caller, idempotencyKeyOf(request), report), reply);
  }

  @Post(':incidentId/reports')
  @HttpCode(200)
  @ApiOperation({ operationId: 'followUpOwnIncident', summary: '事故の続報' })
  @ApiOkResponse({ type: dto.IncidentTakenDto })
  async followUp(
    @Param('incidentId') incidentId: string,
    @Body() { concerned, functions, ...told }: dto.FollowUpIncidentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.IncidentTakenDto> {
    const report = { ...told, functions, concerned: await this.concernedOf(concerned) };
    const key = idempotencyKeyOf(request);
    const id = wellFormed(incidentId);
    return done(await this.own.followUp(internalCaller(request), key, id, report), reply);
  }

  private async line(at: readonly Incident[]): Promise<dto.OwnIncidentLineDto> {
    const institutions = await Promise.all(
      at.map(async (incident) => ({
        bankCode: await this.codes.codeOf(incident.institutionId),
        number: incident.number,
        reportedAt: instantToWire(incident.reportedAt),
        state: stateOf(incident),
        acknowledgedAt: whenOrNull(incident.readAt),
        closedAt: whenOrNull(incident.closedAt),
        ...extentToWire(incident),
      })),
    );
    return { ...factsToWire(at[0] as Incident), institutions };
  }

  private concernedOf(concerned: readonly dto.ConcernedDto[]): Promise<Concerned[]> {
    return Promise.all(
      concerned.map(async ({ bankCode, affectedUsers }) => ({
        institutionId: await this.codes.idOf(bankCode),
        affectedUsers,
      })),
    );
  }

  /** A foreign partner is as unknown as none (T-14). */
  private async mustBeOwn(epspId: string, partnerId: string | undefined): Promise<void> {
    if (partnerId === undefined) return;
    const partner = await this.agreements.partner(partnerId);
    if (partner?.intermediaryId !== epspId) throw platformProblem('not_found');
  }
}

/** A name that no incident can have is answered like one that no incident has. */
function wellFormed(incidentId: string): string {
  if (!isId('inc', incidentId)) throw problem(refused('incident_unknown').refusal);
  return incidentId;
}

/** Well formed already; an instant that the calendar does not have, or before 1970, is refused here. */
function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (!(instant >= 0)) throw platformProblem('validation_failed');
  return instant;
}

const problem = (refusal: Refusal<IncidentRefusal | IdempotencyRefusal>) =>
  problemOf(
    refusal,
    { ...incidentStatuses, ...idempotencyStatuses },
    { ...incidentSentences, ...idempotencySentences },
  );

function done(
  result: Result<KeptAnswer<IncidentTaken>, Refusal<IncidentRefusal | IdempotencyRefusal>>,
  reply: FastifyReply,
): IncidentTaken {
  if (!result.ok) throw problem(result.refusal);
  if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
  return result.value.body;
}
