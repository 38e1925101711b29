import { beginConsent, stepConsent, type ConsentCode, type StepCode } from '#libs/contracts';
import type { Instant, Refusal, Result } from '#libs/kernel';

export interface GrantFacts {
  readonly askedAt: Instant;
  readonly decideBy: Instant;
  readonly at: Instant;
  readonly wordingHash: string;
  readonly accountIds: readonly string[];
  readonly expiresAt: Instant;
  readonly linkAllowsNew: boolean;
}

/** May the holder's yes become a consent? The machine of libs/contracts answers: asked, then authorised in time. */
export function decideGrant(facts: GrantFacts): Result<unknown, Refusal<ConsentCode | StepCode>> {
  const asked = stepConsent(
    beginConsent('standing', facts.askedAt),
    { type: 'pushed', id: 'asked', happenedAt: facts.askedAt, decideBy: facts.decideBy },
    facts.askedAt,
  );
  if (!asked.ok) return asked;
  return stepConsent(
    asked.value.state,
    {
      type: 'authorised',
      id: 'agreed',
      happenedAt: facts.at,
      wordingHash: facts.wordingHash,
      accounts: facts.accountIds,
      expiresAt: facts.expiresAt,
      linkAllowsNew: facts.linkAllowsNew,
    },
    facts.at,
  );
}
