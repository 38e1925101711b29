import { CivilDate, type Instant, type Words } from '#libs/kernel';
import type { ClauseId } from '../clause.js';
import { earliestEffect } from '../conditions/notice-arrived-before.js';
import type { AnnouncedMeasure } from '../machines/measure.js';
import type { ReadingBook, ReadingId } from '../readings.js';
import { DecisionDraft, type Decision, type Duty } from './decision.js';

/** One step on the way to a measure: the clause, whether it was taken, and the words for either. */
export interface MeasureStep {
  readonly clause: ClauseId;
  readonly isMet: boolean;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly met: Words;
  readonly unmet: Words;
  /** What is left to do where this step is the one that is missing. */
  readonly duty: Duty;
}

/** May the measure be committed now? If not, which step is missing, and from when it is possible. */
export type MeasureOutcome =
  | { readonly may: true; readonly kind: AnnouncedMeasure['kind'] }
  | { readonly may: false; readonly code: string; readonly clause: ClauseId };

/** The readings printed on every decision about a measure. */
export const MEASURE_READINGS: readonly ReadingId[] = ['INT-11', 'INT-12', 'INT-13', 'INT-17'];

/**
 * Puts the steps into one decision: the first that is missing is the answer, those after it are not
 * judged, and what is left to do stands in the duties. Source: RKN-S4a–c, RKN-C2a–c.
 */
export function decideMeasure(
  steps: readonly MeasureStep[],
  notice: AnnouncedMeasure | undefined,
  context: {
    readonly institution: string;
    readonly now: Instant;
    readonly input: unknown;
    readonly readings: ReadingBook;
    readonly alsoReads: readonly ReadingId[];
  },
): Decision<MeasureOutcome> {
  const asOf = CivilDate.inTokyo(context.now);
  const draft = new DecisionDraft({
    institution: context.institution,
    asOf,
    input: { facts: context.input, now: context.now },
  });
  draft.reads(
    ...[...MEASURE_READINGS, ...context.alsoReads].map((id) => context.readings.on(id, asOf)),
  );
  for (const step of steps) {
    draft.step({
      clause: step.clause,
      effect: step.isMet ? 'applies' : 'not_met',
      facts: Object.entries(step.facts)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, value, evidence: [] })),
      reason: step.isMet ? step.met : step.unmet,
    });
    if (!step.isMet) {
      draft.leaves(step.duty);
      return draft.decided({ may: false, code: step.code, clause: step.clause });
    }
  }
  return draft.decided({ may: true, kind: notice?.kind ?? 'restriction' });
}

/** The step that RKN-S4c and RKN-C2b share: a notice that arrived, and its lead. */
export function noticeStep(
  clause: 'RKN-S4c' | 'RKN-C2b',
  notice: AnnouncedMeasure | undefined,
  isMet: boolean,
): MeasureStep {
  const due =
    notice?.deliveredAt === undefined
      ? {}
      : { due: earliestEffect(notice.deliveredAt, notice.leadHours) };
  return {
    clause,
    isMet,
    code: 'notice_not_delivered',
    facts: {
      measureNoticeArrivedAt: notice?.deliveredAt,
      noticeLeadHours: notice?.leadHours,
    },
    met: {
      ja: '通知は届き、予告の時間を経ている。',
      en: 'The notice arrived, and its lead is over.',
    },
    unmet: {
      ja: '通知が届いていないか、予告の時間を経ていない。',
      en: 'The notice has not arrived, or its lead is not over.',
    },
    duty: {
      who: 'institution',
      what: {
        ja: '通知を届け、予告の時間を待つ。',
        en: 'Deliver the notice and wait for its lead.',
      },
      ...due,
      clause,
    },
  };
}
