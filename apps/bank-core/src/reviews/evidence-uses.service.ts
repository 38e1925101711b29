import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, endOf, type Instant } from '#libs/kernel';
import { enterInstitution, type Transaction } from '#libs/platform';
import { PartnerActsService } from '../agreements/index.js';
import { CasesService } from '../cases/index.js';
import type { EvidenceFile } from './domain/evidence.js';
import { isUnderWay, type EvidenceUse } from './domain/retention.js';
import { ReviewDesk } from './review-desk.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { RetentionStore } from './storage/retention.store.pg.js';

/** Where a file is needed, and where it was: the submissions, procedures, cases and contracts that name it. */
@Injectable()
export class EvidenceUses {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(RetentionStore) private readonly store: RetentionStore,
    @Inject(FilingStore) private readonly filings: FilingStore,
    @Inject(PartnerActsService) private readonly partners: PartnerActsService,
    @Inject(CasesService) private readonly cases: CasesService,
  ) {}

  /** Every use at every institution. The transaction is in the federation's part when this returns. */
  async of(tx: Transaction, file: EvidenceFile, at: Instant): Promise<readonly EvidenceUse[]> {
    const federationId = await this.federationId();
    const uses: EvidenceUse[] = [
      { institutionId: federationId, lastAt: file.uploadedAt, isOpen: false },
    ];
    if (await this.store.isInDraft(tx, file))
      uses.push({ institutionId: federationId, lastAt: at, isOpen: true });
    uses.push(...(await this.atPartners(tx, file, federationId, at)));
    const filed = await this.store.filings(tx, file);
    const covered = await this.desk.coveredBy(file.epspId);
    const places = new Set([...covered, ...filed.map(({ institutionId }) => institutionId)]);
    for (const institutionId of places) {
      await enterInstitution(tx, institutionId);
      const ids = filed.filter((one) => one.institutionId === institutionId);
      uses.push(...(await this.inFilings(tx, file, institutionId, ids, covered, at)));
      uses.push(...(await this.inProcedures(tx, file, institutionId, at)));
    }
    await enterInstitution(tx, federationId);
    return uses;
  }

  async federationId(): Promise<number> {
    const all = await this.desk.institutions.all();
    return all.find(({ kind }) => kind === 'federation')?.id ?? 0;
  }

  /** A checklist binds as long as the review is about it and an agreement is in force (RKN-S3a, RKN-S3b). */
  private async inFilings(
    tx: Transaction,
    file: EvidenceFile,
    institutionId: number,
    filed: readonly { readonly submissionId: string; readonly filedAt: Instant | undefined }[],
    covered: readonly number[],
    at: Instant,
  ): Promise<EvidenceUse[]> {
    if (filed.length === 0) return [];
    const { facts } = await this.desk.state(tx, institutionId, file.epspId, at);
    const uses: EvidenceUse[] = [];
    for (const { submissionId, filedAt } of filed) {
      const filing = await this.filings.find(tx, submissionId);
      const binds = facts.submissionId === submissionId && covered.includes(institutionId);
      const lastAt = Math.max(filing?.acceptedAt ?? 0, filing?.filedAt ?? 0, filedAt ?? 0);
      // What was sent and has not arrived is on its way.
      uses.push({ institutionId, lastAt, isOpen: binds || filedAt === undefined });
    }
    return uses;
  }

  /** What was named in a demand, a measure, a hold or a case is kept until that is over, and counts from its end. */
  private async inProcedures(
    tx: Transaction,
    { id, sha256, epspId }: EvidenceFile,
    institutionId: number,
    at: Instant,
  ): Promise<EvidenceUse[]> {
    const words = [id, sha256];
    const { matters } = this.desk.review.desk;
    const named = await matters.naming(tx, epspId, words);
    const cases = await this.cases.naming(tx, epspId, words);
    return [
      ...named.map((one) => ({ institutionId, lastAt: one.lastAt, isOpen: isUnderWay(one) })),
      ...cases.map(({ closedAt }) => ({
        institutionId,
        lastAt: closedAt ?? at,
        isOpen: closedAt === undefined,
      })),
    ];
  }

  /** A contract with a partner, and what was reported of it, is kept while the contract runs (RKN-C1a, RKN-C1b). */
  private async atPartners(
    tx: Transaction,
    { epspId, sha256 }: EvidenceFile,
    institutionId: number,
    at: Instant,
  ): Promise<EvidenceUse[]> {
    const filed = await this.partners.withDocument(tx, epspId, sha256);
    const today = CivilDate.inTokyo(at);
    return filed.map(({ partner: { status, contractTo }, lastFiledAt = 0 }) => {
      const isOver = status === 'withdrawn' || contractTo?.isBefore(today) === true;
      const ended = contractTo?.isBefore(today) ? endOf(contractTo) - 1 : lastFiledAt;
      return { institutionId, lastAt: Math.max(ended, lastFiledAt), isOpen: !isOver };
    });
  }
}
