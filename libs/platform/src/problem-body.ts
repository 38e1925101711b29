import type { Problem } from './problem.js';
import { platformSentences, platformStatuses, type PlatformRefusal } from './platform.refusals.js';
import { Problem as ProblemError } from './problem.js';
import { problemPage } from './problem-pages.js';

export type Language = 'ja' | 'en';

/** Japanese unless English is asked for first. Source: users.md D.6. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = (acceptLanguage ?? '').slice(0, 200).split(',')[0]?.trim().toLowerCase() ?? '';
  return first === 'en' || first.startsWith('en-') || first.startsWith('en;') ? 'en' : 'ja';
}

export const platformProblem = (code: PlatformRefusal): ProblemError =>
  new ProblemError(platformStatuses[code], code, platformSentences[code]);

/**
 * The body of RFC 9457, both languages inside, the asked one as `detail`; nothing of stack, SQL or person. `type` is
 * the code's page below `pages` (users.md D.6).
 */
export function problemBody(
  problem: Problem,
  interactionId: string,
  language: Language,
  pages?: string,
) {
  const { clause, facts, errors, violatedPolicies, retryAfterSeconds } = problem.more;
  const { status } = problem;
  return {
    type: problemPage(pages, problem.code),
    title: problem.code.replaceAll('_', ' '),
    status,
    detail: problem.words[language],
    detail_ja: problem.words.ja,
    detail_en: problem.words.en,
    instance: `urn:uuid:${interactionId}`,
    code: problem.code,
    ...(clause ? { clause } : {}),
    ...(facts ? { facts } : {}),
    // Whoever is told when to come back is told to come back (users.md D.5).
    retryable: status === 503 || status === 429 || retryAfterSeconds !== undefined,
    ...(errors ? { errors } : {}),
    ...(violatedPolicies ? { 'violated-policies': violatedPolicies } : {}),
  };
}
