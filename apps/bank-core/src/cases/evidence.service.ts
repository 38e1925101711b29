import { Inject, Injectable } from '@nestjs/common';
import { article13, smParameters, whichFactors } from '#libs/contracts';
import { accepted, CivilDate, refused, type Tri } from '#libs/kernel';
import type { LossCase } from '#libs/liability';
import { InstitutionsService } from '../institutions/index.js';
import { RecordsService } from '../records/index.js';
import { CaseBook, type Told } from './case-book.service.js';
import { evidencePack, type EvidencePack } from './domain/evidence-pack.js';
import { insertNote, type CaseName } from './storage/case.store.pg.js';

/** What the machine record proves, and the findings on exclusions that rest on it. Source: SM-13, SM-3.5. */
@Injectable()
export class EvidenceService {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  /** The pack for any request that the record knows; `case_unknown` where it says nothing of it (SM-13.1a/a). */
  async pack(institutionId: number, transferId: string): Promise<Told<EvidencePack>> {
    return this.book.inside(institutionId, async (tx, at) => {
      const kept = await this.records.ofTransfer(tx, institutionId, transferId);
      if (kept.length === 0) return refused('case_unknown');
      const { factorsMatrix, mailPasswordOperations } = smParameters;
      const day = CivilDate.inTokyo(kept[0]?.happenedAt ?? at);
      const table = { matrix: factorsMatrix, mailOperations: mailPasswordOperations };
      const read = await this.institutions.read(institutionId, table, day);
      if (!read.ok)
        return refused('parameter_unset', { ...read.refusal, clause: read.refusal.clause ?? '' });
      const required = whichFactors(
        {
          terminalClass: 'intermediary',
          operation: 'transfer',
          meansStarted: { oneTimePassword: true, mailPassword: true },
        },
        read.value,
      );
      const lines = kept.map(({ id, kind, happenedAt, recordedAt, content }) => ({
        id: String(id),
        kind,
        happenedAt,
        recordedAt,
        content,
      }));
      const factors = required.ok ? required.value : { all: [], oneOf: [] };
      return accepted(evidencePack(transferId, lines, factors));
    });
  }

  /** Due care is found by a person on the pack; where a required factor did not match it cannot be (SM-13.1a/b). */
  async findDueCare(
    name: CaseName,
    { transferId, grounds }: { transferId: string; grounds: string },
    by: string,
  ): Promise<Told<LossCase>> {
    const pack = await this.pack(name.institutionId, transferId);
    if (!pack.ok) return pack;
    const { dueCareMayBeFound, lacking, lines } = pack.value;
    return this.book.onCase(name, async ({ tx, state, at }) => {
      if (grounds.trim() === '')
        return refused('grounds_missing', { clause: 'SM-13.1a', facts: { field: 'grounds' } });
      if (!dueCareMayBeFound)
        return refused('evidence_missing', { clause: 'SM-13.1a', facts: { lacking } });
      const content = { transferId, grounds, evidence: lines.map(({ id }) => `record:${id}`) };
      await insertNote(tx, name, { kind: 'due_care', content, at, by });
      return accepted(state);
    });
  }

  /** A failure despite safeguards: no exclusion while the institution may be responsible (SM-13.2-1). */
  excludeFailure(name: CaseName, failure: Failure, by: string): Promise<Told<LossCase>> {
    const { safeguardsTaken, institutionResponsible, grounds, evidence } = failure;
    return this.book.onCase(name, async ({ tx, state, at }) => {
      const found = article13
        .clause('SM-13.2-1')
        .apply({ safeguardsTaken, institutionResponsible });
      const about = { clause: 'SM-13.2-1', facts: { field: 'institutionResponsible' } };
      if (!found.exclusionSelectable) return refused('facts_contradict', about);
      if (grounds.trim() === '' || evidence.length === 0)
        return refused('evidence_missing', { clause: 'SM-13.2-1', facts: { field: 'evidence' } });
      await insertNote(tx, name, { kind: 'failure', content: { ...failure }, at, by });
      return accepted(state);
    });
  }
}

export interface Failure {
  readonly safeguardsTaken: boolean;
  readonly institutionResponsible: Tri;
  readonly grounds: string;
  readonly evidence: readonly string[];
}
