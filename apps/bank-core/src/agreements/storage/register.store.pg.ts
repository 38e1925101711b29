import type { ServiceAct } from '#libs/contracts';
import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { IntermediaryService } from '../domain/contract-terms.js';
import type { Intermediary } from '../domain/intermediary.js';
import type { Registration } from '../domain/registration.js';

interface RegistrationRow {
  readonly version: number;
  readonly registration: string;
  readonly registered_on: string;
  readonly revoked_on: string | null;
  readonly source: string;
  readonly entered_by: string | null;
  readonly at_ms: string;
}

interface ServiceRow {
  readonly id: string;
  readonly name_ja: string;
  readonly name_en: string;
  readonly acts: ServiceAct[];
  readonly since: string;
}

/** Whoever enters something in the register waits here for the others. */
export async function lockRegister(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('register', 0))`);
}

/** Who has this registration, as printed. */
export async function registeredAs(
  tx: Transaction,
  registration: string,
): Promise<{ readonly id: string; readonly nameJa: string } | undefined> {
  const [row] = await tx.query<{ id: string; name_ja: string }>(
    'select id, name_ja from federation.intermediary where registration = $1 limit 1',
    [registration],
  );
  return row && { id: row.id, nameJa: row.name_ja };
}

/** Every entry about an intermediary's registration, the newest last. */
export async function registrationsOf(tx: Transaction, epspId: string): Promise<Registration[]> {
  const rows = await tx.query<RegistrationRow>(
    `select version, registration, registered_on, revoked_on, source, entered_by,
       floor(extract(epoch from recorded_at) * 1000)::bigint as at_ms
     from federation.intermediary_registration where intermediary_id = $1 order by version`,
    [epspId],
  );
  return rows.map((row) => ({
    version: row.version,
    registration: row.registration,
    registeredOn: CivilDate.from(row.registered_on),
    revokedOn: row.revoked_on === null ? undefined : CivilDate.from(row.revoked_on),
    source: row.source,
    enteredBy: row.entered_by ?? undefined,
    recordedAt: Number(row.at_ms),
  }));
}

/** Adds the next entry and prints it in the register; what stood before stays readable. */
export async function insertRegistration(
  tx: Transaction,
  epspId: string,
  entry: Omit<Registration, 'version' | 'recordedAt'>,
  at: Instant,
): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `insert into federation.intermediary_registration (intermediary_id, version, registration,
       registered_on, revoked_on, source, entered_by, recorded_at)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000)
     from federation.intermediary_registration where intermediary_id = $1
     returning version`,
    [
      epspId,
      entry.registration,
      entry.registeredOn.toString(),
      entry.revokedOn?.toString() ?? null,
      entry.source,
      entry.enteredBy ?? null,
      at,
    ],
  );
  await tx.query('update federation.intermediary set registration = $2 where id = $1', [
    epspId,
    entry.registration,
  ]);
  return row?.version ?? 0;
}

export async function servicesOf(tx: Transaction, epspId: string): Promise<IntermediaryService[]> {
  const rows = await tx.query<ServiceRow>(
    `select id, name_ja, name_en, acts, since from federation.intermediary_service
     where intermediary_id = $1 order by id`,
    [epspId],
  );
  return rows.map((row) => ({
    id: row.id,
    nameJa: row.name_ja,
    nameEn: row.name_en,
    acts: row.acts,
    since: CivilDate.from(row.since),
  }));
}

export async function insertService(
  tx: Transaction,
  epspId: string,
  service: IntermediaryService,
  enteredBy: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into federation.intermediary_service (id, intermediary_id, name_ja, name_en, acts, since,
       entered_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))`,
    [
      service.id,
      epspId,
      service.nameJa,
      service.nameEn,
      service.acts,
      service.since.toString(),
      enteredBy,
      at,
    ],
  );
}

export async function statusOf(
  tx: Transaction,
  epspId: string,
): Promise<Intermediary['status'] | undefined> {
  const [row] = await tx.query<{ status: Intermediary['status'] }>(
    'select status from federation.intermediary where id = $1',
    [epspId],
  );
  return row?.status;
}

export async function writeStanding(
  tx: Transaction,
  epspId: string,
  status: Intermediary['status'],
): Promise<void> {
  await tx.query('update federation.intermediary set status = $2 where id = $1', [epspId, status]);
}

/** A newcomer is pending: known by name, and covered by nothing. */
export async function insertIntermediary(
  tx: Transaction,
  one: Omit<Intermediary, 'status'>,
): Promise<void> {
  await tx.query(
    `insert into federation.intermediary (id, name_ja, name_kana, name_en, registration, contact_ja,
       contact_en, status)
     values ($1, $2, $3, $4, $5, $6, $7, 'pending')`,
    [one.id, one.nameJa, one.nameKana, one.nameEn, one.registration, one.contactJa, one.contactEn],
  );
}
