import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { coreProblem } from '../../bank/index.js';
import { PARTICIPANTS_SCOPE } from '../../clients/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ParticipantsService } from '../participants.service.js';
import { ownCaller } from './own-caller.js';
import { StandingDto, toStanding } from './standing.dto.js';

/** Why am I blocked: answered whatever became of a link, since it concerns the intermediary alone. */
@ApiTags('participants')
@Controller('v1/participants/me/standing')
export class GetStandingController {
  constructor(@Inject(ParticipantsService) private readonly participants: ParticipantsService) {}

  @Get()
  @Guarded({ kind: 'own', scope: PARTICIPANTS_SCOPE })
  @Documented({
    id: 'getStanding',
    ja: '接続の状態と、その理由・条項・すべきこと',
    en: 'Why calls are refused: state, clause, since, until, and what to do',
  })
  @ApiOkResponse({ type: StandingDto })
  async get(@CurrentAccess() access: Access): Promise<StandingDto> {
    const answer = await this.participants.standing(ownCaller(access));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toStanding(answer.value);
  }
}
