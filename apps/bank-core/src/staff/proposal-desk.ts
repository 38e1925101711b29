import { Inject, Injectable, Optional } from '@nestjs/common';
import { accepted, assert, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { decideApproval } from './domain/decide-approval.js';
import type { ProposalKind } from './proposal-kind.js';
import { hasRole, type StaffMember } from './domain/staff-member.js';
import type { StaffRefusal } from './domain/staff.refusals.js';
import { StaffService } from './staff.service.js';
import type { ProposalState, ProposalView } from './domain/proposal.js';
import { ProposalStore } from './storage/proposal.store.pg.js';

/** The desk's own refusals and those of the room whose matter it is. */
export type DeskRefusal = Refusal<string>;

type Kind = ProposalKind<unknown>;
const FEDERATION = 0;
const RESUME_EVERY_MS = 15_000;
const RESUMED_AT_ONCE = 50;

/**
 * The desk where two people decide: stores what one proposes, lets another natural person approve exactly that,
 * and has it carried out at each institution, once, in a transaction of its own. Whoever dies after the approval
 * leaves it to the next run of the desk's job (T-17, RKN-S4c/d).
 */
@Injectable()
export class ProposalDesk {
  private readonly kinds = new Map<string, Kind>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(ProposalStore) private readonly store: ProposalStore,
    // A command has no jobs: what it leaves undone is taken up by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(RESUME_EVERY_MS, { name: 'proposals', run: () => this.resume() });
  }

  register<Content>(kind: ProposalKind<Content>): void {
    assert(!this.kinds.has(kind.kind), `The kind ${kind.kind} has one room.`);
    this.kinds.set(kind.kind, kind as unknown as Kind);
  }

  kindOf(name: string): ProposalKind<unknown> | undefined {
    return this.kinds.get(name);
  }

  async propose(
    by: StaffMember,
    kindName: string,
    content: object,
    institutionIds: readonly number[],
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const kind = this.kinds.get(kindName);
    assert(kind, `No room has the kind ${kindName}.`);
    if (!hasRole(by, kind.proposerRole, institutionIds)) return ofDesk('role_missing');
    const checked = await kind.check(content, by);
    if (!checked.ok) return checked;
    const proposal = await this.staff.propose(by, kindName, content, institutionIds);
    return accepted(await this.view(proposal.id));
  }

  /** Approves with the hash that the approver saw, and carries out; the view tells what became of it. */
  async approve(
    id: string,
    approver: StaffMember,
    contentHashSeen: string,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const found = await this.database.transaction((tx) => this.store.find(tx, id));
    const kind = found && this.kinds.get(found.proposal.kind);
    if (!found || !kind) return ofDesk('proposal_unknown');
    if (found.state !== 'open') return ofDesk('proposal_ended');
    const { proposal } = found;
    const content: unknown = JSON.parse(proposal.content);
    const decision = decideApproval(proposal, approver, contentHashSeen, kind.approverRole);
    if (!decision.ok) return underClause(decision.refusal, kind.clauseOf?.(content));
    const checked = await kind.check(content, approver, proposal);
    if (!checked.ok) return checked;
    const at = await this.clock.now();
    const isFirst = await this.unlessDecided((tx) =>
      this.store.approve(tx, proposal, approver, at),
    );
    if (!isFirst) return ofDesk('proposal_ended');
    await this.carryOut(await this.view(id));
    return accepted(await this.view(id));
  }

  /** Turned down by another, or withdrawn by who made it. */
  async end(
    id: string,
    by: StaffMember,
    reason: string,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const found = await this.database.transaction((tx) => this.store.find(tx, id));
    const kind = found && this.kinds.get(found.proposal.kind);
    if (!found || !kind) return ofDesk('proposal_unknown');
    if (found.state !== 'open') return ofDesk('proposal_ended');
    const isOwn = found.proposal.proposedBy.personId === by.personId;
    if (!isOwn && !hasRole(by, kind.approverRole, found.proposal.institutionIds))
      return ofDesk('role_missing');
    const at = await this.clock.now();
    const how = isOwn ? 'withdrawn' : 'rejected';
    const isFirst = await this.unlessDecided((tx) =>
      this.store.end(tx, id, { how, by: by.mailAddress, reason }, at),
    );
    return isFirst ? accepted(await this.view(id)) : ofDesk('proposal_ended');
  }

  find(id: string, within?: Transaction): Promise<ProposalView | undefined> {
    if (within) return this.store.find(within, id);
    return this.database.transaction((tx) => this.store.find(tx, id));
  }

  list(filter: {
    state?: ProposalState | undefined;
    before?: string | undefined;
    limit: number;
  }): Promise<ProposalView[]> {
    return this.database.transaction((tx) => this.store.list(tx, filter));
  }

  /** Takes up what was approved and not yet done everywhere. */
  async resume(): Promise<void> {
    const kinds = [...this.kinds.keys()];
    const due = await this.database.transaction((tx) => this.store.due(tx, kinds, RESUMED_AT_ONCE));
    for (const view of due) await this.carryOut(view);
  }

  private async carryOut({ proposal, decidedBy, deciderPerson }: ProposalView): Promise<void> {
    const kind = this.kinds.get(proposal.kind);
    assert(kind && decidedBy && deciderPerson, 'Only what was approved is carried out.');
    const approvedBy = { mailAddress: decidedBy, personId: deciderPerson };
    const at = await this.clock.now();
    for (const institutionId of placesOf(proposal.institutionIds))
      await this.inPlace(institutionId, async (tx) => {
        await this.store.lock(tx, proposal.id);
        if (await this.store.hasEffect(tx, proposal.id, institutionId)) return;
        const content: unknown = JSON.parse(proposal.content);
        const place = institutionId === FEDERATION ? undefined : institutionId;
        const step = { proposal, content, institutionId: place, approvedBy, at };
        const outcome = await kind.carryOut(tx, step);
        await this.store.insertEffect(tx, proposal.id, institutionId, outcome, at);
      });
  }

  private inPlace(institutionId: number, work: (tx: Transaction) => Promise<void>): Promise<void> {
    if (institutionId === FEDERATION) return this.database.transaction(work);
    return this.database.inInstitution(institutionId, work);
  }

  private async unlessDecided(work: (tx: Transaction) => Promise<void>): Promise<boolean> {
    try {
      await this.database.transaction(work);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '23505') return false;
      throw error;
    }
  }

  private async view(id: string): Promise<ProposalView> {
    const view = await this.find(id);
    assert(view, 'A proposal that was stored is there.');
    return view;
  }
}

const placesOf = (ids: readonly number[]): readonly number[] =>
  ids.length === 0 ? [FEDERATION] : ids;

const ofDesk = (code: StaffRefusal) => refused(code);

const underClause = ({ code, ...more }: DeskRefusal, clause: string | undefined) =>
  refused(code, clause === undefined ? more : { ...more, clause });
