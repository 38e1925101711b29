import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { PartnerActsService, type PartnerFile } from '../agreements/index.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import { EvidenceService, type EvidenceView } from './evidence.service.js';
import { ReviewDesk } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';

type Filed = PartnerFile['acts'][number]['documents'][number];

/** A file that was filed of a chain partner: its contract, or what came with a report (RKN-C1a, RKN-C1b). */
export interface PartnerFileView {
  /** None for the contract itself. */
  readonly actId: string | undefined;
  readonly filed: Filed;
  /** The file itself, where the intermediary has sent it; undefined while only its hash is known. */
  readonly evidence: EvidenceView | undefined;
}

const PREFIX = 'sha256:';

/**
 * Contracts and reports of chain partners as files. A partner's document is filed by its hash; sent as evidence it is
 * judged, closed until examined, kept and erased like any other (T-25), and the hash says that it is the same.
 */
@Injectable()
export class PartnerFiles {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(PartnerActsService) private readonly partners: PartnerActsService,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
  ) {}

  /** What was filed of a partner, as one institution sees it. Refuses with `partner_unknown`. */
  async seen(
    institutionId: number,
    partnerId: string,
  ): Promise<Result<readonly PartnerFileView[], Refusal<ReviewRefusal>>> {
    const file = await this.partners.file(partnerId, []);
    if (!file) return refused('partner_unknown');
    const { partner, acts } = file;
    const contract = partner.terms.contractDocument;
    const filed = [
      ...(contract ? [{ actId: undefined, filed: contract }] : []),
      ...acts.flatMap(({ id, documents }) =>
        documents.map((document) => ({ actId: id, filed: document })),
      ),
    ];
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const hashes = filed.map((one) => one.filed.sha256.slice(PREFIX.length));
      const sent = await this.store.lastByHash(tx, partner.intermediaryId, hashes);
      const views = new Map<string, EvidenceView>();
      for (const { id, sha256 } of sent) {
        const view = await this.evidence.view(tx, institutionId, id);
        if (view.ok) views.set(`${PREFIX}${sha256}`, view.value);
      }
      return accepted(filed.map((one) => ({ ...one, evidence: views.get(one.filed.sha256) })));
    });
  }
}
