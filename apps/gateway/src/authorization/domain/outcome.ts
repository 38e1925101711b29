import type { ApprovalResult } from '../../bank/index.js';

export type OutcomeError = {
  readonly error: 'access_denied';
  readonly error_description: string;
};

const DESCRIPTIONS = {
  refused: 'user_cancelled: the holder refused',
  expired: 'approval_expired: the holder did not decide in time',
  stopped: 'linkage_suspended: the linkage was suspended before the holder decided',
} as const;

/**
 * What the client is told when the holder did not approve. Why a holder could not is nobody's business
 * (T-29): only the outcome travels, never bank-core's reason, save a refusal's own code.
 */
export function outcomeError(
  outcome: ApprovalResult['outcome'],
  reason: string | null,
): OutcomeError | undefined {
  if (outcome === 'approved') return undefined;
  const isCode = reason !== null && /^[a-z][a-z_]{2,39}$/.test(reason);
  const isLinkCode = isCode && reason.startsWith('linkage_');
  const description =
    outcome === 'stopped' && isLinkCode
      ? DESCRIPTIONS.stopped.replace('linkage_suspended', reason)
      : DESCRIPTIONS[outcome];
  return { error: 'access_denied', error_description: description };
}
