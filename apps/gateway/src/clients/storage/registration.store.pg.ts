import { Inject, Injectable } from '@nestjs/common';
import { assert, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { ClientChoices } from '../client.js';
import type { KeyRecord, Registration } from '../domain/registration.js';
import type { RegisteredKey } from '../registered-key.js';
import { countsFor, KEY_IS_COMPROMISED } from './compromised.js';

interface RegistrationRow {
  client_id: string;
  epsp_id: string;
  is_blocked: boolean;
  statement_issuer: string | null;
  software_id: string | null;
  software_version: string | null;
  client_name: string | null;
  contacts: string[];
  redirect_uris: string[];
  metadata: ClientChoices;
  recorded_at: Instant;
}

interface KeyRow {
  kid: string;
  purpose: KeyRecord['purpose'];
  thumbprint: string;
  certificate_thumbprint: string | null;
  jwk: KeyRecord['jwk'];
  good_until: Instant | null;
  recorded_at: Instant;
  is_compromised: boolean;
}

/** How software stands at the moment of its end. */
interface Standing {
  readonly isBlocked: boolean;
  /** The key that was asked about was reported as compromised. */
  readonly isCompromised: boolean;
  /** The key or certificate that recovered the registration token was. */
  readonly isTokenOfCompromised: boolean;
}

export interface NewRegistration {
  readonly clientId: string;
  readonly epspId: string;
  readonly statementIssuer: string;
  readonly softwareId: string;
  readonly softwareVersion: string | undefined;
  readonly clientName: string;
  readonly contacts: readonly string[];
  readonly redirectUris: readonly string[];
  readonly metadata: ClientChoices;
  readonly tokenHash: Buffer;
}

const COLUMNS = `client_id, epsp_id, software_blocked_until(client_id) is not null as is_blocked,
  statement_issuer, software_id, software_version, client_name, contacts, redirect_uris, metadata,
  recorded_at`;

/** A key id that was given once, and to what. */
interface KnownKid {
  readonly kid: string;
  readonly purpose: KeyRecord['purpose'];
  readonly thumbprint: string;
  readonly certificateThumbprint: string | null;
  readonly over: boolean;
}

/** A registration is found by what it is called, by its software, or by its token: each names one. */
type Wanted =
  | { readonly clientId: string }
  | { readonly issuer: string; readonly softwareId: string }
  | { readonly tokenHash: Buffer };

/** Neither software ids nor key ids are anybody's alone: several issuers may have given the same. */
type WantedByKey =
  | { readonly softwareId: string; readonly certificateThumbprint: string }
  | { readonly softwareId: string; readonly kid: string };

@Injectable()
export class RegistrationStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(wanted: Wanted, tx: Pick<Transaction, 'query'> = this.single()) {
    const [registration] = await this.rowsOf(tx, conditionOf(wanted));
    return registration;
  }

  /** Every registration of this software id that has such a key or certificate, the oldest first. */
  all(wanted: WantedByKey): Promise<Registration[]> {
    return this.rowsOf(this.single(), conditionOfKey(wanted));
  }

  async insert(tx: Transaction, made: NewRegistration): Promise<void> {
    await tx.query(
      `insert into client (client_id, epsp_id, statement_issuer, software_id, software_version,
         client_name, contacts, redirect_uris, metadata, token_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        made.clientId,
        made.epspId,
        made.statementIssuer,
        made.softwareId,
        made.softwareVersion ?? null,
        made.clientName,
        made.contacts,
        made.redirectUris,
        JSON.stringify(made.metadata),
        made.tokenHash,
      ],
    );
  }

  /** Possible for software of the same transaction, and for the owner's role; else the database refuses. */
  async insertKey(tx: Transaction, clientId: string, key: RegisteredKey): Promise<void> {
    await tx.query(
      `insert into client_key (client_id, kid, purpose, thumbprint, certificate_thumbprint, jwk,
         good_until)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))`,
      [
        clientId,
        key.kid,
        key.purpose,
        key.thumbprint,
        key.certificateThumbprint ?? null,
        JSON.stringify(key.jwk),
        key.goodUntil ?? null,
      ],
    );
  }

  async setToken(tx: Transaction, clientId: string, tokenHash: Buffer): Promise<void> {
    await tx.query('update client set token_hash = $2 where client_id = $1', [clientId, tokenHash]);
  }

  /** What may change without anybody's approval: how the software is called and who is asked about it. */
  async rename(tx: Transaction, clientId: string, name: string, contacts: readonly string[]) {
    await tx.query('update client set client_name = $2, contacts = $3 where client_id = $1', [
      clientId,
      name,
      contacts,
    ]);
  }

  /** Holds the software until the transaction ends, as officers do when they decide on it. False where it is gone. */
  async hold(tx: Transaction, clientId: string): Promise<boolean> {
    const found = await tx.query(
      `select from client where client_id = $1 and status <> 'deleted' for no key update`,
      [clientId],
    );
    return found.length === 1;
  }

  /** How held software stands. A statement of its own after `hold`: one that waited for the lock would see what was. */
  async standingOf(tx: Transaction, clientId: string, kid: string | undefined) {
    const [standing] = await tx.query<Standing>(
      `select software_blocked_until($1) is not null as "isBlocked",
         exists (select from client_key k
           where k.client_id = $1 and k.kid = $2 and ${KEY_IS_COMPROMISED}) as "isCompromised",
         exists (select from client_key k
           where k.client_id = $1 and ${KEY_IS_COMPROMISED}
             and (select actor from registration_record
                  where client_id = $1 and act = 'recovered' order by record_id desc limit 1)
               in ('key ' || k.kid, 'certificate ' || k.kid)) as "isTokenOfCompromised"`,
      [clientId, kid ?? null],
    );
    assert(standing, 'A question about one piece of software has one answer.');
    return standing;
  }

  async delete(tx: Transaction, clientId: string): Promise<void> {
    await tx.query(`update client set status = 'deleted', token_hash = null where client_id = $1`, [
      clientId,
    ]);
  }

  async endKey(tx: Transaction, clientId: string, kid: string): Promise<void> {
    await tx.query(
      `update client_key set removed_at = clock_timestamp()
       where client_id = $1 and kid = $2 and removed_at is null`,
      [clientId, kid],
    );
  }

  /** Whether one of these marks was reported as compromised, by itself, by officers, or by this client. */
  async isCompromised(marks: readonly string[], clientId: string | undefined): Promise<boolean> {
    const rows = await this.single().query(
      `select from compromised_key x where x.mark = any($1) and ${countsFor('$2')} limit 1`,
      [marks, clientId ?? null],
    );
    return rows.length > 0;
  }

  /** Which of these thumbprints live in another registration than `clientId`. */
  async heldByOthers(thumbprints: readonly string[], clientId: string | undefined) {
    const rows = await this.single().query<{ thumbprint: string }>(
      `select distinct k.thumbprint from client_key k join client c using (client_id)
       where k.thumbprint = any($1) and k.removed_at is null and c.status <> 'deleted'
         and k.client_id is distinct from $2`,
      [thumbprints, clientId ?? null],
    );
    return new Set(rows.map(({ thumbprint }) => thumbprint));
  }

  /** Every kid that this registration ever had: none of them is given to another key. */
  async kidsOf(clientId: string) {
    const rows = await this.single().query<KnownKid>(
      `select kid, purpose, thumbprint, certificate_thumbprint as "certificateThumbprint",
         removed_at is not null as over
       from client_key where client_id = $1`,
      [clientId],
    );
    return new Map(rows.map((row) => [row.kid, row]));
  }

  async reportCompromised(
    tx: Transaction,
    report: {
      readonly mark: string;
      readonly clientId: string;
      readonly kid: string;
      readonly reason: string;
      readonly by: string;
      /** For all software; else for this client alone. */
      readonly everywhere: boolean;
    },
  ): Promise<void> {
    const { mark, clientId, kid, reason, by, everywhere } = report;
    await tx.query(
      `insert into compromised_key (mark, client_id, kid, reason, reported_by, everywhere)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [mark, clientId, kid, reason, by, everywhere],
    );
  }

  /** Live keys and certificates that end before `until`, with the software they belong to. */
  async ending(until: Instant, epspId: string | undefined) {
    return this.single().query<{
      client_id: string;
      epsp_id: string;
      kid: string;
      purpose: 'sign' | 'tls';
      good_until: Instant;
    }>(
      `select k.client_id, c.epsp_id, k.kid, k.purpose, k.good_until
       from client_key k join client c using (client_id)
       where c.status = 'active' and k.removed_at is null and k.good_until > clock_timestamp()
         and k.good_until <= to_timestamp($1::float8 / 1000)
         and ($2::text is null or c.epsp_id = $2)
         and not ${KEY_IS_COMPROMISED}
       order by k.good_until, k.client_id, k.kid`,
      [until, epspId ?? null],
    );
  }

  /** Until when the newest certificate of each piece of live software holds; soonest first. */
  async certificates(rowsMax: number) {
    return this.single().query<{ clientId: string; epspId: string; goodUntil: Instant }>(
      `select k.client_id as "clientId", c.epsp_id as "epspId", max(k.good_until) as "goodUntil"
       from client_key k join client c using (client_id)
       where c.status = 'active' and k.removed_at is null and k.certificate_thumbprint is not null
         and k.good_until is not null
       group by k.client_id, c.epsp_id order by max(k.good_until), k.client_id limit $1`,
      [rowsMax],
    );
  }

  private async rowsOf(
    tx: Pick<Transaction, 'query'>,
    [condition, values]: [string, unknown[]],
  ): Promise<Registration[]> {
    const rows = await tx.query<RegistrationRow>(
      `select ${COLUMNS} from client c where status <> 'deleted' and ${condition}
       order by recorded_at, client_id`,
      values,
    );
    const found: Registration[] = [];
    for (const row of rows) found.push(toRegistration(row, await this.keysOf(tx, row.client_id)));
    return found;
  }

  private async keysOf(tx: Pick<Transaction, 'query'>, clientId: string): Promise<KeyRecord[]> {
    const rows = await tx.query<KeyRow>(
      `select kid, purpose, thumbprint, certificate_thumbprint, jwk, good_until, recorded_at,
         ${KEY_IS_COMPROMISED} as is_compromised
       from client_key k where client_id = $1 and removed_at is null
       order by recorded_at, kid`,
      [clientId],
    );
    return rows.map(toKey);
  }

  private single(): Pick<Transaction, 'query'> {
    return {
      query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
        (await this.database.pool.query(sql, values as unknown[])).rows as Row[],
    };
  }
}

