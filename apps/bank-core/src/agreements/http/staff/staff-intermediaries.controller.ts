import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import {
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { IntermediaryStandings } from '../../intermediary-standings.js';
import { RegisterService, type RegisterEntry } from '../../register.service.js';
import { dateOf } from '../date-of.js';
import { registrationToWire, serviceToWire } from '../partner-wire.js';
import { registerProblemSentences, registerStatuses } from '../register.problems.js';
import {
  EnterIntermediaryDto,
  EnterRegistrationDto,
  EnterServiceDto,
  IntermediaryEnteredDto,
  RegisterEntriesDto,
  RegisterEntryDto,
  RegistrationEnteredDto,
  ServiceEnteredDto,
  TerminateDto,
} from './register.dto.js';

/** The bank's register of intermediaries. Facts are entered by one; who may be a party changes by two. */
@ApiTags('intermediaries')
@Controller(`${STAFF}/intermediaries`)
@UseGuards(StaffGuard)
export class StaffIntermediariesController {
  constructor(
    @Inject(RegisterService) private readonly register: RegisterService,
    @Inject(IntermediaryStandings) private readonly standings: IntermediaryStandings,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listIntermediaries',
    summary: '電代業者の一覧',
    ...{ 'x-summary-en': 'The register of intermediaries' },
  })
  @ApiOkResponse({ type: RegisterEntriesDto })
  async list(): Promise<RegisterEntriesDto> {
    return { intermediaries: (await this.register.all()).map(entryToWire) };
  }

  @Get(':epspId')
  @ApiOperation({
    operationId: 'getIntermediary',
    summary: '電代業者の登録と業務',
    ...{ 'x-summary-en': 'One intermediary: registration, services (RKN-D3)' },
  })
  @ApiOkResponse({ type: RegisterEntryDto })
  async get(@Param('epspId') epspId: string): Promise<RegisterEntryDto> {
    const found = isId('epsp', epspId) ? await this.register.find(epspId) : undefined;
    if (!found) throw platformProblem('not_found');
    return entryToWire(found);
  }

  @Post()
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'enterIntermediary',
    summary: '電代業者の受付（初回の接触）',
    ...{ 'x-summary-en': 'Enter a newcomer at the first contact' },
  })
  @ApiCreatedResponse({ type: IntermediaryEnteredDto })
  async enter(
    @Body() { revokedOn: _revokedOn, registeredOn, ...names }: EnterIntermediaryDto,
    @Officer() officer: StaffMember,
  ): Promise<IntermediaryEnteredDto> {
    const newcomer = { ...names, registeredOn: dateOf(registeredOn) };
    const result = await this.register.enter(officer.mailAddress, newcomer);
    if (!result.ok) throw problemOf(result.refusal, registerStatuses, registerProblemSentences);
    return result.value;
  }

  @Post(':epspId/registrations')
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'enterRegistration',
    summary: '登録の変更・取消しの記録',
    ...{
      'x-summary-en': 'Record what the register of the authority says; it stops nothing by itself',
    },
  })
  @ApiCreatedResponse({ type: RegistrationEnteredDto })
  async registration(
    @Param('epspId') epspId: string,
    @Body() { registration, registeredOn, revokedOn, source }: EnterRegistrationDto,
    @Officer() officer: StaffMember,
  ): Promise<RegistrationEnteredDto> {
    const result = await this.register.enterRegistration(officer.mailAddress, epspId, {
      registration,
      registeredOn: dateOf(registeredOn),
      revokedOn: revokedOn === undefined ? undefined : dateOf(revokedOn),
      source,
    });
    if (!result.ok) throw problemOf(result.refusal, registerStatuses, registerProblemSentences);
    return result.value;
  }

  @Post(':epspId/services')
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'enterService',
    summary: '本サービスの登録',
    ...{ 'x-summary-en': 'Register a service with its kind (RKN-D3)' },
  })
  @ApiCreatedResponse({ type: ServiceEnteredDto })
  async service(
    @Param('epspId') epspId: string,
    @Body() { since, ...service }: EnterServiceDto,
    @Officer() officer: StaffMember,
  ): Promise<ServiceEnteredDto> {
    const entered = { ...service, since: dateOf(since) };
    const result = await this.register.enterService(officer.mailAddress, epspId, entered);
    if (!result.ok) throw problemOf(result.refusal, registerStatuses, registerProblemSentences);
    return result.value;
  }

  @Post(':epspId/terminations')
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposeTermination',
    summary: '電代業者との関係の終了の起案',
    ...{ 'x-summary-en': 'Propose that an intermediary leaves for good' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async terminate(
    @Param('epspId') epspId: string,
    @Body() { reason }: TerminateDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const found = isId('epsp', epspId) ? await this.register.find(epspId) : undefined;
    if (!found) throw platformProblem('not_found');
    const content = { epspId, to: 'terminated', applicationId: null, reason } as const;
    return this.answer.of(this.standings.kind, await this.standings.propose(officer, content));
  }
}

const entryToWire = (entry: RegisterEntry): RegisterEntryDto => ({
  epspId: entry.id,
  nameJa: entry.nameJa,
  nameKana: entry.nameKana,
  nameEn: entry.nameEn,
  registration: entry.registration,
  status: entry.status,
  revokedSince: entry.revokedSince?.toString() ?? null,
  registrations: entry.registrations.map(registrationToWire),
  services: entry.services.map(serviceToWire),
});
