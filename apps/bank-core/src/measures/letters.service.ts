import { Inject, Injectable } from '@nestjs/common';
import type { ChainEvent, ReviewEvent, StepResult } from '#libs/contracts';
import {
  accepted,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { DocumentsService, type SealedDocument } from '../documents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ChainMatter } from './chain-matter.js';
import { ARRIVALS, isAwaited, type Arrival, type Letter } from './domain/letter.js';
import type { MeasureRefusal } from './domain/measure.refusals.js';
import { ReviewMatter } from './review-matter.js';
import { LetterStore } from './storage/letter.store.pg.js';

type Refused = Refusal<MeasureRefusal>;

/** Letters to intermediaries, and the proof that they arrived: the periods of RKN-S4 and RKN-C2 run from there. */
@Injectable()
export class LettersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(LetterStore) private readonly store: LetterStore,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
  ) {}

  list(
    institutionId: number,
    epspId: string,
    page: { before?: string | undefined; limit: number },
  ): Promise<Letter[]> {
    return this.database.inInstitution(institutionId, (tx) => this.store.list(tx, epspId, page));
  }

  /** An intermediary's letters of every institution, newest first. */
  async ofIntermediary(
    epspId: string,
    page: { before?: string | undefined; limit: number },
  ): Promise<Letter[]> {
    const all = await this.institutions.all();
    const found = await Promise.all(all.map(({ id }) => this.list(id, epspId, page)));
    return found
      .flat()
      .sort((one, other) => (one.documentId < other.documentId ? 1 : -1))
      .slice(0, page.limit);
  }

  /** The letter of this institution that carries a demand, request or notice to an intermediary. */
  carrying(institutionId: number, epspId: string, about: string): Promise<Letter | undefined> {
    return this.database.inInstitution(institutionId, (tx) =>
      this.store.carrying(tx, epspId, about),
    );
  }

  /** The same, whichever institution sent it; of what another intermediary was sent nothing is known. */
  async carryingAnywhere(epspId: string, about: string): Promise<Letter | undefined> {
    for (const { id } of await this.institutions.all()) {
      const letter = await this.carrying(id, epspId, about);
      if (letter) return letter;
    }
    return undefined;
  }

  /** The document of one letter; looking at it by the bank's own people proves nothing. */
  read(
    institutionId: number,
    epspId: string,
    documentId: string,
  ): Promise<Result<SealedDocument, Refused>> {
    return this.database.inInstitution(institutionId, async (tx) => {
      const letter = await this.store.lock(tx, epspId, documentId);
      return letter ? this.sealed(tx, documentId) : refused('letter_unknown');
    });
  }

  /** The intermediary takes its letter: that is the arrival, the first time (RKN-S4a, RKN-S4c, RKN-C2a). */
  async fetch(
    epspId: string,
    documentId: string,
    by: { readonly clientId: string; readonly interactionId: string },
  ): Promise<Result<SealedDocument, Refused>> {
    for (const { id } of await this.institutions.all()) {
      const sealed = await this.database.inInstitution(id, async (tx) => {
        const letter = await this.store.lock(tx, epspId, documentId);
        if (!letter) return undefined;
        const arrivedAt = Math.max(await this.clock.now(), letter.sentAt);
        const evidence = [`interaction:${by.interactionId}`, `client:${by.clientId}`];
        const arrival = { arrivedAt, proof: 'fetched', evidence, recordedBy: undefined } as const;
        if (!letter.arrival) await this.arrive(tx, letter, arrival, arrivedAt);
        return this.sealed(tx, documentId);
      });
      if (sealed) return sealed;
    }
    return refused('letter_unknown');
  }

  /** An officer records how a letter was delivered, with the evidence for it; never in the future. */
  async recordArrival(
    institutionId: number,
    epspId: string,
    documentId: string,
    arrival: Omit<Arrival, 'proof'>,
  ): Promise<Result<Letter, Refused>> {
    const now = await this.clock.now();
    return this.database.inInstitution(
      institutionId,
      async (tx): Promise<Result<Letter, Refused>> => {
        const letter = await this.store.lock(tx, epspId, documentId);
        if (!letter) return refused('letter_unknown');
        const clause = letter.clause;
        if (letter.arrival) return refused('event_repeated', { clause });
        if (arrival.arrivedAt > now) return refused('event_ahead_of_clock', { clause });
        if (arrival.arrivedAt < letter.sentAt) return refused('arrived_before_sent', { clause });
        if (!arrival.evidence.some((id) => id.trim() !== ''))
          return refused('evidence_required', { clause });
        const recorded = { ...arrival, proof: 'recorded' } as const;
        await this.arrive(tx, letter, recorded, now);
        return accepted({ ...letter, arrival: recorded });
      },
    );
  }

  private async arrive(
    tx: Transaction,
    letter: Letter,
    arrival: Arrival,
    at: Instant,
  ): Promise<void> {
    const { institutionId, documentId, epspId, chainPartnerId, notice, about } = letter;
    await this.store.arrived(tx, documentId, arrival);
    if (isAwaited(notice) && about !== undefined) await this.tell(tx, letter, arrival, at);
    await this.records.append(tx, {
      institutionId,
      happenedAt: arrival.arrivedAt,
      kind: 'letter_arrived',
      epspId,
      chainPartnerId,
      content: { documentId, notice, about, clause: letter.clause, ...arrival },
    });
  }

  /** The machine that waits for it; one that no longer waits has been closed meanwhile, and that stands. */
  private tell(
    tx: Transaction,
    { institutionId, documentId, machine, key, notice, about }: Letter,
    { arrivedAt }: Arrival,
    at: Instant,
  ): Promise<StepResult<string, object, string>> {
    const { type, field } = ARRIVALS[notice as keyof typeof ARRIVALS];
    const event = { type, id: `arrival:${documentId}`, happenedAt: arrivedAt, [field]: about };
    const { matters } = this.review.desk;
    if (machine === this.review.machine.name) {
      const name = this.review.nameOf(institutionId, key);
      return matters.tell(tx, this.review, name, event as unknown as ReviewEvent, at);
    }
    const name = this.chain.nameOf(institutionId, key);
    return matters.tell(tx, this.chain, name, event as unknown as ChainEvent, at);
  }

  private async sealed(
    tx: Transaction,
    documentId: string,
  ): Promise<Result<SealedDocument, Refused>> {
    const found = await this.documents.find(tx, documentId);
    return found.ok ? found : refused('letter_unknown');
  }
}
