import { article13, type ClauseId } from '#libs/contracts';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { PaperRefusal } from './paper.refusals.js';

/** What a holder may ask for on paper alone, by the clause that says so. */
export const PAPER_CLAUSES = {
  limit_raise: 'SM-10.3d',
  termination: 'SM-11.1',
  service_account_change: 'SM-12.2a',
} as const satisfies Readonly<Record<string, ClauseId>>;

export type PaperKind = keyof typeof PAPER_CLAUSES;
export const PAPER_KINDS = Object.keys(PAPER_CLAUSES) as PaperKind[];

export interface SealCheck {
  /** Who compared it. */
  readonly by: string;
  readonly at: Instant;
  readonly matched: boolean;
}

/** One paper with its seal check. */
export interface PaperEntry {
  readonly id: string;
  readonly kind: PaperKind;
  readonly holderId: string;
  /** The number printed on the form. */
  readonly formReference: string;
  readonly receivedAt: Instant;
  readonly sealCheck: SealCheck;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
}

/**
 * A paper is taken with its seal check or not at all. Refuses with `seal_check_missing`, naming the clause that asks
 * for paper, and with `fact_malformed` where something bears a time that has not come. Source: SM-13.5.
 */
export function checkPaper(
  paper: Pick<PaperEntry, 'kind' | 'receivedAt'> & { readonly sealCheck?: SealCheck | undefined },
  now: Instant,
): Result<SealCheck, Refusal<PaperRefusal>> {
  const { sealCheck } = paper;
  const verdict = article13.clause('SM-13.5').apply({ sealCheckedBy: sealCheck?.by });
  const facts = { asksForPaper: PAPER_CLAUSES[paper.kind] };
  if (verdict === 'seal_check_missing' || !sealCheck)
    return refused('seal_check_missing', { clause: 'SM-13.5', facts });
  const malformed = [
    ...(paper.receivedAt > now ? ['receivedAt'] : []),
    ...(sealCheck.at > now || sealCheck.at < paper.receivedAt ? ['sealCheck.at'] : []),
  ];
  return malformed.length > 0
    ? refused('fact_malformed', { clause: 'SM-13.5', facts: { malformed } })
    : accepted(sealCheck);
}
