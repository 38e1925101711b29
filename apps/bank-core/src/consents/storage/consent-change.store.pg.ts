import type { ConsentName, FreezeReason } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ConsentActorName, ConsentChange } from '../domain/consent.js';
import { shownReason } from '../domain/shown-reason.js';

/** One change, as it becomes a version of every consent it reaches. */
export interface Change {
  readonly institutionId: number;
  readonly change: ConsentChange;
  readonly reason: string;
  readonly actor: ConsentActorName;
  readonly at: Instant;
}

export interface StateChange extends Change {
  readonly state: ConsentName;
}

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** Which consents a change reaches: SQL over `c`, its own values numbered from `n` on. */
export type Which = (n: number) => {
  readonly where: string;
  readonly values: readonly unknown[];
};

export const theConsent =
  (consentId: string): Which =>
  (n) => ({ where: `c.id = $${n}`, values: [consentId] });

export const theConsents =
  (consentIds: readonly string[]): Which =>
  (n) => ({ where: `c.id = any ($${n})`, values: [consentIds] });

export const consentsOfHolder =
  (holderId: string): Which =>
  (n) => ({ where: `c.holder_id = $${n}`, values: [holderId] });

export interface PartyKey {
  readonly epspId: string;
  readonly chainPartnerId: string;
}

/** Who has living consents at an institution: the others need not be looked at. */
export async function livePartiesOf(tx: Transaction, institutionId: number): Promise<PartyKey[]> {
  return tx.query<PartyKey>(
    `select distinct epsp_id as "epspId", chain_partner_id as "chainPartnerId" from consent
     where institution_id = $1 and state in ('authorised', 'frozen') order by 1, 2`,
    [institutionId],
  );
}

/** Living consents of one party, a bite of them; somebody else's hands are left alone. */
export const consentsOfParty = (institutionId: number, party: PartyKey, rowsMax: number): Which =>
  bite(institutionId, party, rowsMax, () => ({ where: 'true', values: [] }));

/** Those that rest on nothing but the stopped functions and are not frozen for it yet. */
export const restingOnOnly = (
  institutionId: number,
  party: PartyKey,
  functions: readonly string[],
  rowsMax: number,
): Which =>
  bite(institutionId, party, rowsMax, (n) => ({
    where: `d.permissions <@ $${n}::text[] and not ('link_stopped' = any (d.frozen_for))`,
    values: [functions],
  }));

/** Those that are frozen for a stop which leaves them something. */
export const restingOnMore = (
  institutionId: number,
  party: PartyKey,
  functions: readonly string[],
  rowsMax: number,
): Which =>
  bite(institutionId, party, rowsMax, (n) => ({
    where: `d.state = 'frozen' and 'link_stopped' = any (d.frozen_for)
      and not (d.permissions <@ $${n}::text[])`,
    values: [functions],
  }));

function bite(institutionId: number, party: PartyKey, rowsMax: number, more: Which): Which {
  return (n) => {
    const { where, values } = more(n + 4);
    return {
      where: `c.id in (select d.id from consent d where d.institution_id = $${n}
        and d.epsp_id = $${n + 1} and d.chain_partner_id = $${n + 2}
        and d.state in ('authorised', 'frozen') and ${where}
        limit $${n + 3} for update skip locked)`,
      values: [institutionId, party.epspId, party.chainPartnerId, rowsMax, ...values],
    };
  };
}

/** Moves consents to a state and tells the feed; answers those that moved. */
export async function moveConsents(
  tx: Transaction,
  change: StateChange,
  from: readonly ConsentName[],
  which: Which,
): Promise<string[]> {
  const { institutionId, state, reason, actor } = change;
  const { where, values } = which(6);
  const rows = await tx.query<{ id: string }>(
    `update consent c set state = $2, state_reason = $3, state_actor = $4, changed_at = ${at(5)},
       version = version + 1, frozen_for = '{}'
     where c.institution_id = $1 and c.state in (${quoted(from)}) and ${where}
     returning c.id`,
    [institutionId, state, reason, actor, change.at, ...values],
  );
  return told(tx, change, rows);
}

/** Freezes for one more cause; who is frozen for it already stays as it is. Nothing is taken away for good. */
export async function freezeConsents(
  tx: Transaction,
  change: Change & { readonly reason: FreezeReason },
  which: Which,
): Promise<string[]> {
  const { institutionId, reason, actor } = change;
  const { where, values } = which(5);
  const rows = await tx.query<{ id: string }>(
    `update consent c set state = 'frozen', state_reason = $2, state_actor = $3,
       changed_at = ${at(4)}, version = version + 1, frozen_for = array_append(frozen_for, $2)
     where c.institution_id = $1 and c.state in ('authorised', 'frozen')
       and not ($2 = any (c.frozen_for)) and ${where}
     returning c.id`,
    [institutionId, reason, actor, change.at, ...values],
  );
  return told(tx, change, rows);
}

