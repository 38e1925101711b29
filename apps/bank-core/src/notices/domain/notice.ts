import type { Instant } from '#libs/kernel';

/** Something that a holder is told, as the room that brought it about words it. */
export interface NoticeToQueue {
  readonly institutionId: number;
  readonly holderId: string;
  /** A stable name such as `consent_authorised`. */
  readonly kind: string;
  readonly consentId?: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly at: Instant;
  /** Not before; at once without. */
  readonly dueAt?: Instant;
  /** What it tells of, where a holder is told of that once: a second one of its kind is not written. */
  readonly onceKey?: string;
}

/** A mail in the letter box. */
export interface StoredMail {
  readonly messageId: string;
  readonly recipient: string;
  readonly sender: string;
  readonly subject: string;
  readonly body: string;
  readonly arrivedAt: Instant;
}

/** A mail on its way. The Message-ID stays the same however often it is sent. */
export interface Mail {
  readonly institutionId: number;
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}
