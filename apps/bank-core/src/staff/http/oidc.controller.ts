import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from '#libs/platform';
import { staffSentences } from '../domain/staff.refusals.js';
import { OidcLogin } from '../oidc-login.js';
import { attemptOf, giveAttempt, giveSecret } from './staff-cookie.js';
import { STAFF } from './staff.guard.js';
import { staffStatuses } from './staff.problems.js';

/** The browser's way to the bank's own issuer and back. */
@ApiExcludeController()
@Controller(`${STAFF}/oidc`)
export class OidcController {
  constructor(@Inject(OidcLogin) private readonly login: OidcLogin) {}

  @Get('login')
  async begin(@Res() reply: FastifyReply): Promise<void> {
    const begun = await this.login.begin();
    if (!begun.ok) throw problemOf(begun.refusal, staffStatuses, staffSentences);
    giveAttempt(reply, begun.value.secret);
    await reply.redirect(begun.value.url.href, 303);
  }

  @Get('return')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const opened = await this.login.finish(request.raw.url ?? '', attemptOf(request));
    if (!opened.ok) throw problemOf(opened.refusal, staffStatuses, staffSentences);
    giveSecret(reply, opened.value.secret);
    await reply.redirect('/', 303);
  }
}
