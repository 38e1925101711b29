import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import { CivilDate, type Instant } from '#libs/kernel';
import { enterInstitution, type Transaction } from '#libs/platform';
import { Jobs } from '../platform/jobs.js';
import type { EvidenceFile } from './domain/evidence.js';
import { isTermOver, keptThrough, type KeptThrough } from './domain/retention.js';
import { EvidenceUses } from './evidence-uses.service.js';
import { ReviewDesk } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { RetentionStore } from './storage/retention.store.pg.js';

const LOOK_EVERY_MS = 6 * 60 * 60 * 1_000;
const AT_ONCE = 100;
const TERM = { years: rknParameters.evidenceRetention };

/**
 * Erases the bytes of evidence that no institution keeps any more: each has its own term since its last use, and
 * where anything that names the file is open it is kept for all. Hash, name and the record of it remain (RKN-S2).
 */
@Injectable()
export class EraseEvidence {
  private readonly log = new Logger('Evidence');

  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(EvidenceStore) private readonly evidence: EvidenceStore,
    @Inject(RetentionStore) private readonly store: RetentionStore,
    @Inject(EvidenceUses) private readonly uses: EvidenceUses,
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, { name: 'evidence-retention', run: () => this.eraseDue() });
  }

  /** Each file in a transaction of its own; whoever dies in between has erased whole files alone. */
  async eraseDue(): Promise<void> {
    const at = await this.desk.clock.now();
    const today = CivilDate.inTokyo(at);
    const federationId = await this.uses.federationId();
    // The federation keeps every file from the day on which it came: before the end of its term none goes.
    const term = await this.desk.institutions.read(federationId, TERM, today);
    if (!term.ok) return;
    const before = today.plusMonths(-12 * term.value.years).startsAt();
    let after = '';
    for (;;) {
      const found = await this.desk.database.transaction((tx) =>
        this.store.candidates(tx, before, after, AT_ONCE),
      );
      for (const id of found)
        await this.eraseOne(id, at).catch((error: unknown) => {
          this.log.error(
            `${id} could not be erased: ${error instanceof Error ? error.message : ''}`,
          );
        });
      const last = found.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  private async eraseOne(id: string, at: Instant): Promise<void> {
    const federationId = await this.uses.federationId();
    await this.desk.database.inInstitution(federationId, async (tx) => {
      if (!(await this.store.lock(tx, id))) return;
      const file = await this.evidence.find(tx, id);
      if (!file) return;
      const uses = await this.uses.of(tx, file, at);
      const today = CivilDate.inTokyo(at);
      const yearsOf = await this.yearsOf(tx, uses, today);
      const terms = keptThrough(uses, yearsOf);
      if (!terms || !isTermOver(terms, today)) return;
      await this.store.erase(tx, id, at);
      for (const term of terms) await this.record(tx, file, term, at);
      this.log.log(`${id} was erased: its term is over.`);
    });
  }

  /** The years in force today; an institution without a value is not among them, and keeps what it has. */
  private async yearsOf(
    tx: Transaction,
    uses: readonly { readonly institutionId: number }[],
    today: CivilDate,
  ): Promise<ReadonlyMap<number, number>> {
    const found = new Map<number, number>();
    for (const id of new Set(uses.map(({ institutionId }) => institutionId))) {
      const value = await this.desk.institutions.read(id, TERM, today, tx);
      if (value.ok) found.set(id, value.value.years);
    }
    return found;
  }

  /** At each institution that kept it, in the transaction that erases it (SM-3.5). */
  private async record(
    tx: Transaction,
    { id, sha256, epspId }: EvidenceFile,
    { institutionId, lastDay }: KeptThrough,
    at: Instant,
  ): Promise<void> {
    await enterInstitution(tx, institutionId);
    await this.desk.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'evidence_erased',
      epspId,
      content: { evidenceId: id, sha256, keptThrough: lastDay.toString(), clause: 'RKN-S2' },
    });
  }
}
