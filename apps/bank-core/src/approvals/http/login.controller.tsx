import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { credentialSentences } from '../../credentials/index.js';
import { pageOf } from '../domain/pages.js';
import { Endings } from '../endings.js';
import { InformationFlow } from '../information-flow.js';
import { PageFlow, type Visit } from '../page-flow.js';
import { TransferFlow } from '../transfer-flow.js';
import { PageDesk, type Answer, type Desk } from './page-desk.js';
import { LoginForm } from './page.forms.js';
import type { Finding } from './pages/frame.js';
import { LoginPage } from './pages/login-page.js';
import { presentProblemAsPage } from './present-problem.js';
import { RecentLogins } from './recent-logins.js';
import { whoOf } from './who-of.js';

@ApiExcludeController()
@Controller('approve/:id/login')
export class LoginController {
  private readonly recent = new RecentLogins();

  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(PageFlow) private readonly flow: PageFlow,
    @Inject(TransferFlow) private readonly transfers: TransferFlow,
    @Inject(InformationFlow) private readonly information: InformationFlow,
    @Inject(Endings) private readonly endings: Endings,
  ) {}

  @Get()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.show(request, reply, 'login', async (desk) => this.page(desk, []));
  }

  @Post()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const recall = (session: string, body: unknown) => this.recent.recall(session, body);
    return this.desk.take(
      request,
      reply,
      'login',
      LoginForm,
      (desk, form) => this.logIn(desk, form),
      recall,
    );
  }

  private async logIn(desk: Desk, form: LoginForm): Promise<Answer> {
    const missing = whatIsMissing(desk, form);
    if (missing.length > 0) return this.page(desk, missing);
    const { login: loginId, password } = form;
    const source = desk.request.ip;
    const result = await this.flow.login(desk.visit, { loginId, password, source });
    if (result.ok) {
      this.recent.remember(desk.visit.session, desk.request.body, result.value);
      return this.goOn(result.value);
    }
    const { code, facts } = result.refusal;
    const text = credentialSentences[code][desk.words.language];
    const wait = facts?.['retryAfterSeconds'];
    const seconds = typeof wait === 'number' ? wait : undefined;
    return this.page(desk, [{ field: 'login', text }], seconds);
  }

  /** After the log-in: the accounts, or straight to what the request names, a payer or a consent. */
  private async goOn(visit: Visit): Promise<Answer> {
    const { approval } = visit;
    if (approval.asked.kind === 'consent_extension' && approval.holderId !== undefined) {
      const begun = await this.information.beginExtension(approval);
      return begun
        ? { go: pageOf(begun), visit: { ...visit, approval: begun } }
        : { go: 'ended', visit };
    }
    if (approval.asked.kind === 'transfer_initiation' && approval.holderId !== undefined) {
      const named = await this.transfers.payerNamed(approval);
      if (named?.ok) return { go: pageOf(named.value), visit: { ...visit, approval: named.value } };
      if (named) {
        await this.endings.end(approval, 'refused', named.refusal.code);
        return { go: 'ended', visit };
      }
    }
    return { go: pageOf(approval), visit };
  }

  private page(desk: Desk, findings: readonly Finding[], retryAfterSeconds?: number): Answer {
    const { words, names, approval } = desk;
    const status = retryAfterSeconds === undefined ? 422 : 429;
    return {
      title: words('login.title'),
      status: findings.length > 0 ? status : 200,
      findings,
      retryAfterSeconds,
      show: (
        <LoginPage
          words={words}
          who={whoOf(names)}
          bankName={names.bankName ?? ''}
          action={desk.address('login')}
          token={desk.token}
          otherInstitution={approval.institutionIsFixed ? undefined : desk.address('institution')}
          findings={findings}
        />
      ),
    };
  }
}

function whatIsMissing({ words }: Desk, { login, password }: LoginForm): Finding[] {
  const missing: Finding[] = [];
  if (login === '') missing.push({ field: 'login', text: words('login.error.id') });
  if (password === '') missing.push({ field: 'password', text: words('login.error.password') });
  return missing;
}
