import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { PartnerActsService, type PartnerFile } from '../agreements/index.js';
import type { EvidenceFile } from './domain/evidence.js';
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

/** The same as the intermediary sees it, which has sent it. */
export interface OwnPartnerFile {
  /** Where it stands among the partner's files: the contract, or the n-th document of an act. */
  readonly place: string;
  readonly actId: string | undefined;
  readonly filedAs: 'contract' | PartnerFile['acts'][number]['kind'];
  /** When the act was entered; the contract came with the proposal. */
  readonly filedAt: Instant | undefined;
  readonly filed: Filed;
  /** The bytes; undefined while only their hash is known. */
  readonly evidence: EvidenceFile | undefined;
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
    const { partner } = file;
    const filed = filedOf(file).map(({ actId, filed }) => ({ actId, filed }));
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

  /**
   * A page of what an intermediary has filed of its own partner, the newest first, behind the one that stands at
   * `before`; undefined for a partner that is not its own (T-14).
   */
  async own(
    epspId: string,
    partnerId: string,
    { before, limit }: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly OwnPartnerFile[] | undefined> {
    const file = await this.partners.file(partnerId, [], epspId);
    if (!file) return undefined;
    const all = filedOf(file).reverse();
    // A place that is gone since, as a contract that was corrected, is behind everything.
    const from = before === undefined ? 0 : all.findIndex(({ place }) => place === before) + 1;
    const page = before !== undefined && from === 0 ? [] : all.slice(from, from + limit);
    const hashes = page.map(({ filed }) => filed.sha256.slice(PREFIX.length));
    const sent = await this.desk.database.transaction((tx) =>
      this.store.lastByHash(tx, epspId, hashes),
    );
    const bytes = new Map(sent.map((one) => [`${PREFIX}${one.sha256}`, one]));
    return page.map((one) => ({ ...one, evidence: bytes.get(one.filed.sha256) }));
  }
}

/** Everything that was filed, the contract first and then act by act. */
const filedOf = ({ partner, acts }: PartnerFile): Omit<OwnPartnerFile, 'evidence'>[] => {
  const filed = partner.terms.contractDocument;
  const contract = {
    place: 'contract',
    actId: undefined,
    filedAs: 'contract',
    filedAt: undefined,
  } as const;
  return [
    ...(filed ? [{ ...contract, filed }] : []),
    ...acts.flatMap(({ id, kind, at, documents }) =>
      documents.map((document, nth) => ({
        place: `${id}-${nth}`,
        actId: id,
        filedAs: kind,
        filedAt: at,
        filed: document,
      })),
    ),
  ];
};
