import { Inject, Injectable } from '@nestjs/common';
import { assert, instantToWire, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem } from '#libs/platform';
import { staffSentences, type StaffRefusal } from '../domain/staff.refusals.js';
import { ProposalDesk, type DeskRefusal } from '../proposal-desk.js';
import type { ProposalView } from '../domain/proposal.js';
import { BankCodes } from './bank-codes.js';
import type { ProposalDto } from './staff.dto.js';
import { staffStatuses } from './staff.problems.js';

/** How a proposal goes out: every room that lets two people decide answers with it. */
@Injectable()
export class ProposalAnswer {
  constructor(
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  /** The proposal, or the refusal as the desk or the room words it. */
  of(kind: string, result: Result<ProposalView, DeskRefusal>): Promise<ProposalDto> {
    if (!result.ok) throw this.problem(kind, result.refusal);
    return this.shown(result.value);
  }

  async shown(view: ProposalView): Promise<ProposalDto> {
    const { proposal } = view;
    return {
      id: proposal.id,
      kind: proposal.kind,
      state: view.state,
      content: JSON.parse(proposal.content) as object,
      contentHash: proposal.contentHash,
      bankCodes: await Promise.all(proposal.institutionIds.map((id) => this.codes.codeOf(id))),
      proposedBy: proposal.proposedBy.mailAddress,
      proposedAt: instantToWire(view.proposedAt),
      ...(view.decidedBy !== undefined && { decidedBy: view.decidedBy }),
      ...(view.decidedAt !== undefined && { decidedAt: instantToWire(view.decidedAt) }),
      ...(view.reason !== undefined && { reason: view.reason }),
      effects: await Promise.all(
        view.effects.map(async ({ institutionId, outcome }) => ({
          bankCode: institutionId === undefined ? null : await this.codes.codeOf(institutionId),
          outcome,
        })),
      ),
    };
  }

  private problem(kindName: string, refusal: Refusal<string>): Problem {
    if (refusal.code in staffSentences)
      return problemOf(refusal as Refusal<StaffRefusal>, staffStatuses, staffSentences);
    const kind = this.desk.kindOf(kindName);
    assert(kind, `No room has the kind ${kindName}.`);
    return kind.problemOf(refusal);
  }
}
