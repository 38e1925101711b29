import { Batched } from '../../platform/batched.js';
import type { OneCommit } from './one-commit.js';

/** One artifact of oidc-provider on its way into the table. */
export interface ArtifactWrite {
  readonly model: string;
  /** The key, never the value itself (T-22). */
  readonly id: string;
  /** JSON as it is to be kept, to the byte. */
  readonly payload: string;
  readonly grantId: string | undefined;
  readonly uid: string | undefined;
  readonly expiresInSeconds: number;
  /** Marks of the keys that obtained it; undefined for what nobody can obtain with a stolen key (T-09). */
  readonly provenBy: readonly string[] | undefined;
  /** Nothing is written where one of these was reported as compromised. */
  readonly marks: readonly string[];
}

/** `known`: a replay, which is the one artifact that is never written twice. */
export type Written = 'written' | 'known' | 'compromised';

interface WrittenRow {
  readonly nth: number;
  readonly compromised: boolean;
  readonly written: boolean;
}

const REPLAY = 'ReplayDetection';
/** Marks are thumbprints with a name before them: no line ends in one. */
const BETWEEN = '\n';
/** SQLSTATE class 22: a value that the database does not like, and with it the whole statement. */
const isOfData = (error: unknown): boolean =>
  /^22/.test(String((error as { code?: unknown } | undefined)?.code));

const keyOf = ({ model, id }: ArtifactWrite): string => `${model} ${id}`;

/**
 * Writes what the authorization server stores: whatever is written by several requests at the same time goes
 * in one statement and one commit. The statement itself decides who was first (T-10).
 */
export class ArtifactWriter {
  private readonly writes = new Batched<ArtifactWrite, Written | Error>(
    (batch) => this.writeAll(batch),
    { batchMax: 128, waitingMax: 2_048, answerMs: 8_000 },
  );

  constructor(private readonly store: OneCommit) {}

  async write(artifact: ArtifactWrite): Promise<Written> {
    // What a request commits as a whole leaves with that request and with nobody else's.
    const answer = this.store.isOpen
      ? (await this.writeDistinct([artifact]))[0]
      : await this.writes.submit(artifact);
    if (answer instanceof Error) throw answer;
    return answer ?? 'known';
  }

  /** An item that breaks its batch breaks itself alone. */
  private async writeAll(batch: readonly ArtifactWrite[]): Promise<(Written | Error)[]> {
    try {
      return await this.writeDistinct(batch);
    } catch (error) {
      if (batch.length === 1 || !isOfData(error)) throw error;
      const alone = (one: ArtifactWrite) => this.writeAll([one]).catch((each: Error) => [each]);
      return (await Promise.all(batch.map(alone))).flat();
    }
  }

  /** A key stands once in a statement: the later one of a replay was seen, any other comes after. */
  private async writeDistinct(batch: readonly ArtifactWrite[]): Promise<Written[]> {
    const first = new Map<string, ArtifactWrite>();
    for (const one of batch) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
    const written = await this.insert([...first.values()]);
    const answers: Written[] = [];
    for (const one of batch) {
      const isFirst = first.get(keyOf(one)) === one;
      if (isFirst) answers.push(written.get(keyOf(one)) ?? 'known');
      else if (one.model === REPLAY) answers.push('known');
      else answers.push(...(await this.writeDistinct([one])));
    }
    return answers;
  }

  private async insert(batch: readonly ArtifactWrite[]): Promise<Map<string, Written>> {
    const rows = await this.store.rows<WrittenRow>({
      name: 'artifact-write',
      text: STATEMENT,
      values: [
        batch.map(({ model }) => model),
        batch.map(({ id }) => id),
        batch.map(({ payload }) => payload),
        batch.map(({ grantId }) => grantId ?? null),
        batch.map(({ uid }) => uid ?? null),
        batch.map(({ expiresInSeconds }) => expiresInSeconds),
        batch.map(({ provenBy }) => provenBy?.join(BETWEEN) ?? null),
        batch.map(({ marks }) => marks.join(BETWEEN)),
      ],
    });
    const answers = rows.map(({ nth, compromised, written }) => {
      const verdict: Written = compromised ? 'compromised' : written ? 'written' : 'known';
      return [keyOf(batch[nth - 1] as ArtifactWrite), verdict] as const;
    });
    return new Map(answers);
  }
}

/** Sorted, so that two processes never wait for each other. */
const STATEMENT = `
  with asked as (
    select nth::int4, model, id, payload::json, grant_id, uid, seconds,
      string_to_array(proven_by, chr(10)) as proven_by,
      exists (select from compromised_key x
        where x.mark = any(string_to_array(marks, chr(10)))
          and (x.everywhere or x.client_id = payload::json ->> 'clientId')) as compromised
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[],
      $7::text[], $8::text[]) with ordinality
      as given (model, id, payload, grant_id, uid, seconds, proven_by, marks, nth)
  ), stored as (
    insert into oidc_artifact (model, id, payload, grant_id, uid, expires_at, proven_by)
    select model, id, payload, grant_id, uid,
      clock_timestamp() + make_interval(secs => seconds), proven_by
    from asked where not compromised order by model, id
    on conflict (model, id) do update set payload = excluded.payload,
      grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at
      where oidc_artifact.model <> '${REPLAY}'
    returning model, id
  )
  select nth, compromised, stored.id is not null as written
  from asked left join stored using (model, id)`;
