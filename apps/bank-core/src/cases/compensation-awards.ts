import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  CivilDate,
  refused,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import {
  outcomeWords,
  type CaseDecision,
  type CaseEvent,
  type CompensationClaim,
  type LossCase,
  type LossLine,
} from '#libs/liability';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import { AccountsService } from '../accounts/index.js';
import { DocumentsService } from '../documents/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import {
  ProposalDesk,
  type DeskRefusal,
  type Proposal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import { applied, CaseBook, type OpenedCase, type Told } from './case-book.service.js';
import { CaseNotices } from './case-notices.js';
import { CaseTerms } from './case-terms.service.js';
import { claimDecision } from './domain/case-documents.js';
import { checkAgainstLedger, checkReturns } from './domain/check-against-ledger.js';
import { caseSentences, type CaseRefusal } from './domain/case.refusals.js';
import { decide, type DecisionInputs } from './domain/decision-inputs.js';
import { SOMEBODY_ELSE } from './domain/second-person.js';
import { claimFrom } from './domain/stored-values.js';
import { caseStatuses } from './http/case.problems.js';
import { insertCompensation, isCompensated, latestFacts } from './storage/claim.store.pg.js';

/** A decision on a claim as one person proposes it; the amount is theirs only where the clauses leave one to people. */
export interface AwardContent {
  readonly institutionId: number;
  readonly caseId: string;
  /** The version of the facts that the proposer saw. */
  readonly factsVersion: number;
  readonly amountYen: string | null;
  readonly grounds: string | null;
  /** Of the holder, where the money goes; null: the main account of the contract. */
  readonly accountId: string | null;
}

/** What will be stored if nothing stands against it. */
interface Judged {
  readonly inputs: DecisionInputs;
  readonly decided: CaseDecision & { readonly about: 'compensation' };
  readonly payableYen: bigint;
  readonly afterDecision: LossCase;
  readonly accountId: bigint | undefined;
}

/**
 * SM-14 in the hands of two people: the facts decide what they can; what they leave open one sets on grounds and
 * another approves (SM-14.2e, INT-06). The award is paid in the transaction that keeps the decision, once.
 */
