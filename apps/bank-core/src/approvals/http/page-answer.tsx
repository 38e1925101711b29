import type { ReactElement } from 'react';
import type { FastifyReply } from 'fastify';
import { renderToStaticMarkup } from 'react-dom/server';

interface PageAnswer {
  readonly status: number;
  readonly language: string;
  /** Where a form of this page may lead: browsers check every redirect that follows it. */
  readonly formTargets: readonly string[];
  readonly page: ReactElement;
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * Sends one page. No script, no inline style, no frame (T-06); forms lead to ourselves, to the gateway and to
 * the validated redirect address of the client, since Chrome follows the whole chain (users.md F.2).
 */
export function sendPage(reply: FastifyReply, answer: PageAnswer): void {
  const policy = [
    `default-src 'none'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `form-action ${["'self'", ...answer.formTargets].join(' ')}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ];
  if (answer.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(answer.retryAfterSeconds));
  void reply
    .status(answer.status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-language', answer.language)
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy.join('; '))
    // Under no-referrer a browser would send `Origin: null` with our own forms, which T-05 refuses.
    .header('referrer-policy', 'same-origin')
    .send(`<!DOCTYPE html>${renderToStaticMarkup(answer.page)}`);
}
