import { Inject, Injectable } from '@nestjs/common';
import { assert, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { Permission, Purpose } from '../../consents/index.js';
import type { Approval, Asked, Language, Outcome, Stage } from '../domain/approval.js';

interface ApprovalRow {
  id: Approval['id'];
  request_key: string;
  kind: Asked['kind'];
  client_id: string;
  epsp_id: string;
  chain_partner_id: string;
  interaction_id: string;
  institution_id: number | null;
  institution_is_fixed: boolean;
  permissions: Permission[];
  purpose: Purpose | null;
  term_days: number | null;
  transfer_id: string | null;
  asked_consent_id: string | null;
  return_url: string;
  redirect_origin: string;
  locale: Language;
  created_at: Instant;
  expires_at: Instant;
  stage: Stage;
  holder_id: string | null;
  account_ids: string[];
  debit_account_id: string | null;
  outcome: Outcome | null;
  reason: string | null;
  consent_id: string | null;
}

const COLUMNS = `id, request_key, kind, client_id, epsp_id, chain_partner_id, interaction_id,
  institution_id, institution_is_fixed, permissions, purpose, term_days, transfer_id,
  asked_consent_id, return_url, redirect_origin, locale, created_at, expires_at, stage, holder_id, account_ids,
  debit_account_id, outcome, reason, consent_id`;

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/**
 * A key names one request and one content for ever: who asks, for whom, for what and for how long. An institution
 * that was left open may have been picked since; a consent that was written down belongs to its own request.
 */
const SAME_CONTENT = `kept.client_id = excluded.client_id and kept.kind = excluded.kind
  and kept.epsp_id = excluded.epsp_id and kept.chain_partner_id = excluded.chain_partner_id
  and kept.institution_is_fixed = excluded.institution_is_fixed
  and (not kept.institution_is_fixed or kept.institution_id = excluded.institution_id)
  and kept.permissions = excluded.permissions
  and kept.purpose is not distinct from excluded.purpose
  and kept.term_days is not distinct from excluded.term_days
  and kept.transfer_id is not distinct from excluded.transfer_id
  and (kept.kind <> 'consent_extension' or kept.asked_consent_id = excluded.asked_consent_id)`;

/** As long as the browser's way back may take: an interaction at the gateway lives no longer. */
const RESULT_KEPT_MS = 20 * 60_000;

/** What a step of the pages writes; what is absent stays. */
export interface Progress {
  readonly stage?: Stage;
  readonly institutionId?: number;
  readonly sessionHash?: string;
  readonly holderId?: string;
  readonly accountIds?: readonly string[];
  readonly debitAccountId?: string;
  readonly language?: Language;
  readonly askedConsentId?: string;
}

export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string | undefined;
  readonly consentId?: string | undefined;
  readonly resultHash: string;
  readonly at: Instant;
}

