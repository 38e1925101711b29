import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageFlow } from '../page-flow.js';
import { PageDesk } from './page-desk.js';
import { PageForm } from './page.forms.js';
import { EndedPage, endedKind } from './pages/ended-page.js';
import { presentProblemAsPage } from './present-problem.js';

/** The ways out: the holder goes back, or reads why it has ended. */
@ApiExcludeController()
@Controller('approve/:id')
export class LeaveController {
  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(PageFlow) private readonly flow: PageFlow,
  ) {}

  @Post('cancel')
  @RouteConfig({ presentProblem: presentProblemAsPage })
  cancel(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.take(request, reply, 'cancel', PageForm, async ({ approval }) => {
      await this.flow.cancel(approval);
      return { leave: true };
    });
  }

  @Get('ended')
  @RouteConfig({ presentProblem: presentProblemAsPage })
  ended(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.showEnd(request, reply, ({ words, names, approval }) => {
      const kind = endedKind(approval);
      return {
        title: words(`ended.${kind}.title`),
        show: (
          <EndedPage
            words={words}
            kind={kind}
            code={approval.reason}
            intermediaryName={names.intermediaryName}
            bankName={names.bankName ?? ''}
          />
        ),
      };
    });
  }
}
