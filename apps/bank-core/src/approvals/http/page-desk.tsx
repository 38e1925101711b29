import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReactNode } from 'react';
import { assert, isId, type Instant } from '#libs/kernel';
import { LANGUAGES, timeOfDayForPeople, wordsIn, type Words } from '#libs/ui';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import type { Approval } from '../domain/approval.js';
import { mayOpen, pageOf, type Page } from '../domain/pages.js';
import { Endings } from '../endings.js';
import { formTokenOf, isEqualSecret } from '../one-time-secrets.js';
import { OneAtATime } from '../one-at-a-time.js';
import { PageFlow, type Visit } from '../page-flow.js';
import { WhoIsWho, type Names } from '../who-is-who.js';
import { assets } from './assets/assets.js';
import { sendPage } from './page-answer.js';
import { PageForm } from './page.forms.js';
import { pageProblem } from './page.problems.js';
import { Frame, type Finding, type WayBack } from './pages/frame.js';
import { DEMO_MARK } from './present-problem.js';
import { readForm } from './read-form.js';
import { giveSession, sessionOf } from './session-cookie.js';

/** What a page may use to build itself. */
export interface Desk {
  readonly visit: Visit;
  readonly approval: Approval;
  readonly words: Words;
  readonly names: Names;
  readonly token: string;
  readonly request: FastifyRequest;
  readonly address: (page: Page | 'cancel' | 'ended') => string;
}

/** What a step answers: a page, another page, or the way out through the gateway. */
export type Answer =
  | {
      readonly show: ReactNode;
      readonly title: string;
      readonly status?: number;
      readonly findings?: readonly Finding[];
      /** The page has its own refusing button. */
      readonly cancelInside?: boolean;
      readonly retryAfterSeconds?: number | undefined;
      /** Where the page's own time is over before the request's. */
      readonly validUntil?: Instant;
    }
  | { readonly go: Page | 'ended'; readonly visit?: Visit }
  | { readonly leave: true };

const STEPS: Readonly<Record<Page, number>> = {
  institution: 0,
  login: 1,
  accounts: 2,
  consent: 3,
  transfer: 3,
};
const STEPS_TOTAL = 3;

/** Where the holder stands. An extension has two steps: the log-in and the yes; accounts are chosen beside them. */
function stepOf(
  { asked }: Approval,
  page: Page | undefined,
): readonly [number, number] | undefined {
  if (page === undefined || STEPS[page] === 0) return undefined;
  if (asked.kind !== 'consent_extension') return [STEPS[page], STEPS_TOTAL];
  return page === 'login' ? [1, 2] : [2, 2];
}

/** Who may see which page: session, origin, token, stage. Every page of the room passes here. */
@Injectable()
export class PageDesk implements OnModuleInit {
  private readonly turns = new OneAtATime();

  constructor(
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(PageFlow) private readonly flow: PageFlow,
    @Inject(Endings) private readonly endings: Endings,
    @Inject(WhoIsWho) private readonly whoIsWho: WhoIsWho,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.decorate(DEMO_MARK, this.config.mode === 'demo');
  }

  /** Shows a page to the browser that has it open, or leads to the page that is in turn. */
  async show(
    request: FastifyRequest,
    reply: FastifyReply,
    page: Page,
    work: (desk: Desk) => Promise<Answer>,
  ): Promise<void> {
    const visit = await this.inTheLanguageAsked(await this.visitOf(request), request);
    if (!mayOpen(page, visit.approval)) return this.goTo(reply, visit, pageOf(visit.approval));
    await this.answer(request, reply, page, visit, work);
  }

  /**
   * Takes a posted form: our own origin and token first (T-05), one at a time per request. What comes
   * after the end, or for a page whose turn has passed, changes nothing and leads on. `recall` knows
   * what became of the same form sent a moment ago under a session that has since been replaced.
   */
  async take<Form extends PageForm>(
    request: FastifyRequest,
    reply: FastifyReply,
    page: Page | 'cancel',
    Form: new () => Form,
    work: (desk: Desk, form: Form) => Promise<Answer>,
    recall: (session: string, body: unknown) => Visit | undefined = () => undefined,
  ): Promise<void> {
    if (request.headers.origin !== this.config.publicOrigin) throw pageProblem('form_not_ours');
    await this.turns.run(idIn(request), async () => {
      const session = sessionOf(request, idIn(request));
      const repeated = session === undefined ? undefined : recall(session, request.body);
      if (repeated) return this.goTo(reply, repeated, pageOf(repeated.approval));
      const visit = await this.visitOf(request);
      const form = await readForm(Form, request.body);
      if (!isEqualSecret(form.interaction, formTokenOf(visit.session)))
        throw pageProblem('form_not_ours');
      const { approval } = visit;
      if (approval.outcome) return this.leaveOrExplain(reply, visit);
      if (page !== 'cancel' && !mayOpen(page, approval))
        return this.goTo(reply, visit, pageOf(approval));
      const at = page === 'cancel' ? 'login' : page;
      await this.answer(request, reply, at, visit, (desk) => work(desk, form));
    });
  }

