import { Inject, Injectable } from '@nestjs/common';
import type { ChainEvent, ReviewEvent } from '#libs/contracts';
import { accepted, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database, type IdempotencyRefusal } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import { CLOCK } from '../platform/platform.module.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import type { MeasureRefusal } from './domain/measure.refusals.js';
import { ReviewMatter } from './review-matter.js';

/** What an intermediary answers: its report, its remedy, or that the partner is stopped (RKN-S4a, S4c, C2a). */
export interface Reply {
  readonly institutionId: number;
  readonly epspId: string;
  readonly clientId: string;
  readonly key: string;
  readonly kind: 'improvement_reported' | 'remediation_reported' | 'partner_stopped';
  readonly demandId: string | undefined;
  readonly partnerId: string | undefined;
  readonly text: string;
  readonly evidence: readonly string[];
}

export interface ReplyTaken {
  readonly state: string;
}

/** Takes in what intermediaries report; whether it suffices is judged by people (RKN-S4b). */
@Injectable()
export class RepliesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
  ) {}

  /** Once per key. The refusals are the machine's: another demand, out of order. */
  async take(
    reply: Reply,
  ): Promise<Result<KeptAnswer<ReplyTaken>, Refusal<MeasureRefusal | IdempotencyRefusal>>> {
    const at = await this.clock.now();
    const { institutionId, clientId, key } = reply;
    const call = { institutionId, clientId, route: 'measure-replies', key, content: { ...reply } };
    return this.database.inInstitution(institutionId, (tx) =>
      actOnce(tx, call, async (): Promise<Result<ReplyTaken, Refusal<MeasureRefusal>>> => {
        const { matters } = this.review.desk;
        // The report stands on the event, where the timeline and the second judgement find it.
        const { kind, text, evidence } = reply;
        const event = { type: kind, id: `reply:${key}`, happenedAt: at, text, evidence };
        const told =
          kind === 'partner_stopped'
            ? await matters.tell(
                tx,
                this.chain,
                this.chain.nameOf(institutionId, chainKeyOf(reply.epspId, reply.partnerId ?? '')),
                event as ChainEvent,
                at,
              )
            : await matters.tell(
                tx,
                this.review,
                this.review.nameOf(institutionId, reply.epspId),
                { ...event, demandId: reply.demandId ?? '' } as ReviewEvent,
                at,
              );
        return told.ok ? accepted({ state: told.value.state.name }) : told;
      }),
    );
  }
}
