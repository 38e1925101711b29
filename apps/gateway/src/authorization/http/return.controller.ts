import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { interactionIdOf, type ProblemPresenter } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { FinishInteraction, type ReturnRefusal } from '../finish-interaction.js';
import { errorPage, ERROR_PAGE_POLICY } from './error-page.js';
import { clearedInteractionCookie, interactionKeyOf, resumeCookie } from './interaction-cookie.js';

const PAGES: Readonly<
  Record<ReturnRefusal['code'] | 'interaction_cookie_missing', readonly [number, string]>
> = {
  interaction_cookie_missing: [400, 'This browser did not begin the request.'],
  interaction_unknown: [
    400,
    'The request has expired, was finished before, or its software is gone.',
  ],
  handle_unknown: [400, 'The result is unknown or no longer kept, or belongs to another request.'],
  core_unavailable: [503, 'The bank does not answer at the moment.'],
};

/** Where bank-core sends the browser back to; nothing but a one-time handle travels in the URL. */
@Controller('interactions')
export class ReturnController {
  constructor(
    @Inject(FinishInteraction) private readonly finish: FinishInteraction,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get(':uid/return')
  @RouteConfig({ presentProblem: presentOnPage })
  @ApiExcludeEndpoint()
  async return(
    @Param('uid') uid: string,
    @Query('handle') handle: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Without the cookie the result is not even fetched: somebody else's browser finishes nothing (T-05).
    const { interactionKeys } = this.config.secrets;
    const key = isToken(uid) && interactionKeyOf(interactionKeys, uid, request.headers.cookie);
    if (!key) return showPage(request, reply, 'interaction_cookie_missing');
    if (!isToken(handle)) return showPage(request, reply, 'handle_unknown');
    const finished = await this.finish.finish(uid, key, handle, interactionIdOf(request.raw));
    if (!finished.ok) return showPage(request, reply, finished.refusal.code);
    void reply
      .status(303)
      .header('set-cookie', [clearedInteractionCookie(uid), resumeCookie(key, uid)])
      .header('cache-control', 'no-store')
      .header('location', finished.value)
      .send();
  }
}

const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{16,200}$/.test(value);

function showPage(request: FastifyRequest, reply: FastifyReply, code: keyof typeof PAGES): void {
  const [status, sentence] = PAGES[code];
  sendPage(request, reply, { status, code, sentence });
}

/** Whoever looks at a page is answered by one, also where the endpoint was never reached. */
function presentOnPage(...[problem, request, reply]: Parameters<ProblemPresenter>): void {
  const { headers = {}, retryAfterSeconds } = problem.more;
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  const { status, code, words } = problem;
  sendPage(request, reply, { status, code, sentence: words.en });
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, sentence }: { status: number; code: string; sentence: string },
): void {
  void reply
    .status(status)
    .header('content-security-policy', ERROR_PAGE_POLICY)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      errorPage(
        { error: code, description: sentence, status },
        request.headers['accept-language'] ?? '',
      ),
    );
}
