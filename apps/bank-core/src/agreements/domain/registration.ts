import type { CivilDate, Instant } from '#libs/kernel';

/** One entry of what the authority's register says of an intermediary, as somebody read it there. */
export interface Registration {
  readonly version: number;
  /** As printed, such as 関東財務局長（電代）第n号. */
  readonly registration: string;
  readonly registeredOn: CivilDate;
  readonly revokedOn: CivilDate | undefined;
  readonly source: string;
  /** Undefined for what the installation brought along. */
  readonly enteredBy: string | undefined;
  readonly recordedAt: Instant;
}

/** Since when the registration is gone, as the newest entry says; it stops nothing by itself. */
export const revokedSince = (
  entries: readonly Registration[],
  today: CivilDate,
): CivilDate | undefined => {
  const revokedOn = entries.at(-1)?.revokedOn;
  return revokedOn === undefined || revokedOn.isAfter(today) ? undefined : revokedOn;
};
