import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  decideRoleChange,
  institutionsOfChange,
  type RoleChange,
} from './domain/decide-role-change.js';
import type { ProposalKind, ProposalStep } from './proposal-kind.js';
import type { StaffMember } from './domain/staff-member.js';
import { staffSentences, type StaffRefusal } from './domain/staff.refusals.js';
import { staffStatuses } from './http/staff.problems.js';
import { ProposalDesk, type DeskRefusal } from './proposal-desk.js';
import { StaffStore } from './storage/staff.store.pg.js';
import type { ProposalView } from './domain/proposal.js';

/** The canonical text of a role change: `null` stands for the federation. */
interface RoleChangeContent extends Omit<RoleChange, 'institutionId'> {
  readonly institutionId: number | null;
}

/** Who may do what changes by two people, neither of whom it concerns (T-17). */
@Injectable()
export class RoleChanges implements ProposalKind<RoleChangeContent> {
  readonly kind = 'staff_role_change';
  readonly proposerRole = 'approver';
  readonly approverRole = 'approver';

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StaffStore) private readonly store: StaffStore,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(by: StaffMember, change: RoleChange): Promise<Result<ProposalView, DeskRefusal>> {
    const content: RoleChangeContent = { ...change, institutionId: change.institutionId ?? null };
    return this.desk.propose(by, this.kind, content, institutionsOfChange(change));
  }

  async check(
    content: RoleChangeContent,
    by: StaffMember,
  ): Promise<Result<void, Refusal<StaffRefusal>>> {
    const changed = await this.database.transaction((tx) =>
      this.store.member(tx, content.mailAddress),
    );
    if (!changed) return refused('role_unknown');
    const change = { ...content, institutionId: content.institutionId ?? undefined };
    const decision = decideRoleChange(change, by, changed.personId);
    return decision.ok ? accepted(undefined) : decision;
  }

  async carryOut(tx: Transaction, step: ProposalStep<RoleChangeContent>): Promise<object> {
    const { mailAddress, act, role, institutionId } = step.content;
    const grant = { role, institutionId: institutionId ?? undefined };
    const { id } = step.proposal;
    const isChanged =
      act === 'grant'
        ? await this.store.grant(tx, mailAddress, grant, id, step.at)
        : await this.store.endGrant(tx, mailAddress, grant, id, step.at);
    return { changed: isChanged };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<StaffRefusal>, staffStatuses, staffSentences);
  }
}
