import { Inject, Injectable } from '@nestjs/common';
import { mayChoose, type ReadingChoice, type ReadingId } from '#libs/contracts';
import { accepted, CivilDate, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import {
  ProposalDesk,
  type DeskRefusal,
  type Proposal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import { readingSentences, type ReadingRefusal } from './domain/reading.refusals.js';
import { readingStatuses } from './http/reading.problems.js';
import { insertChoice } from './storage/reading-choice.store.pg.js';

/** A reading as one person proposes it; a lawyer's signature is named by its source. */
export interface ChoiceContent {
  readonly institutionId: number;
  readonly entry: ReadingId;
  readonly reading: string;
  readonly effectiveFrom: string;
  readonly status: ReadingChoice['status'];
  readonly legalSource: string | null;
}

const SOMEBODY_ELSE = 'the approver';

/** An institution takes another reading by two people, from a day to come. Source: interpretations.md section 1. */
@Injectable()
export class ReadingChoices implements ProposalKind<ChoiceContent> {
  readonly kind = 'reading_choice';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(by: StaffMember, content: ChoiceContent): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [content.institutionId]);
  }

  async check(
    content: ChoiceContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<ReadingRefusal>>> {
    const people = {
      chosenBy: proposal?.proposedBy.mailAddress ?? by.mailAddress,
      approvedBy: proposal ? by.mailAddress : SOMEBODY_ELSE,
    };
    const chosen = mayChoose(choiceFrom(content, people), await this.today());
    return chosen.ok ? accepted(undefined) : chosen;
  }

  /** Judged once more: between approval and effect the day may have come. */
  async carryOut(tx: Transaction, step: ProposalStep<ChoiceContent>): Promise<object> {
    const { content, proposal, approvedBy, at } = step;
    const { institutionId, entry } = content;
    const people = {
      chosenBy: proposal.proposedBy.mailAddress,
      approvedBy: approvedBy.mailAddress,
    };
    const chosen = mayChoose(choiceFrom(content, people), CivilDate.inTokyo(at));
    if (!chosen.ok) return { refused: chosen.refusal };
    const stored = { ...chosen.value, proposalId: proposal.id };
    const version = await insertChoice(tx, institutionId, stored, at);
    if (version === undefined) {
      const facts = { field: 'effectiveFrom' };
      return { refused: refused('version_taken', { facts }).refusal };
    }
    await this.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'reading_chosen',
      content: { ...content, ...people, version },
    });
    return { entry, version };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<ReadingRefusal>, readingStatuses, readingSentences);
  }

  private async today(): Promise<CivilDate> {
    return CivilDate.inTokyo(await this.clock.now());
  }
}

/** The institution's own numbering follows when it is stored; the library judges everything else. */
const choiceFrom = (
  { entry, reading, effectiveFrom, status, legalSource }: ChoiceContent,
  people: { readonly chosenBy: string; readonly approvedBy: string },
): ReadingChoice => ({
  entry,
  reading,
  institution: '',
  version: 0,
  effectiveFrom: CivilDate.from(effectiveFrom),
  ...people,
  status,
  ...(legalSource !== null && { legalSource }),
});
