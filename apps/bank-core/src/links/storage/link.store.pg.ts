import { instantToWire, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ProjectedState } from '../domain/project-link.js';
import type {
  LinkMeasure,
  LinkScope,
  LinkStateName,
  LinkStateOnWire,
  LinkStop,
} from '../domain/link-state.js';

interface StopRow {
  state: LinkStop['state'];
  clause: string;
  since: Instant;
  function: string;
  chain_partner_id: string;
}

/** The strictest live state that touches this traffic. Call it in a statement of its own after the lock. */
export async function stopFor(
  tx: Transaction,
  institutionId: number,
  scope: LinkScope,
  at: Instant,
): Promise<LinkStop | undefined> {
  const [row] = await tx.query<StopRow>(
    `select state, clause, since, function, chain_partner_id
     from link_stop($1::smallint, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
    [institutionId, scope.epspId, scope.chainPartnerId, scope.function, at],
  );
  return (
    row && {
      state: row.state,
      clause: row.clause,
      since: row.since,
      function: row.function,
      chainPartnerId: row.chain_partner_id,
    }
  );
}

/** Waits for every 確定 that is under way at the institution and keeps new ones out until commit. */
export async function lockExclusively(tx: Transaction, institutionId: number): Promise<void> {
  await tx.query('select lock_link_exclusive($1::smallint)', [institutionId]);
}

/** The hold on exactly this scope that is in force, if there is one. */
export async function liveHoldOn(
  tx: Transaction,
  institutionId: number,
  scope: LinkScope,
  at: Instant,
): Promise<LinkMeasure | undefined> {
  const [row] = await tx.query<MeasureRow>(
    `${HOLDS} where institution_id = $1 and epsp_id = $2 and chain_partner_id = $3 and function = $4
       and released_at is null and to_timestamp($5::float8 / 1000) < until`,
    [institutionId, scope.epspId, scope.chainPartnerId, scope.function, at],
  );
  return row && holdOf(row);
}

/**
 * Writes what stands now of one intermediary's link. A row that says the same as before is left alone, and so is
 * one whose time is over: each change of a row is told to the intermediary, once.
 */
export async function putStates(
  tx: Transaction,
  institutionId: number,
  epspId: string,
  states: readonly ProjectedState[],
  at: Instant,
): Promise<void> {
  await tx.query(
    `update link_state set state = 'active', until = null, since = to_timestamp($5::float8 / 1000)
     where institution_id = $1 and epsp_id = $2 and state <> 'active'
       and (until is null or to_timestamp($5::float8 / 1000) < until)
       and (chain_partner_id, function) not in (select * from unnest($3::text[], $4::text[]))`,
    [
      institutionId,
      epspId,
      states.map(({ chainPartnerId }) => chainPartnerId),
      states.map((state) => state.function),
      at,
    ],
  );
  for (const state of states) await putState(tx, institutionId, state);
}

export async function putState(
  tx: Transaction,
  institutionId: number,
  state: ProjectedState,
): Promise<void> {
  await tx.query(
    `insert into link_state as s (institution_id, epsp_id, chain_partner_id, function, state, clause,
       basis, measure_id, since, until, calls_per_minute_max)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000),
       to_timestamp($10::float8 / 1000), $11)
     on conflict (institution_id, epsp_id, chain_partner_id, function) do update set
       state = excluded.state, clause = excluded.clause, basis = excluded.basis,
       measure_id = excluded.measure_id, since = excluded.since, until = excluded.until,
       calls_per_minute_max = excluded.calls_per_minute_max
     where (s.state, s.clause, s.basis, s.measure_id, s.since, s.until, s.calls_per_minute_max)
       is distinct from (excluded.state, excluded.clause, excluded.basis, excluded.measure_id,
         excluded.since, excluded.until, excluded.calls_per_minute_max)`,
    [
      institutionId,
      state.epspId,
      state.chainPartnerId,
      state.function,
      state.state,
      state.clause,
      state.basis,
      state.measureId,
      state.since,
      state.until ?? null,
      state.callsPerMinuteMax ?? null,
    ],
  );
}

export async function versionOf(tx: Transaction, institutionId: number): Promise<bigint> {
  const [row] = await tx.query<{ version: bigint }>(
    'select version from link_version where institution_id = $1',
    [institutionId],
  );
  return row?.version ?? 0n;
}

interface StateRow {
  epsp_id: string;
  chain_partner_id: string;
  function: string;
  state: LinkStateName;
  clause: string;
  since: Instant;
  until: Instant | null;
  calls_per_minute_max: number | null;
}

/** Raises the version by one and writes down all states at it: the stream reads nothing else. */
export async function publishVersion(
  tx: Transaction,
  institutionId: number,
  at: Instant,
): Promise<bigint> {
  const [raised] = await tx.query<{ version: bigint }>(
    'update link_version set version = version + 1 where institution_id = $1 returning version',
    [institutionId],
  );
  const rows = await tx.query<StateRow>(
    `select epsp_id, chain_partner_id, function, state, clause, since, until, calls_per_minute_max
     from link_state where institution_id = $1 order by epsp_id, chain_partner_id, function`,
    [institutionId],
  );
  const version = raised?.version ?? 0n;
  await tx.query(
    `insert into link_event (institution_id, version, at, states)
     values ($1, $2, to_timestamp($3::float8 / 1000), $4::jsonb)`,
    [institutionId, version, at, JSON.stringify(rows.map(onWire))],
  );
  return version;
}

const onWire = (row: StateRow): LinkStateOnWire => ({
  epspId: row.epsp_id,
  chainPartnerId: row.chain_partner_id,
  function: row.function,
  state: row.state,
  clause: row.clause,
  since: instantToWire(row.since),
  until: row.until === null ? null : instantToWire(row.until),
  callsPerMinuteMax: row.calls_per_minute_max,
});

/** The versions of every institution: one row each, no tenant's data. */
export async function allVersions(tx: Transaction): Promise<ReadonlyMap<number, bigint>> {
  const rows = await tx.query<{ institution_id: number; version: bigint }>(
    'select institution_id, version from link_version order by institution_id',
  );
  return new Map(rows.map((row) => [row.institution_id, row.version]));
}

/** The versions after `after` up to `upTo` with their states, in order. Version 0 has no states. */
export async function versionsBetween(
  tx: Transaction,
  institutionId: number,
  after: bigint,
  upTo: bigint,
): Promise<{ version: bigint; states: LinkStateOnWire[] }[]> {
  return tx.query<{ version: bigint; states: LinkStateOnWire[] }>(
    `select version, states from link_event
     where institution_id = $1 and version > $2 and version <= $3 order by version`,
    [institutionId, after, upTo],
  );
}

export async function insertMeasure(
  tx: Transaction,
  measure: LinkMeasure,
  proposalId: string,
): Promise<void> {
  await tx.query(
    `insert into link_measure (institution_id, id, kind, proposal_id, epsp_id, chain_partner_id,
       function, basis, since, until)
     values ($1, $2, 'protective_hold', $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000),
       to_timestamp($9::float8 / 1000))`,
    [
      measure.institutionId,
      measure.id,
      proposalId,
      measure.epspId,
      measure.chainPartnerId,
      measure.function,
      measure.basis,
      measure.since,
      measure.until,
    ],
  );
}

interface MeasureRow {
  institution_id: number;
  id: LinkMeasure['id'];
  epsp_id: string;
  chain_partner_id: string;
  function: string;
  basis: string;
  since: Instant;
  until: Instant;
  released_at: Instant | null;
}

const HOLDS = `
  select institution_id, id, epsp_id, chain_partner_id, function, basis, since, until, released_at
  from link_measure`;

/** The holds in force at the institution, with the proposal that two people agreed on. */
export async function liveHolds(
  tx: Transaction,
  institutionId: number,
  at: Instant,
): Promise<LinkMeasure[]> {
  const rows = await tx.query<MeasureRow>(
    `${HOLDS} where institution_id = $1 and released_at is null
       and to_timestamp($2::float8 / 1000) < until order by id`,
    [institutionId, at],
  );
  return rows.map(holdOf);
}

export async function proposalOfHold(
  tx: Transaction,
  { institutionId, id }: LinkMeasure,
): Promise<string | undefined> {
  const [row] = await tx.query<{ proposal_id: string }>(
    'select proposal_id from link_measure where institution_id = $1 and id = $2',
    [institutionId, id],
  );
  return row?.proposal_id;
}

export async function measuresOf(tx: Transaction, institutionId: number): Promise<LinkMeasure[]> {
  const rows = await tx.query<MeasureRow>(`${HOLDS} where institution_id = $1 order by id`, [
    institutionId,
  ]);
  return rows.map(holdOf);
}

const holdOf = (row: MeasureRow): LinkMeasure => ({
  institutionId: row.institution_id,
  id: row.id,
  epspId: row.epsp_id,
  chainPartnerId: row.chain_partner_id,
  function: row.function,
  basis: row.basis,
  since: row.since,
  until: row.until,
  releasedAt: row.released_at ?? undefined,
});

export async function endMeasure(
  tx: Transaction,
  measure: LinkMeasure,
  proposalId: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update link_measure set released_at = to_timestamp($3::float8 / 1000), release_proposal_id = $4
     where institution_id = $1 and id = $2 and released_at is null`,
    [measure.institutionId, measure.id, at, proposalId],
  );
}
