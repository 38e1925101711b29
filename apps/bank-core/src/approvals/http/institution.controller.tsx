import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { trafficSentences } from '../../consents/index.js';
import { PageFlow } from '../page-flow.js';
import { PageDesk, type Answer, type Desk } from './page-desk.js';
import { InstitutionForm } from './page.forms.js';
import type { Finding } from './pages/frame.js';
import { InstitutionPage } from './pages/institution-page.js';
import { presentProblemAsPage } from './present-problem.js';
import { whoOf } from './who-of.js';

@ApiExcludeController()
@Controller('approve/:id/institution')
export class InstitutionController {
  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(PageFlow) private readonly flow: PageFlow,
  ) {}

  @Get()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.show(request, reply, 'institution', (desk) => this.page(desk, []));
  }

  @Post()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.take(request, reply, 'institution', InstitutionForm, async (desk, form) => {
      const chosen =
        form.institution && (await this.flow.chooseInstitution(desk.approval, form.institution));
      if (chosen) return { go: 'login', visit: { ...desk.visit, approval: chosen } };
      const text = desk.words('institution.error.choose');
      return this.page(desk, [{ field: 'institution-1', text }]);
    });
  }

  private async page(desk: Desk, findings: readonly Finding[]): Promise<Answer> {
    const { words } = desk;
    const choices = await this.flow.institutionChoices(desk.approval);
    const options = choices.map(({ institution, refusal }) => ({
      bankCode: institution.bankCode,
      name: words.language === 'en' ? institution.nameEn : institution.nameJa,
      refusal: refusal && trafficSentences[refusal][words.language],
    }));
    return {
      title: words('institution.title'),
      status: findings.length > 0 ? 422 : 200,
      findings,
      show: (
        <InstitutionPage
          words={words}
          who={whoOf(desk.names)}
          action={desk.address('institution')}
          token={desk.token}
          options={options}
          findings={findings}
        />
      ),
    };
  }
}
