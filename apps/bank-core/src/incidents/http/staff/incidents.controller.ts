import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId, refused, type Refusal } from '#libs/kernel';
import { problemOf } from '#libs/platform';
import {
  Officer,
  OwnBanks,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { incidentSentences, type IncidentRefusal } from '../../domain/incident.refusals.js';
import { IncidentsService } from '../../incidents.service.js';
import { incidentStatuses } from '../incident.problems.js';
import * as dto from './incidents.dto.js';

const PAGE = 50;

/** What intermediaries told of themselves, for the officers of the institution that it concerns. */
@ApiTags('incidents')
@Controller(`${STAFF}/incidents`)
@UseGuards(StaffGuard)
export class IncidentsController {
  constructor(
    @Inject(IncidentsService) private readonly incidents: IncidentsService,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listIncidents',
    summary: '電代業者からの事故の報告',
    ...{ 'x-summary-en': 'Incidents that intermediaries reported, the newest first' },
  })
  @ApiOkResponse({ type: dto.IncidentsDto })
  async list(
    @Query() { bankCode, epspId, open, before, limit = PAGE }: dto.ListIncidentsQuery,
    @Officer() officer: StaffMember,
  ): Promise<dto.IncidentsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const filter = { epspId, isOpen: open, before, limit };
    const found = await this.incidents.list(id, filter);
    return { incidents: found.map((one) => dto.lineToWire(one, bankCode)) };
  }

  @Get(':incidentId')
  @ApiOperation({
    operationId: 'getIncident',
    summary: '事故の報告と経過',
    ...{ 'x-summary-en': 'One incident with everything that was told and noted' },
  })
  @ApiOkResponse({ type: dto.IncidentDto })
  async get(
    @Param('incidentId') incidentId: string,
    @Query() { bankCode }: dto.BankOfIncident,
    @Officer() officer: StaffMember,
  ): Promise<dto.IncidentDto> {
    return this.shown(await this.banks.seenBy(officer, bankCode), bankCode, wellFormed(incidentId));
  }

  @Post(':incidentId/acknowledgements')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'acknowledgeIncident',
    summary: '事故の報告の確認',
    ...{ 'x-summary-en': 'Acknowledge an incident up to the entry that was read' },
  })
  @ApiOkResponse({ type: dto.IncidentDto })
  async acknowledge(
    @Param('incidentId') incidentId: string,
    @Body() { bankCode, sequence, note = '' }: dto.AcknowledgeIncidentDto,
    @Officer() officer: StaffMember,
  ): Promise<dto.IncidentDto> {
    const institutionId = await this.banks.workedBy(officer, 'compliance', bankCode);
    const id = wellFormed(incidentId);
    const read = { sequence, note: note.trim() };
    const done = await this.incidents.acknowledge(institutionId, id, officer, read);
    if (!done.ok) throw problem(done.refusal);
    return this.shown(institutionId, bankCode, id);
  }

  @Post(':incidentId/closures')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'closeIncident',
    summary: '事故の終了',
    ...{ 'x-summary-en': 'Close an incident that its intermediary has reported as resolved' },
  })
  @ApiOkResponse({ type: dto.IncidentDto })
  async close(
    @Param('incidentId') incidentId: string,
    @Body() { bankCode, note }: dto.CloseIncidentDto,
    @Officer() officer: StaffMember,
  ): Promise<dto.IncidentDto> {
    const institutionId = await this.banks.workedBy(officer, 'compliance', bankCode);
    const id = wellFormed(incidentId);
    const done = await this.incidents.close(institutionId, id, officer, note);
    if (!done.ok) throw problem(done.refusal);
    return this.shown(institutionId, bankCode, id);
  }

  private async shown(
    institutionId: number,
    bankCode: string,
    id: string,
  ): Promise<dto.IncidentDto> {
    const found = await this.incidents.find(institutionId, id);
    if (!found) throw problem(refused('incident_unknown').refusal);
    const { incident, entries } = found;
    return { ...dto.lineToWire(incident, bankCode), entries: entries.map(dto.entryToWire) };
  }
}

const problem = (refusal: Refusal<IncidentRefusal>) =>
  problemOf(refusal, incidentStatuses, incidentSentences);

/** A name that no incident can have is answered like one that no incident has. */
function wellFormed(incidentId: string): string {
  if (!isId('inc', incidentId)) throw problem(refused('incident_unknown').refusal);
  return incidentId;
}
