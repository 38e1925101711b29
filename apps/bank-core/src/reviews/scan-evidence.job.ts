import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { EVIDENCE_SCANNER, type EvidenceScanner } from './evidence-scanner.js';
import { ReviewDesk } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';

const LOOK_EVERY_MS = 15_000;
const AT_ONCE = 50;

/** Has every file in quarantine scanned, where there is a scanner; without one they wait for two people (T-25). */
@Injectable()
export class ScanEvidence {
  private readonly log = new Logger('Evidence');

  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
    @Inject(EVIDENCE_SCANNER) private readonly scanner: EvidenceScanner | undefined,
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, {
      name: 'evidence',
      channel: 'renkei_evidence',
      run: () => this.scanAll(),
    });
  }

  /** One that cannot be scanned is left in quarantine and does not keep the others waiting. */
  async scanAll(scanner = this.scanner): Promise<void> {
    if (!scanner) return;
    let after = '';
    for (;;) {
      const waiting = await this.desk.database.transaction((tx) =>
        this.store.waiting(tx, after, AT_ONCE),
      );
      for (const id of waiting) await this.scanOne(scanner, id);
      const last = waiting.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  private async scanOne(scanner: EvidenceScanner, id: string): Promise<void> {
    const bytes = await this.desk.database.transaction((tx) => this.store.bytes(tx, id));
    if (!bytes) return;
    try {
      const { state, says } = await scanner.scan(bytes);
      const at = await this.desk.clock.now();
      await this.desk.database.transaction((tx) => this.store.judge(tx, id, state, says, at));
      if (state === 'infected') this.log.warn(`${id} was found infected and stays closed.`);
    } catch (error) {
      this.log.warn(`${id} stays in quarantine: ${error instanceof Error ? error.message : ''}`);
    }
  }
}
