import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assert } from '#libs/kernel';
import { InformationFlow } from '../information-flow.js';
import { accountName } from './account-name.js';
import { PageDesk, type Answer, type Desk } from './page-desk.js';
import { ConsentForm } from './page.forms.js';
import { ConsentPage } from './pages/consent-page.js';
import { consentWording, wordingShown } from './pages/consent-wording.js';
import type { Finding } from './pages/frame.js';
import { presentProblemAsPage } from './present-problem.js';
import { whoOf } from './who-of.js';

@ApiExcludeController()
@Controller('approve/:id/consent')
export class ConsentController {
  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(InformationFlow) private readonly flow: InformationFlow,
  ) {}

  @Get()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.show(request, reply, 'consent', (desk) => this.page(desk, []));
  }

  @Post()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.take(request, reply, 'consent', ConsentForm, async (desk, form) => {
      const { shown, expiresAt } = await this.wording(desk);
      // What is agreed to is what stood on the page, or it is looked at again (T-02).
      if (form.wording !== shown.hash)
        return this.page(desk, [{ text: desk.words('consent.changed') }]);
      await this.flow.agree(desk.approval, shown, expiresAt);
      return { leave: true };
    });
  }

  private async page(desk: Desk, findings: readonly Finding[]): Promise<Answer> {
    const { words } = desk;
    const { wording, shown, isExtension } = await this.wording(desk);
    return {
      title: words(isExtension ? 'consent.extend.title' : 'consent.title'),
      status: findings.length > 0 ? 409 : 200,
      findings,
      cancelInside: true,
      show: (
        <ConsentPage
          words={words}
          wording={wording}
          wordingHash={shown.hash}
          action={desk.address('consent')}
          cancelAction={desk.address('cancel')}
          rechoose={desk.address('accounts')}
          token={desk.token}
        />
      ),
    };
  }

  private async wording({ approval, words, names }: Desk) {
    const { asked } = approval;
    assert(asked.kind !== 'transfer_initiation', 'Only account information needs a consent.');
    const expiresAt = await this.flow.endsAt(approval);
    const presentEnd = await this.flow.presentEnd(approval);
    const accounts = await this.flow.accounts(approval);
    const wording = consentWording(words, {
      asked,
      who: whoOf(names),
      bankName: names.bankName ?? '',
      accountNames: accounts
        .filter(({ accountId }) => approval.accountIds.includes(accountId))
        .map((account) => accountName(words, account)),
      expiresAt,
      presentEnd,
    });
    const isExtension = asked.kind === 'consent_extension';
    return { wording, expiresAt, isExtension, shown: wordingShown(wording, words.language) };
  }
}