  /** The end as a page, for who comes back to it; the way back is a link to the gateway. */
  async showEnd(
    request: FastifyRequest,
    reply: FastifyReply,
    build: (desk: Desk) => { title: string; show: ReactNode },
  ): Promise<void> {
    const visit = await this.inTheLanguageAsked(await this.visitOf(request), request);
    if (!visit.approval.outcome) return this.goTo(reply, visit, pageOf(visit.approval));
    const desk = await this.deskOf(request, visit);
    const { title, show } = build(desk);
    const label = desk.words('page.return', { name: desk.names.intermediaryName });
    const href = this.endings.returnAddress(visit.approval);
    this.send(reply, desk, undefined, { title, show }, { kind: 'link', href, label });
  }

  goTo(reply: FastifyReply, { approval, session }: Visit, page: Page | 'ended'): void {
    giveSession(reply, approval.id, session, approval.outcome !== undefined);
    void reply.header('cache-control', 'no-store').redirect(addressOf(approval.id, page), 303);
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    page: Page,
    visit: Visit,
    work: (desk: Desk) => Promise<Answer>,
  ): Promise<void> {
    const desk = await this.deskOf(request, visit);
    const answer = await work(desk);
    if ('go' in answer) return this.goTo(reply, answer.visit ?? visit, answer.go);
    if ('leave' in answer) {
      // Read again: the way out depends on what really became of the request.
      const after = await this.flow.resume(visit.approval.id, visit.session);
      return this.leaveOrExplain(reply, after ?? visit);
    }
    const back: WayBack = answer.cancelInside
      ? { kind: 'inside' }
      : {
          kind: 'cancel',
          action: desk.address('cancel'),
          token: desk.token,
          name: desk.names.intermediaryName,
        };
    this.send(reply, desk, page, answer, back);
  }

  private leaveOrExplain(reply: FastifyReply, visit: Visit): void {
    const { approval, session } = visit;
    assert(approval.outcome, 'Only a request that has ended is left.');
    const isHoldersOwn = approval.outcome === 'approved' || approval.reason === 'user_cancelled';
    if (!isHoldersOwn) return this.goTo(reply, visit, 'ended');
    giveSession(reply, approval.id, session, true);
    void reply
      .header('cache-control', 'no-store')
      .redirect(this.endings.returnAddress(approval), 303);
  }

  private send(
    reply: FastifyReply,
    desk: Desk,
    page: Page | undefined,
    answer: Extract<Answer, { show: ReactNode }>,
    back: WayBack,
  ): void {
    const { words, approval, names } = desk;
    giveSession(reply, approval.id, desk.visit.session, approval.outcome !== undefined);
    const isOver = approval.outcome !== undefined;
    sendPage(reply, {
      status: answer.status ?? 200,
      language: words.language,
      formTargets: [this.config.publicOrigin, this.config.gatewayOrigin, approval.redirectOrigin],
      retryAfterSeconds: answer.retryAfterSeconds,
      page: (
        <Frame
          words={words}
          title={answer.title}
          isDemo={this.config.mode === 'demo'}
          stylesheets={assets.stylesheets}
          interactionId={approval.interactionId}
          bankName={names.bankName}
          step={stepOf(approval, page)}
          validUntil={
            isOver
              ? undefined
              : timeOfDayForPeople(answer.validUntil ?? approval.expiresAt, words.language)
          }
          here={desk.address(page ?? 'ended')}
          findings={answer.findings}
          back={back}
        >
          {answer.show}
        </Frame>
      ),
    });
  }

  private async deskOf(request: FastifyRequest, visit: Visit): Promise<Desk> {
    const { approval, session } = visit;
    const words = wordsIn(approval.language);
    return {
      visit,
      approval,
      words,
      names: await this.whoIsWho.namesIn(approval, approval.language),
      token: formTokenOf(session),
      request,
      address: (page) => addressOf(approval.id, page),
    };
  }

  private async visitOf(request: FastifyRequest): Promise<Visit> {
    const id = idIn(request);
    const session = sessionOf(request, id);
    const visit = session === undefined ? undefined : await this.flow.resume(id, session);
    if (!visit) throw pageProblem('session_missing');
    return visit;
  }

  private async inTheLanguageAsked(visit: Visit, request: FastifyRequest): Promise<Visit> {
    const { lang } = (request.query ?? {}) as { lang?: unknown };
    const language = LANGUAGES.find((one) => one === lang);
    if (!language || language === visit.approval.language) return visit;
    if (visit.approval.outcome) return { ...visit, approval: { ...visit.approval, language } };
    return { ...visit, approval: await this.flow.speak(visit.approval, language) };
  }
}

function idIn(request: FastifyRequest): string {
  const { id } = request.params as { id?: string };
  if (id === undefined || !isId('apr', id)) throw pageProblem('session_missing');
  return id;
}

const addressOf = (id: string, page: Page | 'cancel' | 'ended'): string => `/approve/${id}/${page}`;
