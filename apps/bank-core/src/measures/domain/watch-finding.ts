import type { Instant } from '#libs/kernel';

/** What the watch found at an institution, from when on it was found to when it was found no longer. */
export interface WatchFinding {
  readonly institutionId: number;
  readonly id: string;
  readonly rule: string;
  readonly clause: string;
  /** The step that people may propose next. */
  readonly proposes: string;
  readonly epspId: string;
  readonly partnerId: string | undefined;
  readonly facts: object;
  /** When what it is about came to be; where nobody knows, when it was found. */
  readonly since: Instant;
  readonly foundAt: Instant;
  readonly goneAt: Instant | undefined;
  readonly answer: FindingAnswer | undefined;
}

/** An officer has looked: he takes note, or has made a proposal of it. */
export interface FindingAnswer {
  readonly by: string;
  readonly at: Instant;
  readonly note: string | undefined;
  readonly proposalId: string | undefined;
}

/** The same finding, as long as it lasts: its rule, at one institution, about one party. */
export const findingKey = (of: Pick<WatchFinding, 'rule' | 'epspId' | 'partnerId'>): string =>
  `${of.rule} ${of.epspId} ${of.partnerId ?? ''}`;