@Injectable()
export class ApprovalStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Keeps a request under its key. The same key again voids the earlier handle and begins afresh, unless
   * the holder has approved, the result was taken, or anything that was asked for differs: `undefined`.
   */
  async put(approval: Approval, handleHash: string): Promise<Approval | undefined> {
    const { asked } = approval;
    const information = asked.kind === 'transfer_initiation' ? undefined : asked;
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `insert into federation.approval as kept (id, request_key, kind, client_id, epsp_id,
         chain_partner_id, interaction_id, institution_id, institution_is_fixed, permissions,
         purpose, term_days, transfer_id, return_url, redirect_origin, locale, created_at,
         expires_at, handle_hash, asked_consent_id, stage)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, ${at(17)},
         ${at(18)}, $19, $20, 'handed_over')
       on conflict (request_key) do update set
         handle_hash = excluded.handle_hash, handle_used_at = null, stage = 'handed_over',
         interaction_id = excluded.interaction_id, return_url = excluded.return_url,
         redirect_origin = excluded.redirect_origin, locale = excluded.locale,
         institution_id = excluded.institution_id, created_at = excluded.created_at,
         expires_at = excluded.expires_at, session_hash = null, holder_id = null,
         account_ids = '{}', debit_account_id = null, outcome = null, reason = null,
         ended_at = null, result_hash = null,
         asked_consent_id = case when kept.institution_is_fixed then kept.asked_consent_id end
       where kept.outcome is distinct from 'approved' and kept.result_taken_at is null
         and ${SAME_CONTENT}
       returning ${COLUMNS}`,
      [
        approval.id,
        approval.requestKey,
        asked.kind,
        approval.clientId,
        approval.epspId,
        approval.chainPartnerId,
        approval.interactionId,
        approval.institutionId ?? null,
        approval.institutionIsFixed,
        information?.permissions ?? [],
        information?.purpose ?? null,
        information?.termDays ?? null,
        asked.kind === 'transfer_initiation' ? asked.transferId : null,
        approval.returnUrl,
        approval.redirectOrigin,
        approval.language,
        approval.createdAt,
        approval.expiresAt,
        handleHash,
        approval.askedConsentId ?? null,
      ],
    );
    return rows[0] && approvalOf(rows[0]);
  }

  /** Uses a handle up and binds the pages to one browser. `undefined` when it was used, voided or never given. */
  async enter(
    handleHash: string,
    sessionHash: string,
    now: Instant,
  ): Promise<Approval | undefined> {
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `update federation.approval set handle_used_at = ${at(3)}, session_hash = $2,
         stage = case when institution_is_fixed then 'login' else 'start' end
       where handle_hash = $1 and handle_used_at is null and outcome is null
       returning ${COLUMNS}`,
      [handleHash, sessionHash, now],
    );
    return rows[0] && approvalOf(rows[0]);
  }

  async byHandle(handleHash: string): Promise<Approval | undefined> {
    return this.one('handle_hash = $1', [handleHash]);
  }

  /** The request whose pages this browser session has open. */
  async bySession(id: string, sessionHash: string): Promise<Approval | undefined> {
    return this.one('id = $1 and session_hash = $2', [id, sessionHash]);
  }

  /** Whether an undecided request whose time is not over asks for the transfer, be it this one, handed over afresh. */
  async isStillAsked(institutionId: number, transferId: string, now: Instant): Promise<boolean> {
    const { rows } = await this.database.pool.query(
      `select from federation.approval
       where institution_id = $1 and transfer_id = $2 and outcome is null and expires_at > ${at(3)}
       limit 1`,
      [institutionId, transferId, now],
    );
    return rows.length > 0;
  }

  /**
   * Writes a step of an undecided request. `undefined` when it has ended, and when it was handed over
   * afresh since `approval` was read: a step of the earlier browser must not reach the next one (T-05).
   */
  async advance(
    { id, createdAt }: Pick<Approval, 'id' | 'createdAt'>,
    progress: Progress,
  ): Promise<Approval | undefined> {
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `update federation.approval set stage = coalesce($2, stage),
         institution_id = coalesce($3, institution_id), session_hash = coalesce($4, session_hash),
         holder_id = coalesce($5, holder_id), account_ids = coalesce($6, account_ids),
         debit_account_id = coalesce($7, debit_account_id), locale = coalesce($8, locale),
         asked_consent_id = coalesce($10, asked_consent_id)
       where id = $1 and outcome is null and created_at = ${at(9)} returning ${COLUMNS}`,
      [
        id,
        progress.stage ?? null,
        progress.institutionId ?? null,
        progress.sessionHash ?? null,
        progress.holderId ?? null,
        progress.accountIds ?? null,
        progress.debitAccountId ?? null,
        progress.language ?? null,
        createdAt,
        progress.askedConsentId ?? null,
      ],
    );
    return rows[0] && approvalOf(rows[0]);
  }

  /**
   * Ends an undecided request, in the caller's transaction; false when it had ended before, or was
   * handed over afresh since `approval` was read: then another browser decides (T-05).
   */
  async end(
    tx: Transaction,
    { id, createdAt }: Pick<Approval, 'id' | 'createdAt'>,
    ending: Ending,
  ): Promise<boolean> {
    const rows = await tx.query(
      `update federation.approval set stage = 'done', outcome = $2, reason = $3, consent_id = $4,
         result_hash = $5, ended_at = ${at(6)}
       where id = $1 and outcome is null and created_at = ${at(7)} returning id`,
      [
        id,
        ending.outcome,
        ending.reason ?? null,
        ending.consentId ?? null,
        ending.resultHash,
        ending.at,
        createdAt,
      ],
    );
    return rows.length > 0;
  }

  /**
   * The result, only to the client that asked. A gateway that died between fetching and keeping it asks again
   * with the same handle and is told the same, until the request's own time is long over.
   */
  async takeResult(
    resultHash: string,
    clientId: string,
    now: Instant,
  ): Promise<Approval | undefined> {
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `update federation.approval set result_taken_at = coalesce(result_taken_at, ${at(3)})
       where result_hash = $1 and client_id = $2 and ended_at > ${at(4)}
       returning ${COLUMNS}`,
      [resultHash, clientId, now, now - RESULT_KEPT_MS],
    );
    return rows[0] && approvalOf(rows[0]);
  }

  /** Undecided requests whose time is over. */
  async overdue(now: Instant): Promise<Approval[]> {
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `select ${COLUMNS} from federation.approval
       where outcome is null and expires_at <= ${at(1)} order by expires_at limit 200`,
      [now],
    );
    return rows.map(approvalOf);
  }

  /** How this intermediary knows this holder: made at the first approval, the same ever after. */
  async subjectOf(
    tx: Transaction,
    holder: { institutionId: number; holderId: string; epspId: string },
    fresh: string,
  ): Promise<string> {
    const key = [holder.institutionId, holder.holderId, holder.epspId];
    await tx.query(
      `insert into holder_subject (institution_id, holder_id, epsp_id, subject)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [...key, fresh],
    );
    const [row] = await tx.query<{ subject: string }>(
      `select subject from holder_subject
       where institution_id = $1 and holder_id = $2 and epsp_id = $3`,
      key,
    );
    return row?.subject ?? fresh;
  }

  private async one(where: string, values: readonly unknown[]): Promise<Approval | undefined> {
    const { rows } = await this.database.pool.query<ApprovalRow>(
      `select ${COLUMNS} from federation.approval where ${where}`,
      values as unknown[],
    );
    return rows[0] && approvalOf(rows[0]);
  }
}

function askedOf(row: ApprovalRow): Asked {
  if (row.kind === 'transfer_initiation')
    return { kind: row.kind, transferId: row.transfer_id ?? '' };
  const { kind, permissions, purpose, term_days: termDays } = row;
  assert(purpose !== null && termDays !== null, 'The table keeps purpose and term of a consent.');
  return { kind, permissions, purpose, termDays };
}

function approvalOf(row: ApprovalRow): Approval {
  return {
    id: row.id,
    requestKey: row.request_key,
    asked: askedOf(row),
    clientId: row.client_id,
    epspId: row.epsp_id,
    chainPartnerId: row.chain_partner_id,
    interactionId: row.interaction_id,
    institutionId: row.institution_id ?? undefined,
    institutionIsFixed: row.institution_is_fixed,
    returnUrl: row.return_url,
    redirectOrigin: row.redirect_origin,
    language: row.locale,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    stage: row.stage,
    holderId: row.holder_id ?? undefined,
    accountIds: row.account_ids,
    debitAccountId: row.debit_account_id ?? undefined,
    askedConsentId: row.asked_consent_id ?? undefined,
    outcome: row.outcome ?? undefined,
    reason: row.reason ?? undefined,
    consentId: row.consent_id ?? undefined,
  };
}
