import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { platformProblem, problemOf } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { ParticipantsService } from '../participants.service.js';
import { DeskDto, ParticipantDto } from './participant.dto.js';
import { registrationToWire, serviceToWire } from './partner-wire.js';
import { participantSentences, participantStatuses } from './participant.problems.js';

/** The intermediary of the caller, as the bank's register has it. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self`)
export class GetParticipantController {
  constructor(@Inject(ParticipantsService) private readonly participants: ParticipantsService) {}

  @Get()
  @ApiOperation({ operationId: 'getParticipant', summary: '電代業者の登録内容' })
  @ApiOkResponse({ type: ParticipantDto })
  async get(@Req() request: FastifyRequest): Promise<ParticipantDto> {
    const participant = await this.participants.participant(internalCaller(request).epspId);
    if (!participant) throw platformProblem('not_found');
    const { id, nameJa, nameKana, nameEn, registration, contactJa, contactEn } = participant;
    const names = { nameJa, nameKana, nameEn, registration, contactJa, contactEn };
    return {
      epspId: id,
      ...names,
      status: participant.status,
      desk: { ...participant.desk },
      registrations: participant.registrations.map(registrationToWire),
      services: participant.services.map(serviceToWire),
    };
  }

  @Post('desk')
  @HttpCode(200)
  @ApiOperation({ operationId: 'changeDesk', summary: '通知の宛先の変更' })
  @ApiOkResponse({ type: DeskDto })
  async change(@Body() desk: DeskDto, @Req() request: FastifyRequest): Promise<DeskDto> {
    const result = await this.participants.changeDesk(internalCaller(request), desk);
    if (!result.ok) throw problemOf(result.refusal, participantStatuses, participantSentences);
    return { ...result.value };
  }
}
