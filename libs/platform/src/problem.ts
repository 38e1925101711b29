import type { Refusal, RefusalSentences, Words } from '#libs/kernel';

export type { RefusalSentences };

export interface ProblemFinding {
  /** RFC 6901 pointer into the body, or the name of the parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemMore {
  readonly clause?: string | undefined;
  /** Public facts only: a stranger may see every one of them. */
  readonly facts?: Refusal['facts'];
  readonly errors?: readonly ProblemFinding[];
  readonly retryAfterSeconds?: number;
  /** Names of the quotas that were broken, as `RateLimit-Policy` lists them (draft 11 section 5). */
  readonly violatedPolicies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way out: RFC 9457 with a stable code, the clause, and a sentence in both languages. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: Words,
    readonly more: ProblemMore = {},
  ) {
    super(code);
  }
}

/**
 * Turns a room's refusal into a problem through its two tables, which TypeScript proves exhaustive. A fact
 * `retryAfterSeconds` becomes the header as well.
 */
export function problemOf<Code extends string>(
  refusal: Refusal<Code>,
  statuses: Readonly<Record<Code, number>>,
  sentences: RefusalSentences<Code>,
): Problem {
  const words = sentences[refusal.code];
  const seconds = refusal.facts?.['retryAfterSeconds'];
  return new Problem(statuses[refusal.code], refusal.code, words, {
    clause: refusal.clause ?? words.clause,
    facts: refusal.facts,
    ...(typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}),
  });
}
