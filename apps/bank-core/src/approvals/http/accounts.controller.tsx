import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { whyNot } from '../domain/choose-accounts.js';
import { pageOf } from '../domain/pages.js';
import { InformationFlow } from '../information-flow.js';
import { accountName } from './account-name.js';
import { PageDesk, type Answer, type Desk } from './page-desk.js';
import { AccountsForm } from './page.forms.js';
import { AccountsPage } from './pages/accounts-page.js';
import type { Finding } from './pages/frame.js';
import { presentProblemAsPage } from './present-problem.js';

@ApiExcludeController()
@Controller('approve/:id/accounts')
export class AccountsController {
  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(InformationFlow) private readonly flow: InformationFlow,
  ) {}

  @Get()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.show(request, reply, 'accounts', (desk) => this.page(desk, []));
  }

  @Post()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.take(request, reply, 'accounts', AccountsForm, async (desk, { account }) => {
      const chosen = await this.flow.choose(desk.approval, account ?? []);
      if (chosen) return { go: pageOf(chosen), visit: { ...desk.visit, approval: chosen } };
      return this.page(desk, [{ field: 'account-1', text: whatIsWrong(desk, account ?? []) }]);
    });
  }

  private async page(desk: Desk, findings: readonly Finding[]): Promise<Answer> {
    const { words, approval } = desk;
    const { kind } = approval.asked;
    const several = kind !== 'transfer_initiation';
    const options = (await this.flow.accounts(approval)).map((account) => {
      const reason = whyNot(account, kind);
      return {
        accountId: account.accountId,
        name: accountName(words, account),
        isMain: account.isMain,
        reason: reason && words(`accounts.reason.${reason}`),
      };
    });
    return {
      title: words(several ? 'accounts.title' : 'accounts.titleDebit'),
      status: findings.length > 0 ? 422 : 200,
      findings,
      show: (
        <AccountsPage
          words={words}
          intermediaryName={desk.names.intermediaryName}
          several={several}
          action={desk.address('accounts')}
          token={desk.token}
          options={options}
          findings={findings}
        />
      ),
    };
  }
}

function whatIsWrong({ words, approval }: Desk, chosen: readonly string[]): string {
  const isTransfer = approval.asked.kind === 'transfer_initiation';
  if (chosen.length === 0)
    return words(isTransfer ? 'accounts.error.chooseOne' : 'accounts.error.choose');
  return words(
    isTransfer && chosen.length > 1 ? 'accounts.error.chooseOne' : 'accounts.error.notYours',
  );
}
