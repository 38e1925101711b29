import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { StaffGrant, StaffMember } from '../domain/staff-member.js';
import type { StaffSession } from '../domain/staff-session.js';

interface MemberRow {
  mail_address: string;
  person_id: string;
  name_ja: string;
  name_en: string;
  grants: { role: StaffGrant['role']; institution_id: number | null }[];
}

interface AccountRow extends MemberRow {
  password_hash: string;
  consecutive_failures: number;
  wrapped_seed: Buffer | null;
}

export interface CountedAttempt {
  readonly member: StaffMember;
  readonly hash: string;
  readonly attempt: number;
  readonly wrappedSeed: Buffer | undefined;
}

const MEMBER = `a.mail_address, a.person_id, p.name_ja, p.name_en,
  (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'institution_id', r.institution_id)
            order by r.id), '[]')
   from federation.staff_role r where r.mail_address = a.mail_address and r.until is null) as grants`;

/** Officers' accounts, roles and sessions. */
@Injectable()
export class StaffStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Counts the attempt before anybody hashes; nothing for an unknown, locked or departed officer. */
  async countAttempt(mailAddress: string): Promise<CountedAttempt | undefined> {
    const { rows } = await this.database.pool.query<AccountRow>(
      `update federation.staff_account a set consecutive_failures = consecutive_failures + 1
       from federation.person p
       where p.id = a.person_id and a.mail_address = $1 and a.state = 'active'
       returning ${MEMBER}, a.password_hash, a.consecutive_failures, a.wrapped_seed`,
      [mailAddress],
    );
    const row = rows[0];
    return (
      row && {
        member: memberOf(row),
        hash: row.password_hash,
        attempt: row.consecutive_failures,
        wrappedSeed: row.wrapped_seed ?? undefined,
      }
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

  /** Uses up the step of a one-time code; false when it or a later one was used before. */
  async useStep(mailAddress: string, step: number): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `update federation.staff_account set last_step = $2
       where mail_address = $1 and last_step < $2`,
      [mailAddress, step],
    );
    return rowCount === 1;
  }

  async member(tx: Transaction, mailAddress: string): Promise<StaffMember | undefined> {
    const [row] = await tx.query<MemberRow>(
      `select ${MEMBER} from federation.staff_account a join federation.person p on p.id = a.person_id
       where a.mail_address = $1 and a.state <> 'left'`,
      [mailAddress],
    );
    return row && memberOf(row);
  }

  /** The officer whom the issuer knows by this subject; nobody else's account is found by it. */
  async memberOfSubject(issuer: string, subject: string): Promise<StaffMember | undefined> {
    const { rows } = await this.database.pool.query<MemberRow>(
      `select ${MEMBER} from federation.staff_account a join federation.person p on p.id = a.person_id
       where a.issuer = $1 and a.subject = $2 and a.state = 'active'`,
      [issuer, subject],
    );
    return rows[0] && memberOf(rows[0]);
  }

  async openSession(secretHash: Buffer, mailAddress: string, at: Instant): Promise<void> {
    await this.database.pool.query(
      `insert into federation.staff_session (secret_hash, mail_address, opened_at, last_seen_at)
       values ($1, $2, to_timestamp($3::float8 / 1000), to_timestamp($3::float8 / 1000))`,
      [secretHash, mailAddress, at],
    );
  }

  /** The session with its officer as the roles are now: a role that ended a second ago is gone. */
  async session(
    secretHash: Buffer,
  ): Promise<{ session: StaffSession; member: StaffMember } | undefined> {
    const { rows } = await this.database.pool.query<
      MemberRow & { opened_at: Instant; last_seen_at: Instant; closed_at: Instant | null }
    >(
      `select s.opened_at, s.last_seen_at, s.closed_at, ${MEMBER}
       from federation.staff_session s
       join federation.staff_account a on a.mail_address = s.mail_address and a.state = 'active'
       join federation.person p on p.id = a.person_id
       where s.secret_hash = $1`,
      [secretHash],
    );
    const row = rows[0];
    return (
      row && {
        member: memberOf(row),
        session: {
          openedAt: row.opened_at,
          lastSeenAt: row.last_seen_at,
          closedAt: row.closed_at ?? undefined,
        },
      }
    );
  }

  async seen(secretHash: Buffer, at: Instant): Promise<void> {
    await this.database.pool.query(
      `update federation.staff_session set last_seen_at = to_timestamp($2::float8 / 1000)
       where secret_hash = $1 and closed_at is null`,
      [secretHash, at],
    );
  }

  async closeSession(secretHash: Buffer, at: Instant): Promise<void> {
    await this.database.pool.query(
      `update federation.staff_session set closed_at = to_timestamp($2::float8 / 1000)
       where secret_hash = $1 and closed_at is null`,
      [secretHash, at],
    );
  }

  async grant(
    tx: Transaction,
    mailAddress: string,
    grant: StaffGrant,
    proposalId: string,
    at: Instant,
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into federation.staff_role (mail_address, role, institution_id, since, granted_by)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5)
       on conflict do nothing returning id`,
      [mailAddress, grant.role, grant.institutionId ?? null, at, proposalId],
    );
    return rows.length === 1;
  }

  async endGrant(
    tx: Transaction,
    mailAddress: string,
    grant: StaffGrant,
    proposalId: string,
    at: Instant,
  ): Promise<boolean> {
    const rows = await tx.query(
      `update federation.staff_role set until = to_timestamp($4::float8 / 1000), ended_by = $5
       where mail_address = $1 and role = $2 and institution_id is not distinct from $3
         and until is null
       returning id`,
      [mailAddress, grant.role, grant.institutionId ?? null, at, proposalId],
    );
    return rows.length === 1;
  }
}

function memberOf(row: MemberRow): StaffMember {
  return {
    mailAddress: row.mail_address,
    personId: row.person_id,
    nameJa: row.name_ja,
    nameEn: row.name_en,
    grants: row.grants.map(({ role, institution_id }) => ({
      role,
      institutionId: institution_id ?? undefined,
    })),
  };
}
