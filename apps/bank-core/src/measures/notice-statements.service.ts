import { Inject, Injectable } from '@nestjs/common';
import type { AnnouncedMeasure } from '#libs/contracts';
import {
  accepted,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type IdempotencyRefusal, type Transaction } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import type { MeasureRefusal } from './domain/measure.refusals.js';
import { statementUntil, type NoticeStatement } from './domain/notice-statement.js';
import { LettersService } from './letters.service.js';
import { ReviewMatter } from './review-matter.js';
import { NoticeStatementStore } from './storage/notice-statement.store.pg.js';

export interface Statement {
  readonly text: string;
  readonly evidence: readonly string[];
}

export interface StatementTaken {
  readonly statementId: string;
  readonly receivedAt: Instant;
}

type Taken = Promise<
  Result<KeptAnswer<StatementTaken>, Refusal<MeasureRefusal | IdempotencyRefusal>>
>;

const STATEMENTS_MAX = 20;

/** 弁明・意見: an intermediary's own words to a prior notice, taken until its lead is over; they move no machine. */
@Injectable()
export class NoticeStatements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
    @Inject(NoticeStatementStore) private readonly store: NoticeStatementStore,
  ) {}

  /**
   * Once per key. Another's notice is as unknown as none (T-20); of one that is over, or after its lead, it refuses
   * with `event_out_of_order` and `event_late`. Source: RKN-S4c, RKN-C2b.
   */
  async take(
    caller: InternalCaller,
    key: string,
    noticeId: string,
    { text, evidence }: Statement,
  ): Taken {
    const { epspId, clientId } = caller;
    const letter = await this.letters.carryingAnywhere(epspId, noticeId);
    if (!letter) return refused('letter_unknown');
    const { institutionId, chainPartnerId: partnerId } = letter;
    const at = await this.clock.now();
    const call = {
      ...{ institutionId, clientId, route: `notices/${noticeId}/statements`, key },
      content: { text, evidence },
    };
    return this.database.inInstitution(institutionId, (tx) =>
      actOnce(tx, call, async () => {
        const { notice, clause } = await this.standing(tx, institutionId, epspId, partnerId, at);
        if (notice?.noticeId !== noticeId) return refused('event_out_of_order', { clause });
        if (at > (statementUntil(notice) ?? at)) return refused('event_late', { clause });
        if ((await this.store.onNotice(tx, noticeId)).length >= STATEMENTS_MAX)
          return refused('statements_exhausted');
        const id = newId('stm', at);
        const said = { id, noticeId, epspId, partnerId, clause, text, evidence, receivedAt: at };
        await this.store.insert(tx, said, clientId);
        await this.note(tx, institutionId, said, caller);
        return accepted({ statementId: id, receivedAt: at });
      }),
    );
  }

  /** The notice that waits for its measure; none once the measure is in force or was given up. */
  private async standing(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    partnerId: string | undefined,
    at: Instant,
  ): Promise<{ notice: AnnouncedMeasure | undefined; clause: 'RKN-S4c' | 'RKN-C2b' }> {
    const { matters } = this.review.desk;
    if (partnerId === undefined) {
      const name = this.review.nameOf(institutionId, epspId);
      const state = await matters.state(tx, this.review, name, at);
      const notice = state.name === 'NOTICE_SENT' ? state.facts.notice : undefined;
      return { notice, clause: 'RKN-S4c' };
    }
    const name = this.chain.nameOf(institutionId, chainKeyOf(epspId, partnerId));
    const state = await matters.state(tx, this.chain, name, at);
    return { notice: state.name === 'NOTICED' ? state.facts.notice : undefined, clause: 'RKN-C2b' };
  }

  private note(
    tx: Transaction,
    institutionId: number,
    { receivedAt, epspId, partnerId, ...said }: NoticeStatement,
    { clientId, interactionId }: InternalCaller,
  ): Promise<void> {
    return this.records.append(tx, {
      ...{ institutionId, happenedAt: receivedAt, kind: 'notice_statement_received' },
      ...{ epspId, chainPartnerId: partnerId, clientId, interactionId, content: said },
    });
  }
}
