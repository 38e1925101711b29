import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { CaseEvent } from '#libs/liability';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import type {
  DeskRefusal,
  Proposal,
  ProposalDesk,
  ProposalKind,
  ProposalStep,
  ProposalView,
  StaffMember,
} from '../staff/index.js';
import { applied, type CaseBook, type OpenedCase } from './case-book.service.js';
import { caseSentences, type CaseRefusal } from './domain/case.refusals.js';
import { SOMEBODY_ELSE } from './domain/second-person.js';
import { caseStatuses } from './http/case.problems.js';
import type { CaseName } from './storage/case.store.pg.js';

/** Who found it and who approved it, under which id, and when. */
export interface FoundBy {
  readonly id: string;
  readonly foundBy: string;
  readonly approvedBy: string;
  readonly at: Instant;
}

/**
 * What one officer finds about a case and another approves: it is judged as the event that it would be, and becomes
 * that event. No code ever finds it. Source: RKN-L3, RKN-L4-0b.
 */
export abstract class CaseFinding<Content extends CaseName> implements ProposalKind<Content> {
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';

  protected constructor(
    readonly kind: string,
    private readonly clause: string,
    private readonly book: CaseBook,
    private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  protected abstract eventOf(content: Content, found: FoundBy): CaseEvent;

  /** What the two are answered; `opened` is the case as it was before. */
  protected abstract outcomeOf(content: Content, opened: OpenedCase): object;

  clauseOf(): string {
    return this.clause;
  }

  propose(by: StaffMember, content: Content): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [content.institutionId]);
  }

  check(
    content: Content,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<CaseRefusal>>> {
    return this.book.onCase(content, async ({ state, at }) => {
      const event = this.eventOf(content, {
        id: proposal?.id ?? 'proposed',
        foundBy: proposal?.proposedBy.mailAddress ?? by.mailAddress,
        approvedBy: proposal ? by.mailAddress : SOMEBODY_ELSE,
        at,
      });
      const after = applied(state, event, at);
      return after.ok ? accepted(undefined) : after;
    });
  }

  async carryOut(tx: Transaction, step: ProposalStep<Content>): Promise<object> {
    const { content, proposal, approvedBy, at } = step;
    const opened = await this.book.open(tx, content, at);
    if (!opened) return refused('case_unknown').refusal;
    const event = this.eventOf(content, {
      id: proposal.id,
      foundBy: proposal.proposedBy.mailAddress,
      approvedBy: approvedBy.mailAddress,
      at,
    });
    const told = await this.book.tell(opened, event, approvedBy.mailAddress);
    return told.ok ? this.outcomeOf(content, opened) : { refused: told.refusal };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<CaseRefusal>, caseStatuses, caseSentences);
  }
}
