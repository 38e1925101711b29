import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CivilDate, isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import type { ProposalChange, ProposedPartner } from '../domain/propose-partner.js';
import { ParticipantsService } from '../participants.service.js';
import {
  ChangePartnerDto,
  OwnPartnerDto,
  OwnPartnersDto,
  ProposedDto,
  ProposePartnerDto,
  WithdrawnDto,
} from './participant.dto.js';
import { partnerToWire } from './partner-wire.js';
import { participantSentences, participantStatuses } from './participant.problems.js';

/** The chain partners of the caller's intermediary: all of its own, and none of another's (T-14). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/chain-partners`)
export class OwnPartnersController {
  constructor(@Inject(ParticipantsService) private readonly participants: ParticipantsService) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnPartners', summary: '自社の連鎖接続先' })
  @ApiOkResponse({ type: OwnPartnersDto })
  async list(@Req() request: FastifyRequest): Promise<OwnPartnersDto> {
    const partners = await this.participants.partnersOf(internalCaller(request).epspId);
    return { data: partners.map(partnerToWire) };
  }

  @Post()
  @ApiOperation({ operationId: 'proposePartner', summary: '連鎖接続先の届出' })
  @ApiCreatedResponse({ type: ProposedDto })
  async propose(
    @Body() body: ProposePartnerDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposedDto> {
    const result = await this.participants.propose(
      internalCaller(request),
      idempotencyKeyOf(request),
      proposedOf(body),
    );
    if (!result.ok) throw problemOf(result.refusal, participantStatuses, participantSentences);
    if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
    return result.value.body;
  }

  @Patch(':partnerId')
  @ApiOperation({ operationId: 'changePartner', summary: '連鎖接続先の届出の変更' })
  @ApiOkResponse({ type: OwnPartnerDto })
  async change(
    @Param('partnerId') partnerId: string,
    @Body() body: ChangePartnerDto,
    @Req() request: FastifyRequest,
  ): Promise<OwnPartnerDto> {
    const caller = internalCaller(request);
    if (!isId('cp', partnerId)) throw platformProblem('not_found');
    const change = { ...changeOf(body), version: body.version };
    const result = await this.participants.change(caller, partnerId, change);
    if (!result.ok) throw problemOf(result.refusal, participantStatuses, participantSentences);
    return partnerToWire(result.value);
  }

  @Post(':partnerId/withdrawals')
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawPartner', summary: '連鎖接続先の取下げ・停止' })
  @ApiOkResponse({ type: WithdrawnDto })
  async withdraw(
    @Param('partnerId') partnerId: string,
    @Req() request: FastifyRequest,
  ): Promise<WithdrawnDto> {
    const caller = internalCaller(request);
    if (!isId('cp', partnerId)) throw platformProblem('not_found');
    const result = await this.participants.withdraw(caller, partnerId);
    if (!result.ok) throw problemOf(result.refusal, participantStatuses, participantSentences);
    return { status: result.value };
  }
}

function dateOf(text: string): CivilDate {
  const date = CivilDate.parse(text);
  if (!date.ok) throw platformProblem('validation_failed');
  return date.value;
}

function changeOf(body: ChangePartnerDto): ProposalChange {
  const { nameJa, nameKana, nameEn, legalBasis, directions, functions } = body;
  const { contractFrom, contractTo } = body;
  const { purpose, method, services, legalBasisKind, standsBeforeEpsp, contractDocument } = body;
  return {
    ...{ nameJa, nameKana, nameEn, legalBasis, directions, functions },
    contractFrom: contractFrom === undefined ? undefined : dateOf(contractFrom),
    contractTo: typeof contractTo === 'string' ? dateOf(contractTo) : contractTo,
    terms: { purpose, method, services, legalBasisKind, standsBeforeEpsp, contractDocument },
  };
}

function proposedOf(body: ProposePartnerDto): ProposedPartner {
  const { nameJa, nameKana, nameEn, legalBasis, directions, functions } = body;
  return {
    ...{ nameJa, nameKana, nameEn, legalBasis, directions, functions },
    contractFrom: dateOf(body.contractFrom),
    contractTo: body.contractTo === undefined ? undefined : dateOf(body.contractTo),
    terms: {
      purpose: body.purpose ?? '',
      method: body.method ?? '',
      services: body.services ?? [],
      legalBasisKind: body.legalBasisKind,
      standsBeforeEpsp: body.standsBeforeEpsp,
      contractDocument: body.contractDocument,
    },
  };
}
