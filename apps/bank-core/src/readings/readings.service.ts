import { Inject, Injectable } from '@nestjs/common';
import {
  ReadingBook,
  readingEntry,
  readingIds,
  type ReadingChoice,
  type ReadingEntry,
  type ReadingUsed,
} from '#libs/contracts';
import { CivilDate, type Clock } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { choicesOf } from './storage/reading-choice.store.pg.js';

/** An entry of the register as it stands at one institution. */
export interface EntryInForce {
  readonly entry: ReadingEntry;
  readonly used: ReadingUsed;
  /** Choices that come into force later, the next one first. */
  readonly coming: readonly ReadingChoice[];
}

/** By which reading an institution decides, on any day. */
@Injectable()
export class ReadingsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  /** Every choice that was ever approved, for a `ReadingBook`; in the caller's transaction where there is one. */
  async choices(institutionId: number, tx?: Transaction): Promise<ReadingChoice[]> {
    const { bankCode } = await this.institutions.byId(institutionId);
    if (tx) return choicesOf(tx, institutionId, bankCode);
    return this.database.inInstitution(institutionId, (own) =>
      choicesOf(own, institutionId, bankCode),
    );
  }

  /** The readings by which the institution decides on any day: its choices, else the register's own. */
  async book(institutionId: number, tx?: Transaction): Promise<ReadingBook> {
    const { bankCode } = await this.institutions.byId(institutionId);
    return new ReadingBook(bankCode, await this.choices(institutionId, tx));
  }

  /** The register as it holds today, and what is to come. */
  async register(institutionId: number): Promise<EntryInForce[]> {
    const today = CivilDate.inTokyo(await this.clock.now());
    const { bankCode } = await this.institutions.byId(institutionId);
    const choices = await this.choices(institutionId);
    const book = new ReadingBook(bankCode, choices);
    return readingIds.map((id) => ({
      entry: readingEntry(id),
      used: book.on(id, today),
      coming: choices
        .filter((one) => one.entry === id && one.effectiveFrom.isAfter(today))
        .sort((a, b) => a.effectiveFrom.compare(b.effectiveFrom)),
    }));
  }
}
