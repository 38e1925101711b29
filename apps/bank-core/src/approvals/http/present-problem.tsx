import type { FastifyReply, FastifyRequest } from 'fastify';
import { interactionIdOf, languageOf, type Problem } from '#libs/platform';
import { wordsIn } from '#libs/ui';
import { assets } from './assets/assets.js';
import { sendPage } from './page-answer.js';
import { ErrorPage } from './pages/error-page.js';
import { Frame, type WayBack } from './pages/frame.js';

const RESUMABLE = /^\/approve\/(apr_[0-9a-hjkmnp-tv-z]{26})(?:\/|\?|$)/;

/** Who meets these may have finished a moment ago: nothing is claimed about the outcome. */
const AFTERWARDS = new Set(['session_missing', 'handle_used']);

/** The server says once, at its start, whether its people are fictitious. */
export const DEMO_MARK = 'renkeiShowsDemo';

const isDemo = (request: FastifyRequest): boolean =>
  (request.server as unknown as Record<string, unknown>)[DEMO_MARK] === true;

/**
 * A problem on the way to a page, shown as a page in the reader's language, never as JSON. Nothing of the
 * request is known here but its address: the way back leads through the page that stands next in it.
 */
export function presentProblemAsPage(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const language = languageOf(request.headers['accept-language']);
  const words = wordsIn(language);
  const [, approvalId] = RESUMABLE.exec(request.url) ?? [];
  const canResume = approvalId !== undefined && problem.code !== 'session_missing';
  const back: WayBack | undefined = canResume
    ? { kind: 'link', href: `/approve/${approvalId}/ended`, label: words('page.backUnnamed') }
    : undefined;
  sendPage(reply, {
    status: problem.status,
    language,
    formTargets: [],
    retryAfterSeconds: problem.more.retryAfterSeconds,
    page: (
      <Frame
        words={words}
        title={words('error.title')}
        isDemo={isDemo(request)}
        stylesheets={assets.stylesheets}
        interactionId={interactionIdOf(request.raw)}
        back={back}
      >
        <ErrorPage
          words={words}
          code={problem.code}
          sentence={problem.words[language]}
          outcomeIsOpen={problem.status >= 500 || AFTERWARDS.has(problem.code)}
        />
      </Frame>
    ),
  });
}
