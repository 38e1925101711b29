import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageOf } from '../domain/pages.js';
import { PageFlow } from '../page-flow.js';
import { PageDesk } from './page-desk.js';
import { pageProblem } from './page.problems.js';
import { presentProblemAsPage } from './present-problem.js';
import { sessionOf } from './session-cookie.js';

const HANDLE = /^[A-Za-z0-9_-]{43}$/;

/** Opens the pages by a one-time handle and binds them to this browser. */
@ApiExcludeController()
@Controller('approvals')
export class EnterController {
  constructor(
    @Inject(PageFlow) private readonly flow: PageFlow,
    @Inject(PageDesk) private readonly desk: PageDesk,
  ) {}

  @Get(':handle')
  @RouteConfig({ presentProblem: presentProblemAsPage })
  async enter(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!HANDLE.test(handle)) throw pageProblem('handle_unknown');
    const visit = await this.flow.enter(handle);
    if (visit) return this.desk.goTo(reply, visit, pageOf(visit.approval));
    const approval = await this.flow.byHandle(handle);
    if (!approval) throw pageProblem('handle_unknown');
    // The same browser coming back, by its history or by an impatient reload, goes on where it was.
    const session = sessionOf(request, approval.id);
    const known = session === undefined ? undefined : await this.flow.resume(approval.id, session);
    if (!known) throw pageProblem('handle_used');
    return this.desk.goTo(reply, known, pageOf(known.approval));
  }
}
