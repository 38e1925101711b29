import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ProposalState, ProposalView } from '../domain/proposal.js';
import type { Proposal, StaffMember } from '../domain/staff-member.js';

interface ProposalRow {
  id: `prp_${string}`;
  kind: string;
  content: string;
  content_hash: string;
  institution_ids: number[];
  proposed_by: string;
  proposer_person: string;
  proposed_at: Instant;
  approved_by: string | null;
  approver_person: string | null;
  approved_at: Instant | null;
  how: 'rejected' | 'withdrawn' | null;
  ended_by: string | null;
  ended_at: Instant | null;
  reason: string | null;
  effects: { institution_id: number; outcome: object }[];
}

const VIEW = `
  select p.id, p.kind, p.content, p.content_hash, p.institution_ids, p.proposed_by, p.proposer_person,
         p.proposed_at, a.approved_by, a.approver_person, a.approved_at,
         e.how, e.ended_by, e.ended_at, e.reason,
         (select coalesce(jsonb_agg(jsonb_build_object('institution_id', f.institution_id,
                   'outcome', f.outcome) order by f.institution_id), '[]')
          from federation.proposal_effect f where f.proposal_id = p.id) as effects
  from federation.proposal p
  left join federation.proposal_approval a on a.proposal_id = p.id
  left join federation.proposal_end e on e.proposal_id = p.id`;

/** What officers proposed, what others decided, and what that did. */
@Injectable()
export class ProposalStore {
  async insert(tx: Transaction, proposal: Proposal, at: Instant): Promise<void> {
    await tx.query(
      `insert into federation.proposal (id, kind, content, content_hash, institution_ids, proposed_by,
         proposer_person, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))`,
      [
        proposal.id,
        proposal.kind,
        proposal.content,
        proposal.contentHash,
        [...proposal.institutionIds],
        proposal.proposedBy.mailAddress,
        proposal.proposedBy.personId,
        at,
      ],
    );
  }

  /** Throws 23505 when the proposal has been decided already. */
  async approve(
    tx: Transaction,
    proposal: Proposal,
    approver: StaffMember,
    at: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into federation.proposal_approval
         (proposal_id, content_hash, proposer_person, approved_by, approver_person, approved_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))`,
      [
        proposal.id,
        proposal.contentHash,
        proposal.proposedBy.personId,
        approver.mailAddress,
        approver.personId,
        at,
      ],
    );
  }

  /** Throws 23505 when the proposal has been decided already. */
  async end(
    tx: Transaction,
    proposalId: string,
    end: { how: 'rejected' | 'withdrawn'; by: string; reason: string },
    at: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into federation.proposal_end (proposal_id, how, ended_by, reason, ended_at)
       values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
      [proposalId, end.how, end.by, end.reason, at],
    );
  }

  async find(tx: Transaction, id: string): Promise<ProposalView | undefined> {
    const [row] = await tx.query<ProposalRow>(`${VIEW} where p.id = $1`, [id]);
    return row && viewOf(row);
  }

  /** Newest first; `before` is the id of the last one seen. */
  async list(
    tx: Transaction,
    filter: { state?: ProposalState | undefined; before?: string | undefined; limit: number },
  ): Promise<ProposalView[]> {
    const rows = await tx.query<ProposalRow>(
      `${VIEW}
       where ($1::text is null or $1 = coalesce(e.how, case when a.proposal_id is null then 'open'
                                                        else 'approved' end))
         and ($2::text is null or (p.proposed_at, p.id) <
              (select b.proposed_at, b.id from federation.proposal b where b.id = $2))
       order by p.proposed_at desc, p.id desc limit $3`,
      [filter.state ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map(viewOf);
  }

  /** Approved proposals of these kinds that are not yet carried out everywhere, oldest first. */
  async due(tx: Transaction, kinds: readonly string[], limit: number): Promise<ProposalView[]> {
    const rows = await tx.query<ProposalRow>(
      `${VIEW}
       where a.proposal_id is not null and p.kind = any($1)
         and (select count(*) from federation.proposal_effect f where f.proposal_id = p.id)
             < greatest(cardinality(p.institution_ids), 1)
       order by a.approved_at, p.id limit $2`,
      [[...kinds], limit],
    );
    return rows.map(viewOf);
  }

  /** One at a time per proposal: a second process waits, then finds the effect. */
  async lock(tx: Transaction, proposalId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4711011))', [proposalId]);
  }

  async hasEffect(tx: Transaction, proposalId: string, institutionId: number): Promise<boolean> {
    const rows = await tx.query(
      `select from federation.proposal_effect where proposal_id = $1 and institution_id = $2`,
      [proposalId, institutionId],
    );
    return rows.length > 0;
  }

  async insertEffect(
    tx: Transaction,
    proposalId: string,
    institutionId: number,
    outcome: object,
    at: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into federation.proposal_effect (proposal_id, institution_id, outcome, done_at)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000))`,
      [proposalId, institutionId, JSON.stringify(outcome), at],
    );
  }
}

function viewOf(row: ProposalRow): ProposalView {
  const approved = row.approved_by !== null;
  return {
    proposal: {
      id: row.id,
      kind: row.kind,
      content: row.content,
      contentHash: row.content_hash,
      institutionIds: row.institution_ids,
      proposedBy: { mailAddress: row.proposed_by, personId: row.proposer_person },
    },
    proposedAt: row.proposed_at,
    state: row.how ?? (approved ? 'approved' : 'open'),
    decidedBy: row.approved_by ?? row.ended_by ?? undefined,
    deciderPerson: row.approver_person ?? undefined,
    decidedAt: row.approved_at ?? row.ended_at ?? undefined,
    reason: row.reason ?? undefined,
    effects: row.effects.map(({ institution_id, outcome }) => ({
      institutionId: institution_id === 0 ? undefined : institution_id,
      outcome,
    })),
  };
}
