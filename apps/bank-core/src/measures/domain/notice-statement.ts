import { leadIsOverAt, type AnnouncedMeasure } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** 弁明・意見: what an intermediary says to a prior notice, in its own words. It moves nothing: people read it. */
export interface NoticeStatement {
  readonly id: string;
  readonly noticeId: string;
  readonly epspId: string;
  readonly partnerId: string | undefined;
  /** On which the announced measure would rest. */
  readonly clause: string;
  readonly text: string;
  readonly evidence: readonly string[];
  readonly receivedAt: Instant;
}

/** The last instant at which it is taken: while the measure cannot take effect yet. Undefined before the arrival. */
export const statementUntil = (notice: AnnouncedMeasure): Instant | undefined =>
  notice.deliveredAt === undefined ? undefined : leadIsOverAt(notice, notice.deliveredAt);
