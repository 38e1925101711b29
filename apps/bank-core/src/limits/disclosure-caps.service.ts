import { Injectable } from '@nestjs/common';
import { accepted, CivilDate, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import {
  mayDisclose,
  type CountedAsker,
  type DisclosureQuestion,
} from './domain/disclosure-cap.js';
import type { DisclosureRefusal } from './domain/disclosure.refusals.js';
import { countAnswer, lockUse, type DisclosureKey } from './storage/disclosure.store.pg.js';

export interface DisclosureAsked {
  readonly institutionId: number;
  readonly question: DisclosureQuestion;
  readonly epspId: string;
  /** Where the question rests on one; a question without a user has none. */
  readonly consentId?: string | undefined;
  readonly at: Instant;
}

/** Counts and caps what could be harvested one harmless answer at a time (T-15). */
@Injectable()
export class DisclosureCaps {
  /**
   * Asks `isHit` only while the day's caps allow one more answer, and counts it in the same transaction.
   * Refuses with `quota_exceeded`; a refused question is not asked and not counted.
   */
  async ask(
    tx: Transaction,
    asked: DisclosureAsked,
    isHit: () => Promise<boolean>,
  ): Promise<Result<boolean, Refusal<DisclosureRefusal>>> {
    const { institutionId, question, epspId, consentId, at } = asked;
    const on = CivilDate.inTokyo(at);
    const key = (subject: string): DisclosureKey => ({ institutionId, on, question, subject });
    const subjects: readonly (readonly [CountedAsker['basis'], DisclosureKey])[] = [
      ...(consentId === undefined ? [] : [['consent', key(consentId)] as const]),
      ['intermediary', key(epspId)] as const,
    ];
    const askers: CountedAsker[] = [];
    for (const [basis, one] of subjects) askers.push({ basis, ...(await lockUse(tx, one)) });
    const allowed = mayDisclose(question, askers, on, at);
    if (!allowed.ok) return allowed;
    const hit = await isHit();
    for (const [, one] of subjects) await countAnswer(tx, one, !hit);
    return accepted(hit);
  }
}
