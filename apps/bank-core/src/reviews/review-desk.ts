import { Inject, Injectable } from '@nestjs/common';
import { type ReviewEvent, type ReviewState } from '#libs/contracts';
import { assert, CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { ReviewMatter } from '../measures/index.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';

/** An event for the review's machine, as this room tells it. */
type Draft<Event> = Event extends ReviewEvent ? Omit<Event, 'happenedAt'> : never;
export type ReviewTelling = Draft<ReviewEvent> & Readonly<Record<string, unknown>>;

/** Work in one transaction, at one instant, with a way to note it in the record. */
type FederationWork<Value> = (
  tx: Transaction,
  at: Instant,
  note: (kind: string, content: object) => Promise<void>,
) => Promise<Value>;
type RecordEntry = Parameters<RecordsService['append']>[1];

/** What every part of this room needs: time, the database, the machine's keeper, who is covered, the record. */
@Injectable()
export class ReviewDesk {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(InstitutionsService) readonly institutions: InstitutionsService,
    @Inject(AgreementsService) readonly agreements: AgreementsService,
    @Inject(ReviewMatter) readonly review: ReviewMatter,
    @Inject(RecordsService) readonly records: RecordsService,
  ) {}

  /** Tells the machine of one institution and one intermediary; what it refuses changes nothing. */
  tell(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    telling: ReviewTelling,
    at: Instant,
  ) {
    const name = this.review.nameOf(institutionId, epspId);
    const event = { ...telling, happenedAt: at } as ReviewEvent;
    return this.review.desk.matters.tell(tx, this.review, name, event, at);
  }

  /** What the machine would say, without anything being stored. */
  wouldSay(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    telling: ReviewTelling,
    at: Instant,
  ) {
    const name = this.review.nameOf(institutionId, epspId);
    const event = { ...telling, happenedAt: at } as ReviewEvent;
    return this.review.desk.matters.wouldSay(tx, this.review, name, event, at);
  }

  state(tx: Transaction, institutionId: number, epspId: string, at: Instant): Promise<ReviewState> {
    const name = this.review.nameOf(institutionId, epspId);
    return this.review.desk.matters.state(tx, this.review, name, at);
  }

  /** The institutions that an agreement in force covers today, by id (RKN-0.2). */
  async coveredBy(epspId: string): Promise<number[]> {
    const today = CivilDate.inTokyo(await this.clock.now());
    const coverages = await this.agreements.coverages(today);
    return coverages.flatMap(({ intermediaryId, institutionId }) =>
      intermediaryId === epspId ? [institutionId] : [],
    );
  }

  /** What an intermediary does concerns the federation as one party, which keeps the record of it. */
  asParty<Value>(
    { epspId, clientId, interactionId }: InternalCaller,
    work: FederationWork<Value>,
  ): Promise<Value> {
    return this.inFederation({ epspId, clientId, interactionId }, work);
  }

  /** In the federation's part of the database, with its record; `about` stands in every line. */
  async inFederation<Value>(
    about: Pick<RecordEntry, 'epspId' | 'clientId' | 'interactionId'>,
    work: FederationWork<Value>,
  ): Promise<Value> {
    const at = await this.clock.now();
    const federation = (await this.institutions.all()).find(({ kind }) => kind === 'federation');
    assert(federation, 'The federation is one of the institutions.');
    const line = { ...about, institutionId: federation.id, happenedAt: at };
    return this.database.inInstitution(federation.id, (tx) =>
      work(tx, at, (kind, content) => this.records.append(tx, { ...line, kind, content })),
    );
  }
}
