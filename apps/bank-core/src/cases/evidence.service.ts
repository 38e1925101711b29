import { Inject, Injectable } from '@nestjs/common';
import { smParameters, whichFactors } from '#libs/contracts';
import { accepted, CivilDate, refused } from '#libs/kernel';
import type { LossCase } from '#libs/liability';
import type { Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { PapersService } from '../papers/index.js';
import { RecordsService } from '../records/index.js';
import { CaseBook, type Told } from './case-book.service.js';
import { evidencePack, type EvidencePack } from './domain/evidence-pack.js';
import {
  findExclusion,
  type ExclusionFacts,
  type ExclusionFound,
} from './domain/find-exclusion.js';
import { insertNote, type CaseName } from './storage/case.store.pg.js';

/** What the machine record proves, and the findings on exclusions that rest on it. Source: SM-13, SM-3.5. */
@Injectable()
export class EvidenceService {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(PapersService) private readonly papers: PapersService,
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

  /**
   * What a person found on an exclusion, kept with the case; it refuses no claim. Refuses as `findExclusion` does.
   * Source: SM-13.2-1 to SM-13.6b.
   */
  exclude(name: CaseName, told: ToldExclusion, by: string): Promise<Told<ExclusionFound>> {
    const { transferId, paperId, ...facts } = told;
    return this.book.onCase(name, async ({ tx, at }) => {
      const request =
        transferId === undefined ? undefined : await this.request(tx, name, transferId);
      const entry =
        paperId === undefined ? undefined : await this.papers.find(tx, name.institutionId, paperId);
      const paper = entry && {
        id: entry.id,
        by: entry.sealCheck.by,
        matched: entry.sealCheck.matched,
      };
      const found = findExclusion({ ...facts, request, paper, foundBy: by });
      if (!found.ok) return found;
      await insertNote(tx, name, { kind: 'exclusion', content: found.value, at, by });
      return found;
    });
  }

  /** Whether a request that was cut off became fixed says the record; undefined where it knows no such request. */
  private async request(tx: Transaction, { institutionId }: CaseName, id: string) {
    const kept = await this.records.ofTransfer(tx, institutionId, id);
    if (kept.length === 0) return undefined;
    return { id, fixedAt: kept.find(({ kind }) => kind === 'transfer_fixed')?.happenedAt };
  }
}

/** A finding as an officer enters it; request and paper are looked up. */
export type ToldExclusion = Omit<ExclusionFacts, 'request' | 'paper' | 'foundBy'> & {
  readonly transferId?: string | undefined;
  readonly paperId?: string | undefined;
};
