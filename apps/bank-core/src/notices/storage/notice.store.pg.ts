import { createHash } from 'node:crypto';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Mail, NoticeToQueue } from '../domain/notice.js';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

export async function insertNotice(
  tx: Transaction,
  notice: NoticeToQueue & { readonly id: string; readonly messageId: string },
): Promise<void> {
  const bodyHash = `sha256:${createHash('sha256').update(notice.body).digest('hex')}`;
  await tx.query(
    `insert into notice (institution_id, id, holder_id, kind, consent_id, recipient, subject, body,
       body_hash, message_id, created_at, next_attempt_at, once_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${at(11)}, ${at(12)}, $13)
     on conflict (institution_id, holder_id, kind, once_key) where once_key is not null do nothing`,
    [
      notice.institutionId,
      notice.id,
      notice.holderId,
      notice.kind,
      notice.consentId ?? null,
      notice.recipient,
      notice.subject,
      notice.body,
      bodyHash,
      notice.messageId,
      notice.at,
      notice.dueAt ?? notice.at,
      notice.onceKey ?? null,
    ],
  );
}

/** The newest thing that a holder was told of once by a notice of this kind, among those that begin so. */
export async function lastOnceKey(
  tx: Transaction,
  about: {
    readonly institutionId: number;
    readonly holderId: string;
    readonly kind: string;
    readonly prefix: string;
  },
): Promise<string | undefined> {
  const [row] = await tx.query<{ once_key: string }>(
    `select once_key from notice
     where institution_id = $1 and holder_id = $2 and kind = $3 and starts_with(once_key, $4)
     order by created_at desc, id desc limit 1`,
    [about.institutionId, about.holderId, about.kind, about.prefix],
  );
  return row?.once_key;
}

interface DueRow {
  institution_id: number;
  id: string;
  message_id: string;
  recipient: string;
  subject: string;
  body: string | null;
  attempts: number;
}

export interface DueNotice extends Mail {
  readonly id: string;
  /** This attempt included. */
  readonly attempts: number;
}

/**
 * Takes due notices for a while: whoever crashes with one in hand gives it back when the loan runs out. Nobody
 * else sees them meanwhile, whichever process asks.
 */
export async function borrowDue(
  tx: Transaction,
  institutionId: number,
  now: Instant,
  loanMs: number,
  rowsMax: number,
): Promise<DueNotice[]> {
  const rows = await tx.query<DueRow>(
    `update notice n set attempts = attempts + 1, next_attempt_at = ${at(3)}
     from (select id from notice where institution_id = $1 and next_attempt_at <= ${at(2)}
           order by next_attempt_at limit $4 for update skip locked) due
     where n.institution_id = $1 and n.id = due.id
     returning n.institution_id, n.id, n.message_id, n.recipient, n.subject, n.body, n.attempts`,
    [institutionId, now, now + loanMs, rowsMax],
  );
  return rows.map((row) => ({
    institutionId: row.institution_id,
    id: row.id,
    messageId: row.message_id,
    recipient: row.recipient,
    subject: row.subject,
    body: row.body ?? '',
    attempts: row.attempts,
  }));
}

export async function markDelivered(
  tx: Transaction,
  institutionId: number,
  id: string,
  now: Instant,
): Promise<void> {
  await tx.query(
    `update notice set delivered_at = ${at(3)}, next_attempt_at = null, last_failure = null
     where institution_id = $1 and id = $2 and delivered_at is null`,
    [institutionId, id, now],
  );
}

/** Puts it back for later, or gives it up. `failure` is a stable word, never what a server said about a person. */
export async function markFailed(
  tx: Transaction,
  institutionId: number,
  id: string,
  failed: { readonly failure: string; readonly nextAt: Instant | undefined; readonly now: Instant },
): Promise<void> {
  await tx.query(
    `update notice set last_failure = $3, next_attempt_at = ${at(4)},
       given_up_at = case when $4::float8 is null then ${at(5)} end
     where institution_id = $1 and id = $2 and delivered_at is null`,
    [institutionId, id, failed.failure, failed.nextAt ?? null, failed.now],
  );
}