function conditionOf(wanted: Wanted): [string, unknown[]] {
  if ('clientId' in wanted) return ['client_id = $1', [wanted.clientId]];
  if ('tokenHash' in wanted) return ['token_hash = $1', [wanted.tokenHash]];
  return ['statement_issuer = $1 and software_id = $2', [wanted.issuer, wanted.softwareId]];
}

function conditionOfKey(wanted: WantedByKey): [string, unknown[]] {
  const [column, value] =
    'kid' in wanted
      ? ['kid', wanted.kid]
      : ['certificate_thumbprint', wanted.certificateThumbprint];
  return [
    `software_id = $1 and exists (select from client_key k where k.client_id = c.client_id
       and k.removed_at is null and k.${column} = $2)`,
    [wanted.softwareId, value],
  ];
}

const toRegistration = (row: RegistrationRow, keys: readonly KeyRecord[]): Registration => ({
  clientId: row.client_id,
  epspId: row.epsp_id,
  isBlocked: row.is_blocked,
  statementIssuer: row.statement_issuer ?? undefined,
  softwareId: row.software_id ?? undefined,
  softwareVersion: row.software_version ?? undefined,
  clientName: row.client_name ?? undefined,
  contacts: row.contacts,
  redirectUris: row.redirect_uris,
  metadata: row.metadata,
  recordedAt: row.recorded_at,
  keys,
});

const toKey = (row: KeyRow): KeyRecord => ({
  kid: row.kid,
  purpose: row.purpose,
  thumbprint: row.thumbprint,
  certificateThumbprint: row.certificate_thumbprint ?? undefined,
  jwk: row.jwk,
  goodUntil: row.good_until ?? undefined,
  recordedAt: row.recorded_at,
  isCompromised: row.is_compromised,
});
