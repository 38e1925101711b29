import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { coreProblem } from '../../bank/index.js';
import { PARTICIPANTS_SCOPE } from '../../clients/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ParticipantsService } from '../participants.service.js';
import { ownCaller } from './own-caller.js';
import { ApplicationsRegisterDto, wholeList } from './register.dto.js';

/** The software of one's own intermediary; it is registered and changed at /register (RFC 7591). */
@ApiTags('participants')
@Controller('v1/participants/me/applications')
export class OwnApplicationsController {
  constructor(@Inject(ParticipantsService) private readonly participants: ParticipantsService) {}

  @Get()
  @Guarded({ kind: 'own', scope: PARTICIPANTS_SCOPE })
  @Documented({ id: 'listApplications', ja: '自社のソフトウェア', en: 'Your own software' })
  @ApiOkResponse({ type: ApplicationsRegisterDto })
  async list(@CurrentAccess() access: Access): Promise<ApplicationsRegisterDto> {
    const answer = await this.participants.ownApplications(ownCaller(access));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return wholeList('/v1/participants/me/applications', answer.value);
  }
}
