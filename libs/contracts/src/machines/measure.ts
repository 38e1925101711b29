import type { Instant } from '#libs/kernel';
import { earliestEffect, noticeArrivedBefore } from '../conditions/notice-arrived-before.js';
import { removesEverything, type RemovedRight } from '../facts/linkage.js';

export type MeasureKind = 'restriction' | 'suspension';

/** What a prior notice announced, and when it arrived. Source: RKN-S4c, RKN-C2b. */
export interface AnnouncedMeasure {
  readonly noticeId: string;
  readonly kind: MeasureKind;
  readonly removed: readonly RemovedRight[];
  /** P.rkn.s4.noticeLead or P.rkn.c2.noticeLead, as it stood when the notice was sent. */
  readonly leadHours: number;
  readonly deliveredAt?: Instant;
}

/** The events that carry a measure have these fields. */
export interface MeasureToAnnounce {
  readonly noticeId: string;
  readonly kind: MeasureKind;
  readonly removed: readonly RemovedRight[];
  readonly leadHours?: number;
}

type About<Event> = { readonly event: Event };

/** What is announced must be a measure at all, and the lead must have been set. */
export const mayBeAnnounced = (clause: 'RKN-S4c' | 'RKN-C2b') =>
  [
    {
      refusal: 'scope_empty',
      clause: 'RKN-D5',
      holds: ({ event }: About<MeasureToAnnounce>) => event.removed.length > 0,
    },
    {
      // A restriction leaves something; what takes everything is a suspension and is called so (I10).
      refusal: 'scope_and_kind_differ',
      clause,
      holds: ({ event }: About<MeasureToAnnounce>) =>
        removesEverything(event.removed) === (event.kind === 'suspension'),
    },
    {
      refusal: 'parameter_unset',
      clause,
      holds: ({ event }: About<MeasureToAnnounce>) => (event.leadHours ?? 0) > 0,
    },
  ] as const;

export const announce = (event: MeasureToAnnounce): AnnouncedMeasure => ({
  noticeId: event.noticeId,
  kind: event.kind,
  removed: event.removed,
  leadHours: event.leadHours ?? 0,
});

/** The end of the lead, as a deadline: the measure may follow once it is over. */
export const leadIsOverAt = (notice: AnnouncedMeasure | undefined, arrivedAt: Instant) =>
  notice && earliestEffect(arrivedAt, notice.leadHours) - 1;

/** The event speaks of the notice that was sent, not of another one. */
export const ofThisNotice = (clause: 'RKN-S4c' | 'RKN-C2b') =>
  ({
    refusal: 'not_as_announced',
    clause,
    holds: ({
      facts,
      event,
    }: {
      readonly facts: { readonly notice?: AnnouncedMeasure };
      readonly event: { readonly noticeId: string };
    }) => facts.notice?.noticeId === event.noticeId,
  }) as const;

/** No effect before the notice has arrived, and none that it did not announce (I1, I2). */
export const mayFollowNotice = (clause: 'RKN-S4c' | 'RKN-C2b') =>
  [
    {
      refusal: 'notice_not_delivered',
      clause,
      holds: ({
        facts,
        now,
      }: {
        readonly facts: { readonly notice?: AnnouncedMeasure };
        readonly now: Instant;
      }) => noticeArrivedBefore(facts.notice?.deliveredAt, now, facts.notice?.leadHours ?? 0),
    },
    ofThisNotice(clause),
  ] as const;

/** The event speaks of the measure that rests on this procedure now. */
export const ofThisMeasure = (clause: 'RKN-S4c' | 'RKN-C2b') =>
  ({
    refusal: 'measure_unknown',
    clause,
    holds: ({
      facts,
      event,
    }: {
      readonly facts: { readonly measureId?: string };
      readonly event: { readonly measureId: string };
    }) => facts.measureId === event.measureId,
  }) as const;
