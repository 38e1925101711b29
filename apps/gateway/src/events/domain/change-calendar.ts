import type { CivilDate, Words } from '#libs/kernel';

export type ApiChangeKind = 'addition' | 'change' | 'deprecation' | 'removal';

/** One change of what intermediaries see: announced on a day, in force from another. */
export interface ApiChange {
  /** Stable, `YYYY-MM-name`. */
  readonly id: string;
  readonly kind: ApiChangeKind;
  readonly announcedOn: CivilDate;
  readonly effectiveOn: CivilDate;
  /** operationIds, claims or algorithms that it touches. */
  readonly affects: readonly string[];
  readonly words: Words;
}

/**
 * Days between announcement and effect, at least (users.md D.6, B 5): what breaks nobody may come at once,
 * what somebody has to act on comes with time, and a part that is retired is announced a year before.
 */
export const NOTICE_DAYS_MIN: Readonly<Record<ApiChangeKind, number>> = {
  addition: 0,
  change: 90,
  deprecation: 0,
  removal: 365,
};

export const noticeDays = ({ announcedOn, effectiveOn }: ApiChange): number =>
  (effectiveOn.startsAt() - announcedOn.startsAt()) / 86_400_000;

/** Announced by `today`, the next to come into force first. */
export const announcedBy = (calendar: readonly ApiChange[], today: CivilDate): ApiChange[] =>
  calendar
    .filter(({ announcedOn }) => announcedOn.startsAt() <= today.startsAt())
    .sort((a, b) => a.effectiveOn.startsAt() - b.effectiveOn.startsAt());