/** Takes one cause away. Whoever has none left lives again, if the term is not over (RKN-S4c, SM-9.2). */
export async function thawConsents(
  tx: Transaction,
  change: Change & { readonly cause: FreezeReason },
  which: Which,
): Promise<string[]> {
  const { institutionId, cause, reason, actor } = change;
  const { where, values } = which(6);
  const rows = await tx.query<{ id: string; state: ConsentName }>(
    `update consent c set changed_at = ${at(4)}, state_actor = $3,
       version = version + case when frozen_for = array[$2] then 1 else 0 end,
       frozen_for = array_remove(frozen_for, $2),
       state = case when frozen_for = array[$2] then 'authorised' else 'frozen' end,
       state_reason = case when frozen_for = array[$2] then $5
         else (array_remove(frozen_for, $2))[cardinality(frozen_for) - 1] end
     where c.institution_id = $1 and c.state = 'frozen' and $2 = any (c.frozen_for)
       and c.expires_at > ${at(4)} and ${where}
     returning c.id, c.state`,
    [institutionId, cause, actor, change.at, reason, ...values],
  );
  const awake = rows.filter(({ state }) => state === 'authorised');
  return told(tx, change, awake);
}

/** A longer term, with the wording that was shown for it; the state does not change. */
export async function extendConsent(
  tx: Transaction,
  consentId: string,
  change: Change,
  term: {
    readonly expiresAt: Instant;
    readonly termDays: number;
    readonly wordingVersion: string;
    readonly wordingHash: string;
  },
): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `update consent c set state_reason = $3, state_actor = $4, changed_at = ${at(5)},
       term_since = ${at(5)}, version = version + 1, expires_at = ${at(6)}, term_days = $7,
       wording_version = $8, wording_hash = $9
     where c.institution_id = $1 and c.id = $2 returning c.id`,
    [
      change.institutionId,
      consentId,
      change.reason,
      change.actor,
      change.at,
      term.expiresAt,
      term.termDays,
      term.wordingVersion,
      term.wordingHash,
    ],
  );
  await told(tx, change, rows);
}

/** A version of its own without a change of state: accounts, or a term that is running out. */
export async function noteChange(
  tx: Transaction,
  consentIds: readonly string[],
  change: Change,
): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `update consent c set version = version + 1, changed_at = ${at(3)}
     where c.institution_id = $1 and c.id = any ($2) returning c.id`,
    [change.institutionId, consentIds, change.at],
  );
  await told(tx, change, rows);
}

/** Ends what is over its time, a bounded number at a time: the term, or the time to decide. */
export async function expireDue(
  tx: Transaction,
  institutionId: number,
  now: Instant,
  of: 'term' | 'decision',
): Promise<string[]> {
  const [states, column] =
    of === 'term'
      ? (["'authorised', 'frozen'", 'expires_at'] as const)
      : (["'awaiting_authorisation'", 'decide_by'] as const);
  return moveConsents(
    tx,
    {
      institutionId,
      change: 'expired',
      state: 'expired',
      reason: of === 'term' ? 'term_over' : 'not_decided_in_time',
      actor: 'system',
      at: now,
    },
    of === 'term' ? ['authorised', 'frozen'] : ['awaiting_authorisation'],
    () => ({
      where: `c.id in (select d.id from consent d where d.institution_id = $1
        and d.state in (${states}) and d.${column} <= ${at(5)}
        limit 500 for update skip locked)`,
      values: [],
    }),
  );
}

const quoted = (states: readonly ConsentName[]): string =>
  states.map((state) => `'${state}'`).join(', ');

/** Writes the version that each of them has now: the history and the feed are one table. */
export async function told(
  tx: Transaction,
  change: Change,
  rows: readonly { readonly id: string }[],
): Promise<string[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    await tx.query(
      `insert into consent_event (institution_id, consent_id, state, reason, at, change, actor,
         cause, version, expires_at, wording_hash, account_ids)
       select c.institution_id, c.id, c.state, $3, ${at(4)}, $5, $6, $7, c.version, c.expires_at,
         c.wording_hash, array(select a.account_id from consent_account a
           where a.institution_id = c.institution_id and a.consent_id = c.id
             and a.status = 'available' order by a.account_id)
       from consent c where c.institution_id = $1 and c.id = any ($2)`,
      [
        change.institutionId,
        ids,
        shownReason(change.reason, change.actor).code,
        change.at,
        change.change,
        change.actor,
        change.reason,
      ],
    );
  return ids;
}
