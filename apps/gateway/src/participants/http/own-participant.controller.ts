import { Body, Controller, Get, Inject, Patch, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { coreProblem, OwnAffairs, type ParticipantView } from '../../bank/index.js';
import { PARTICIPANTS_SCOPE } from '../../clients/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ETAG, etagOf, IfMatch, requireMatch } from './etag.js';
import { ownCaller } from './own-caller.js';
import { ParticipantDto, ParticipantPatchDto, toParticipant } from './participant.dto.js';

@ApiTags('participants')
@Controller('v1/participants/me')
export class OwnParticipantController {
  constructor(@Inject(OwnAffairs) private readonly affairs: OwnAffairs) {}

  @Get()
  @Guarded({ kind: 'own', scope: PARTICIPANTS_SCOPE })
  @Documented({ id: 'getParticipant', ja: '自社の登録内容', en: 'Your own record' })
  @ApiOkResponse({ type: ParticipantDto, headers: ETAG })
  async get(
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantDto> {
    const view = await this.read(access);
    void reply.header('etag', tagOf(view));
    return toParticipant(view);
  }

  @Patch()
  @Guarded({ kind: 'own', scope: PARTICIPANTS_SCOPE })
  @Documented({
    id: 'changeParticipant',
    ja: '通知の宛先の変更',
    en: 'Change where notices of the bank reach you',
    also: [412, 428],
  })
  @IfMatch()
  @ApiOkResponse({ type: ParticipantDto, headers: ETAG })
  async change(
    @CurrentAccess() access: Access,
    @Body() patch: ParticipantPatchDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantDto> {
    const view = await this.read(access);
    requireMatch(request, tagOf(view));
    const { noticeMail = view.desk.noticeMail, noticePhone = view.desk.noticePhone } = patch;
    const asked = { noticeMail, noticePhone, version: view.desk.version };
    // bank-core compares the version again in the transaction of the change.
    const changed = await this.affairs.changeDesk(ownCaller(access), asked);
    if (!changed.ok) throw coreProblem(changed.refusal);
    const after = { ...view, desk: changed.value };
    void reply.header('etag', tagOf(after));
    return toParticipant(after);
  }

  private async read(access: Access): Promise<ParticipantView> {
    const answer = await this.affairs.participant(ownCaller(access));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return answer.value;
  }
}

/** With the version: a change there and back is a change. */
const tagOf = (view: ParticipantView): string =>
  etagOf({ ...toParticipant(view), version: view.desk.version });