@Injectable()
export class CompensationAwards implements ProposalKind<AwardContent> {
  readonly kind = 'case_compensation';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = ({ amountYen }: AwardContent) =>
    amountYen === null ? 'SM-14.2a' : 'SM-14.2e';

  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(CaseNotices) private readonly notices: CaseNotices,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(by: StaffMember, content: AwardContent): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [content.institutionId]);
  }

  check(
    content: AwardContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<CaseRefusal>>> {
    const people = {
      decidedBy: proposal?.proposedBy.mailAddress ?? by.mailAddress,
      approvedBy: proposal ? by.mailAddress : SOMEBODY_ELSE,
    };
    return this.book.onCase(content, async (opened) => {
      const judged = await this.judge(opened, content, people, 'proposed');
      return judged.ok ? accepted(undefined) : judged;
    });
  }

  /** Decides, keeps, pays and says so in writing: all of it or, where something stands against it, nothing. */
  async carryOut(tx: Transaction, step: ProposalStep<AwardContent>): Promise<object> {
    const { content, proposal, approvedBy, at } = step;
    const opened = await this.book.open(tx, content, at);
    if (!opened) return { refused: refused('case_unknown').refusal };
    const people = {
      decidedBy: proposal.proposedBy.mailAddress,
      approvedBy: approvedBy.mailAddress,
    };
    const judged = await this.judge(opened, content, people, proposal.id);
    if (!judged.ok) return { refused: judged.refusal };
    const { payableYen, accountId } = judged.value;
    const postingKey = `${content.caseId}/compensation/${proposal.id}`;
    if (payableYen > 0n && accountId !== undefined) {
      // The ledger goes first: where it refuses, nothing else has been written.
      const posted = await this.pay(opened, accountId, payableYen, postingKey);
      if (!posted.ok) return { refused: posted.refusal };
    }
    return this.keep(opened, judged.value, proposal.id, approvedBy.mailAddress, postingKey);
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<CaseRefusal>, caseStatuses, caseSentences);
  }

  private async judge(
    opened: OpenedCase,
    content: AwardContent,
    people: { decidedBy: string; approvedBy: string },
    paymentId: string,
  ): Promise<Told<Judged>> {
    const { tx, name, state, at } = opened;
    const facts = await latestFacts(tx, name);
    if (!facts) return refused('case_unknown');
    if (facts.version !== content.factsVersion)
      return refused('version_not_open', { clause: 'SM-14.1*', facts: { field: 'factsVersion' } });
    if (await isCompensated(tx, name))
      return refused('named_twice', { clause: 'SM-14.6', facts: { field: 'caseId' } });
    const asked = withDetermination(claimFrom(facts.facts), content, people);
    const terms = await this.terms.at(name.institutionId, at, tx);
    const inputs = { ...terms, about: 'compensation' as const, asked };
    const decided = decide(inputs);
    if (!decided.ok) return decided as Told<Judged>;
    if (decided.value.about !== 'compensation') return refused('claim_not_open');
    const { outcome, unknown } = decided.value.decision;
    if (outcome.kind === 'undetermined')
      return refused('facts_missing', {
        clause: unknown.includes('holderFault') ? 'SM-14.2a' : 'SM-14.1*',
        facts: { missing: unknown },
      });
    if (outcome.payableYen === null)
      return refused('grounds_missing', {
        clause: outcome.clause ?? 'SM-14.2e',
        facts: { field: 'amountYen' },
      });
    const held = await this.againstLedger(opened, asked, outcome.lines);
    if (!held.ok) return held;
    const afterDecision = applied(state, { type: 'decided', ...decided.value }, at);
    if (!afterDecision.ok) return afterDecision;
    const { payableYen } = outcome;
    const kept = { inputs, decided: decided.value, payableYen, afterDecision: afterDecision.value };
    if (payableYen === 0n) return accepted({ ...kept, accountId: undefined });
    const event = paidBy(terms.institution, payableYen, paymentId, at);
    const paid = applied(afterDecision.value, event, at);
    if (!paid.ok) return paid;
    const accountId = await this.accountOf(opened, content.accountId);
    return accountId === undefined ? refused('case_unknown') : accepted({ ...kept, accountId });
  }

  /** The ledger may have moved since the facts were recorded: what came back is not paid again (SM-14.5a). */
  private async againstLedger(
    { tx, name, facts }: OpenedCase,
    claim: CompensationClaim,
    lines: readonly LossLine[],
  ): Promise<Told<void>> {
    const ids = claim.transfers.map(({ id }) => id);
    const { holderId = '' } = facts;
    const debited = await this.accounts.debited(tx, name.institutionId, holderId, ids);
    const checked = checkAgainstLedger(claim, debited);
    return checked.ok ? checkReturns(claim, lines, debited) : checked;
  }

  /** The account where the money goes: one that the holder's contract names, open or not is the ledger's to say. */
  private async accountOf({ tx, name, facts }: OpenedCase, accountId: string | null) {
    if (facts.holderId === undefined) return undefined;
    const all = await this.accounts.serviceAccountsOf(tx, name.institutionId, facts.holderId);
    const one = all.find((each) =>
      accountId === null ? each.isMain : each.accountId === accountId,
    );
    return one?.ledgerId;
  }

  private async pay(
    { tx, name: { institutionId, caseId }, at }: OpenedCase,
    accountId: bigint,
    amountYen: bigint,
    key: string,
  ) {
    const own = await this.accounts.systemAccount(tx, institutionId, 'compensation');
    const day = CivilDate.inTokyo(at);
    return this.accounts.post(tx, {
      institutionId,
      key,
      bookedOn: day,
      postedAt: at,
      lines: [
        {
          operation: 'other',
          debitAccount: own,
          creditAccount: accountId,
          amountYen,
          valueOn: day,
          debitText: caseId,
          creditText: '補てん金',
        },
      ],
    });
  }

  private async keep(
    opened: OpenedCase,
    { inputs, decided, payableYen, accountId }: Judged,
    proposalId: string,
    by: string,
    postingKey: string,
  ): Promise<object> {
    const { tx, name, at } = opened;
    const told = await this.book.tellDecision(opened, inputs, decided, by);
    if (!told.ok) throw new Error(`An event that was accepted is refused: ${told.refusal.code}`);
    const { decisionId } = told.value;
    let state = told.value.state;
    if (payableYen > 0n && accountId !== undefined) {
      const event = paidBy(inputs.institution, payableYen, proposalId, at);
      const paid = await this.book.tell(told.value, event, by);
      if (!paid.ok) throw new Error(`A payment that was accepted is refused: ${paid.refusal.code}`);
      state = paid.value.state;
      const row = { proposalId, decisionId, accountId, postingKey, amountYen: payableYen, at };
      await insertCompensation(tx, name, row);
    }
    const documentId = await this.inWriting(opened, state, inputs, decided);
    await this.notices.tell(opened, { kind: 'decided' });
    return {
      decisionId,
      kind: decided.decision.outcome.kind,
      paidYen: `${payableYen}`,
      documentId,
    };
  }

  private async inWriting(
    { tx, name, facts, at }: OpenedCase,
    state: LossCase,
    inputs: DecisionInputs,
    decided: CaseDecision & { about: 'compensation' },
  ): Promise<string> {
    const { institutionId, caseId } = name;
    const institution = await this.institutions.byId(institutionId);
    const holder =
      facts.holderId === undefined
        ? undefined
        : await this.holders.byId(tx, institutionId, facts.holderId);
    const document = claimDecision({
      caseId,
      institution,
      holderName: holder?.nameKanji ?? '',
      state,
      decided: decided.decision,
      outcome: outcomeWords(decided),
      determination: inputs.about === 'compensation' ? inputs.asked.determination : undefined,
      at,
    });
    return (await this.documents.issue(tx, document, at)).seal.id;
  }
}

function withDetermination(
  claim: CompensationClaim,
  { amountYen, grounds }: AwardContent,
  people: { decidedBy: string; approvedBy: string },
): CompensationClaim {
  if (amountYen === null) return claim;
  const determination = { amountYen: BigInt(amountYen), grounds: grounds ?? '', ...people };
  return { ...claim, determination };
}

const paidBy = (
  institution: string,
  amountYen: bigint,
  id: string,
  paidAt: Instant,
): CaseEvent => ({
  type: 'paid',
  payment: { id, by: 'FI', institution, amountYen, paidAt },
});
