import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { Proposal, StaffMember, StaffRole } from '../domain/staff-member.js';

interface AccountRow {
  mail_address: string;
  person_id: string;
  name_ja: string;
  name_en: string;
  roles: StaffRole[];
  password_hash: string;
  consecutive_failures: number;
}

export interface CountedAttempt {
  readonly member: StaffMember;
  readonly hash: string;
  readonly attempt: number;
}

@Injectable()
export class StaffStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Counts the attempt before anybody hashes; nothing for an unknown, locked or departed officer. */
  async countAttempt(mailAddress: string): Promise<CountedAttempt | undefined> {
    const { rows } = await this.database.pool.query<AccountRow>(
      `update federation.staff_account a set consecutive_failures = consecutive_failures + 1
       from federation.person p
       where p.id = a.person_id and a.mail_address = $1 and a.state = 'active'
       returning a.mail_address, a.person_id, p.name_ja, p.name_en, a.roles, a.password_hash,
                 a.consecutive_failures`,
      [mailAddress],
    );
    const row = rows[0];
    return (
      row && { member: memberOf(row), hash: row.password_hash, attempt: row.consecutive_failures }
    );
  }

  async forgetFailures(mailAddress: string): Promise<void> {
    await this.database.pool.query(
      'update federation.staff_account set consecutive_failures = 0 where mail_address = $1',
      [mailAddress],
    );
  }

  async lock(mailAddress: string): Promise<void> {
    await this.database.pool.query(
      `update federation.staff_account set state = 'locked' where mail_address = $1`,
      [mailAddress],
    );
  }

  async insertProposal(tx: Transaction, proposal: Proposal, at: Instant): Promise<void> {
    await tx.query(
      `insert into federation.proposal
         (id, kind, content, content_hash, proposed_by, proposer_person, proposed_at)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))`,
      [
        proposal.id,
        proposal.kind,
        proposal.content,
        proposal.contentHash,
        proposal.proposedBy.mailAddress,
        proposal.proposedBy.personId,
        at,
      ],
    );
  }

  async insertApproval(
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
}

function memberOf(row: AccountRow): StaffMember {
  return {
    mailAddress: row.mail_address,
    personId: row.person_id,
    nameJa: row.name_ja,
    nameEn: row.name_en,
    roles: row.roles,
  };
}
