import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { wordingOf } from './domain/checklist-item.js';
import { gapsOf, type Gap, type KeptGap } from './domain/gaps.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import { askedIn, byNumber, type AskedItem, type Standard } from './domain/standard.js';
import { ReviewDesk } from './review-desk.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';

/** One intermediary against one version of a standard. Source: RKN-S3b. */
export interface GapAnalysis {
  readonly standard: Standard;
  /** The last submission that the institution received; undefined where none was. */
  readonly submissionId: string | undefined;
  readonly gaps: readonly (Gap & { readonly kept: KeptGap | undefined })[];
}

const inOrder = (one: Gap, other: Gap): number => byNumber(one.itemId, other.itemId);

/** What the institutions ask, and what an intermediary lacks of it (RKN-S3b). */
@Injectable()
export class StandardsService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(StandardStore) private readonly store: StandardStore,
    @Inject(SubmissionStore) private readonly submissions: SubmissionStore,
  ) {}

  list(institutionId: number): Promise<Standard[]> {
    return this.desk.database.inInstitution(institutionId, (tx) => this.store.list(tx));
  }

  read(
    institutionId: number,
    version: number,
  ): Promise<Result<Standard, Refusal<'standard_unknown'>>> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const standard = await this.store.version(tx, version);
      return standard ? accepted(standard) : refused('standard_unknown');
    });
  }

  /** The newest standard of every institution that an agreement covers: what an intermediary is asked. */
  async applicableTo(epspId: string): Promise<Standard[]> {
    const found: Standard[] = [];
    for (const institutionId of await this.desk.coveredBy(epspId)) {
      const standard = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.store.newest(tx),
      );
      if (standard) found.push(standard);
    }
    return found;
  }

  /** Every question of those standards once, with who asks it. */
  async askedOf(epspId: string): Promise<AskedItem[]> {
    return askedIn(await this.applicableTo(epspId));
  }

  /** Whether an institution asks this item in these words; looks no further than the first that does. */
  async isAsked(epspId: string, itemId: string, wording: string): Promise<boolean> {
    for (const institutionId of await this.desk.coveredBy(epspId)) {
      const newest = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.store.newest(tx),
      );
      const item = newest?.items.find((one) => one.itemId === itemId);
      if (item && wordingOf(item) === wording) return true;
    }
    return false;
  }

  gaps(
    institutionId: number,
    of: { readonly epspId?: string; readonly version?: number; readonly isOpen?: boolean },
  ): Promise<KeptGap[]> {
    return this.desk.database.inInstitution(institutionId, (tx) => this.store.gaps(tx, of));
  }

  /** The gaps of one intermediary against one version, those with a transition with their end. */
  analysis(
    institutionId: number,
    epspId: string,
    version: number,
  ): Promise<Result<GapAnalysis, Refusal<ReviewRefusal>>> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const standard = await this.store.version(tx, version);
      if (!standard) return refused('standard_unknown');
      const before = await this.store.version(tx, version - 1);
      const at = await this.desk.clock.now();
      const { facts } = await this.desk.state(tx, institutionId, epspId, at);
      const answers = await this.answersIn(tx, facts.submissionId);
      const kept = await this.store.gaps(tx, { epspId, version });
      const gaps = gapsOf(standard.items, before?.items ?? [], answers);
      return accepted({
        standard,
        submissionId: facts.submissionId,
        gaps: gaps.toSorted(inOrder).map((gap) => ({
          ...gap,
          kept: kept.find(({ itemId }) => itemId === gap.itemId),
        })),
      });
    });
  }

  private async answersIn(tx: Transaction, submissionId: string | undefined) {
    if (submissionId === undefined) return [];
    return (await this.submissions.content(tx, submissionId))?.answers ?? [];
  }
}
