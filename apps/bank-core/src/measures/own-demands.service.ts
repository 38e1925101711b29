import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import { closedDemands, OF_CHAIN, OF_REVIEW, type ClosedDemand } from './domain/closed-demand.js';
import { ReviewMatter } from './review-matter.js';

/** A closed demand or request with whose it was. */
export interface OwnClosedDemand extends ClosedDemand {
  readonly bankCode: string;
  readonly machine: string;
  readonly partnerId: string | undefined;
  /** Orders them by their end, and names where a page begins. */
  readonly key: string;
}

/** How demands and requests to stop ended that an intermediary once had before it. */
@Injectable()
export class OwnDemands {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
  ) {}

  /** The last to end first, behind the one whose key is `before`. */
  async closed(
    epspId: string,
    { before, limit }: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<OwnClosedDemand[]> {
    const partners = (await this.agreements.partners()).filter(
      ({ intermediaryId }) => intermediaryId === epspId,
    );
    const found: OwnClosedDemand[] = [];
    for (const { id, bankCode } of await this.institutions.all())
      found.push(...(await this.closedAt(id, bankCode, epspId, partners)));
    return found
      .filter(({ key }) => before === undefined || key < before)
      .sort((one, other) => (one.key < other.key ? 1 : -1))
      .slice(0, limit);
  }

  private closedAt(
    institutionId: number,
    bankCode: string,
    epspId: string,
    partners: readonly { readonly id: string }[],
  ): Promise<OwnClosedDemand[]> {
    const { matters } = this.review.desk;
    return this.database.inInstitution(institutionId, async (tx) => {
      const reviewed = await matters.history(tx, this.review.nameOf(institutionId, epspId));
      const found = closedDemands(reviewed, OF_REVIEW).map((one): OwnClosedDemand => {
        const { name: machine } = this.review.machine;
        return { ...one, bankCode, machine, partnerId: undefined, key: keyOf(one) };
      });
      for (const { id: partnerId } of partners) {
        const name = this.chain.nameOf(institutionId, chainKeyOf(epspId, partnerId));
        const { name: machine } = this.chain.machine;
        for (const one of closedDemands(await matters.history(tx, name), OF_CHAIN))
          found.push({ ...one, bankCode, machine, partnerId, key: keyOf(one) });
      }
      return found;
    });
  }
}

/** Thirteen digits of milliseconds last until the year 2286. */
const keyOf = ({ endedAt, about }: ClosedDemand): string => `${endedAt}-${about}`;
