import { Inject, Injectable } from '@nestjs/common';
import type { Attribution, CaseEvent } from '#libs/liability';
import { ProposalDesk } from '../staff/index.js';
import { CaseBook } from './case-book.service.js';
import { CaseFinding, type FoundBy } from './case-finding.js';

/** Whose responsibility it was, as one person proposes it. */
export interface AttributionContent {
  readonly institutionId: number;
  readonly caseId: string;
  readonly finding: Attribution['finding'];
  readonly chainPartner: string | null;
  readonly grounds: string;
  readonly evidence: readonly string[];
}

/** Whose fault it was, as people find it. Source: RKN-L2a, RKN-L3, RKN-L4-1. */
@Injectable()
export class AttributionFindings extends CaseFinding<AttributionContent> {
  constructor(@Inject(CaseBook) book: CaseBook, @Inject(ProposalDesk) desk: ProposalDesk) {
    super('case_attribution', 'RKN-L3', book, desk);
  }

  protected eventOf(content: AttributionContent, { at, ...people }: FoundBy): CaseEvent {
    const { finding, chainPartner, grounds, evidence } = content;
    return {
      type: 'attributed',
      attribution: {
        ...people,
        foundAt: at,
        finding,
        ...(chainPartner !== null && { chainPartner }),
        grounds,
        evidence,
      },
    };
  }

  protected outcomeOf({ finding }: AttributionContent): object {
    return { attributed: finding };
  }
}
