import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Consent, ConsentParties, Permission, Purpose } from '../domain/consent.js';
import { told } from './consent-change.store.pg.js';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** What an intermediary asked for, before anybody decided. */
export interface AskedConsent extends ConsentParties {
  readonly institutionId: number;
  readonly id: string;
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  readonly termDays?: number | undefined;
  readonly askedAt: Instant;
  readonly decideBy: Instant;
}

/** Writes down what is asked for. Its first version belongs to the intermediary. */
export async function insertAsked(tx: Transaction, asked: AskedConsent): Promise<void> {
  await tx.query(
    `insert into consent (institution_id, id, epsp_id, client_id, chain_partner_id, permissions,
       purpose, state, state_reason, state_actor, term_days, asked_at, decide_by, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'awaiting_authorisation', 'asked', 'intermediary', $8,
       ${at(9)}, ${at(10)}, ${at(9)})`,
    [
      asked.institutionId,
      asked.id,
      asked.epspId,
      asked.clientId,
      asked.chainPartnerId,
      asked.permissions,
      asked.purpose,
      asked.termDays ?? null,
      asked.askedAt,
      asked.decideBy,
    ],
  );
  const { institutionId, askedAt } = asked;
  const change = { change: 'asked', reason: 'asked', actor: 'intermediary' } as const;
  await told(tx, { institutionId, at: askedAt, ...change }, [asked]);
}

export async function delayDecision(
  tx: Transaction,
  asked: { readonly institutionId: number; readonly consentId: string; readonly decideBy: Instant },
): Promise<boolean> {
  const rows = await tx.query(
    `update consent set decide_by = ${at(3)}
     where institution_id = $1 and id = $2 and state = 'awaiting_authorisation' returning id`,
    [asked.institutionId, asked.consentId, asked.decideBy],
  );
  return rows.length > 0;
}

/**
 * Turns what was asked for into a consent, with the exact wording. False when somebody decided it before, or
 * the parties are not those who asked.
 */
export async function authoriseAsked(
  tx: Transaction,
  consent: Consent,
  wording: { readonly version: string; readonly text: string },
): Promise<boolean> {
  const { institutionId, id, wordingHash, grantedAt } = consent;
  await keepWording(tx, institutionId, { hash: wordingHash, text: wording.text, at: grantedAt });
  const rows = await tx.query<{ id: string }>(
    `update consent set state = 'authorised', state_reason = 'agreed', state_actor = 'holder',
       holder_id = $3, wording_version = $4, wording_hash = $5, granted_at = ${at(6)},
       term_since = ${at(6)}, changed_at = ${at(6)}, expires_at = ${at(7)}, version = version + 1
     where institution_id = $1 and id = $2 and state = 'awaiting_authorisation'
       and epsp_id = $8 and client_id = $9 and chain_partner_id = $10
     returning id`,
    [
      institutionId,
      id,
      consent.holderId,
      wording.version,
      wordingHash,
      grantedAt,
      consent.expiresAt,
      consent.epspId,
      consent.clientId,
      consent.chainPartnerId,
    ],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `insert into consent_account (institution_id, consent_id, account_id, changed_at)
     select $1, $2, unnest($3::text[]), ${at(4)}`,
    [institutionId, id, consent.accountIds, grantedAt],
  );
  const change = { change: 'authorised', reason: 'agreed', actor: 'holder' } as const;
  await told(tx, { institutionId, at: grantedAt, ...change }, rows);
  return true;
}

/** Keeps a wording word for word, once per text (RKN-S1). */
export async function keepWording(
  tx: Transaction,
  institutionId: number,
  wording: { readonly hash: string; readonly text: string; readonly at: Instant },
): Promise<void> {
  await tx.query(
    `insert into consent_wording (institution_id, hash, wording, shown_first_at)
     values ($1, $2, $3, ${at(4)}) on conflict do nothing`,
    [institutionId, wording.hash, wording.text, wording.at],
  );
}
