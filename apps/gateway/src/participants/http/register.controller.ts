import { applyDecorators, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '#libs/kernel';
import { coreProblem, type CoreRefusal } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ParticipantsService } from '../participants.service.js';
import { answerCached } from './etag.js';
import {
  ApplicationsRegisterDto,
  ParticipantsRegisterDto,
  PartnersRegisterDto,
  wholeList,
} from './register.dto.js';

const TAG = { type: 'string', maxLength: 60, pattern: '^".+"$' } as const;
const Cached = (type: new () => object) =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag of what you hold',
      schema: { type: 'string', pattern: '^.+$', maxLength: 4_096 },
    }),
    ApiOkResponse({ type, headers: { etag: { description: 'Strong', schema: TAG } } }),
    ApiResponse({ status: 304, description: 'You hold these bytes already' }),
  );

/** 公開名簿: who is connected, with which software and which chain partners. Without a token. */
@ApiTags('register')
@Controller('v1/register')
export class RegisterController {
  constructor(@Inject(ParticipantsService) private readonly participants: ParticipantsService) {}

  @Get('participants')
  @Documented({
    id: 'listRegisteredParticipants',
    ja: '電子決済等代行業者の名簿',
    en: 'Electronic payment intermediaries',
    isPublic: true,
  })
  @Cached(ParticipantsRegisterDto)
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantsRegisterDto | undefined> {
    const data = orRefuse(await this.participants.registerOfParticipants());
    return answerCached(request, reply, wholeList('/v1/register/participants', data));
  }

  @Get('applications')
  @Documented({
    id: 'listRegisteredApplications',
    ja: 'ソフトウェアの名簿',
    en: 'Software of intermediaries, removed software included',
    isPublic: true,
  })
  @Cached(ApplicationsRegisterDto)
  async applications(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationsRegisterDto | undefined> {
    const data = orRefuse(await this.participants.registerOfApplications());
    return answerCached(request, reply, wholeList('/v1/register/applications', data));
  }

  @Get('chain-partners')
  @Documented({
    id: 'listRegisteredPartners',
    ja: '連鎖接続先の名簿',
    en: 'Chain partners behind intermediaries (RKN-C1a)',
    isPublic: true,
  })
  @Cached(PartnersRegisterDto)
  async partners(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnersRegisterDto | undefined> {
    const data = orRefuse(await this.participants.registerOfPartners());
    return answerCached(request, reply, wholeList('/v1/register/chain-partners', data));
  }
}

function orRefuse<Value>(answer: Result<Value, CoreRefusal>): Value {
  if (!answer.ok) throw coreProblem(answer.refusal);
  return answer.value;
}
