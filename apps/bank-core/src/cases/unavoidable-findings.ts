import { Inject, Injectable } from '@nestjs/common';
import type { CaseEvent } from '#libs/liability';
import { ProposalDesk } from '../staff/index.js';
import { CaseBook, type OpenedCase } from './case-book.service.js';
import { CaseFinding, type FoundBy } from './case-finding.js';

/** Why the institution could not but pay for a loss of the service. */
export interface UnavoidableContent {
  readonly institutionId: number;
  readonly caseId: string;
  readonly grounds: string;
  readonly evidence: readonly string[];
}

/** Gate B: payment was unavoidable, on grounds that one recorded and another approved. Source: RKN-L4-0b. */
@Injectable()
export class UnavoidableFindings extends CaseFinding<UnavoidableContent> {
  constructor(@Inject(CaseBook) book: CaseBook, @Inject(ProposalDesk) desk: ProposalDesk) {
    super('case_unavoidable', 'RKN-L4-0b', book, desk);
  }

  protected eventOf({ grounds, evidence }: UnavoidableContent, found: FoundBy): CaseEvent {
    const { approvedBy, at: recordedAt } = found;
    return {
      type: 'unavoidable_judged',
      unavoidable: { value: 'yes', evidence, grounds, approvedBy, recordedAt },
    };
  }

  /** Grounds that came after the payment stand, and both times are told (RKN-L4-0b/b). */
  protected outcomeOf(_content: UnavoidableContent, { state, at }: OpenedCase): object {
    const paidFirst = state.book.payments.some(({ paidAt }) => paidAt < at);
    return { unavoidable: 'yes', recordedAfterPayment: paidFirst };
  }
}
