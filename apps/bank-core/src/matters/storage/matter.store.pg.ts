import type { Instant } from '#libs/kernel';
import type { Deadline, MachineState } from '#libs/contracts';
import type { Transaction } from '#libs/platform';

/** Which matter: a machine's name and whose it is, within the institution that the transaction has entered. */
export interface MatterName {
  readonly institutionId: number;
  readonly machine: string;
  readonly key: string;
}

export type AnyState = MachineState<string, object>;

const of = ({ institutionId, machine, key }: MatterName) => [institutionId, machine, key];

/** The state, locked until the transaction ends; undefined where nothing has begun. */
export async function lockMatter(tx: Transaction, name: MatterName): Promise<AnyState | undefined> {
  const [row] = await tx.query<{ state: AnyState }>(
    `select state from matter where institution_id = $1 and machine = $2 and key = $3 for update`,
    of(name),
  );
  return row?.state;
}

export async function readMatter(tx: Transaction, name: MatterName): Promise<AnyState | undefined> {
  const [row] = await tx.query<{ state: AnyState }>(
    `select state from matter where institution_id = $1 and machine = $2 and key = $3`,
    of(name),
  );
  return row?.state;
}

export async function mattersOf(
  tx: Transaction,
  machine: string,
): Promise<{ key: string; state: AnyState }[]> {
  return tx.query<{ key: string; state: AnyState }>(
    `select key, state from matter where institution_id = renkei_institution() and machine = $1
     order by key`,
    [machine],
  );
}

/** Two that begin at once: the second waits for the first and then finds its row. */
export async function beginMatter(tx: Transaction, name: MatterName, state: AnyState) {
  await tx.query(
    `insert into matter (institution_id, machine, key, state, version) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [...of(name), JSON.stringify(state), state.version],
  );
  return lockMatter(tx, name);
}

export async function storeStep(
  tx: Transaction,
  name: MatterName,
  step: {
    readonly state: AnyState;
    readonly event: { readonly id: string };
    readonly clauses: readonly string[];
    readonly at: Instant;
  },
): Promise<void> {
  const { state, event, clauses, at } = step;
  const rows = await tx.query(
    `update matter set state = $4, version = $5
     where institution_id = $1 and machine = $2 and key = $3 and version = $5 - 1 returning key`,
    [...of(name), JSON.stringify(state), state.version],
  );
  if (rows.length !== 1) throw new Error(`The matter ${name.machine} ${name.key} moved meanwhile.`);
  await tx.query(
    `insert into matter_event (institution_id, machine, key, version, event_id, event, came_to,
       clauses, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000))`,
    [...of(name), state.version, event.id, JSON.stringify(event), state.name, [...clauses], at],
  );
}

/** The rows of the deadlines that run now; those that ended are gone. */
export async function storeDeadlines(
  tx: Transaction,
  name: MatterName,
  deadlines: readonly Deadline[],
): Promise<void> {
  await tx.query(
    `delete from matter_deadline where institution_id = $1 and machine = $2 and key = $3
       and name <> all($4)`,
    [...of(name), deadlines.map((deadline) => deadline.name)],
  );
  for (const { name: deadline, dueAt } of deadlines)
    await tx.query(
      `insert into matter_deadline (institution_id, machine, key, name, due_at)
       values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
       on conflict (institution_id, machine, key, name) do update set due_at = excluded.due_at
       where matter_deadline.due_at <> excluded.due_at`,
      [...of(name), deadline, dueAt],
    );
}

export interface DueDeadline extends MatterName {
  readonly deadline: string;
  readonly dueAt: Instant;
}

/** What is past at an institution for these machines, oldest first. `dueAt` is the last instant in time. */
export async function dueDeadlines(
  tx: Transaction,
  institutionId: number,
  machines: readonly string[],
  at: Instant,
  limit: number,
): Promise<DueDeadline[]> {
  const rows = await tx.query<{ machine: string; key: string; name: string; due_at: Instant }>(
    `select machine, key, name, due_at from matter_deadline
     where institution_id = $1 and machine = any($2) and due_at < to_timestamp($3::float8 / 1000)
     order by due_at, machine, key, name limit $4`,
    [institutionId, [...machines], at, limit],
  );
  return rows.map(({ machine, key, name, due_at }) => ({
    institutionId,
    machine,
    key,
    deadline: name,
    dueAt: due_at,
  }));
}

export interface MatterEvent {
  readonly version: number;
  readonly event: { readonly id: string; readonly type: string; readonly happenedAt: Instant };
  readonly cameTo: string;
  readonly clauses: readonly string[];
  readonly recordedAt: Instant;
}

export async function matterEvents(tx: Transaction, name: MatterName): Promise<MatterEvent[]> {
  const rows = await tx.query<{
    version: number;
    event: MatterEvent['event'];
    came_to: string;
    clauses: string[];
    recorded_at: Instant;
  }>(
    `select version, event, came_to, clauses, recorded_at from matter_event
     where institution_id = $1 and machine = $2 and key = $3 order by version`,
    of(name),
  );
  return rows.map(({ version, event, came_to, clauses, recorded_at }) => ({
    version,
    event,
    cameTo: came_to,
    clauses,
    recordedAt: recorded_at,
  }));
}

export interface NamingMatter {
  readonly machine: string;
  readonly key: string;
  readonly state: AnyState;
  /** When it last moved. */
  readonly lastAt: Instant;
}

/** Matters of an owner, and of what hangs on it, in which an event has named one of these words. */
export async function mattersNaming(
  tx: Transaction,
  owner: string,
  words: readonly string[],
): Promise<NamingMatter[]> {
  const rows = await tx.query<{ machine: string; key: string; state: AnyState; last_at: Instant }>(
    `select m.machine, m.key, m.state, max(e.recorded_at) as last_at
     from matter m join matter_event e using (institution_id, machine, key)
     where m.institution_id = renkei_institution() and (m.key = $1 or starts_with(m.key, $1 || '/'))
     group by m.institution_id, m.machine, m.key
     having bool_or(exists (select from unnest($2::text[]) w where position(w in e.event::text) > 0))`,
    [owner, [...words]],
  );
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at }));
}
