import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Database, Metrics } from '#libs/platform';
import { Batched, inTime } from '../../platform/batched.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';

/** A nonce is good for at most four minutes; a proof is remembered longer than any nonce it can carry. */
const KEEP_SECONDS = 600;
/** One is under way, one is for asking which life this is. */
const CONNECTIONS = 2;

export interface ProofUse {
  /** True for the first use with this key, false ever after. */
  readonly isNew: boolean;
  /** The life of the memory that says so. Another one than the nonce was made in says nothing at all. */
  readonly life: string;
}

/**
 * Which proofs were used, shared by every process; batched, and lost as a whole when the database crashes.
 * `life` names the memory from one such loss to the next: whoever judges a proof has to refuse those that
 * were made in an earlier one (T-10, decision 0015).
 */
@Injectable()
export class ProofStore {
  private readonly pool: pg.Pool;
  private readonly uses: Batched<string, ProofUse>;
  private readonly answerMs: number;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Metrics) metrics: Metrics,
    @Inject(GATEWAY_CONFIG) { patience }: GatewayConfig,
  ) {
    this.pool = database.reserve(CONNECTIONS);
    this.answerMs = patience.storeAnswerMs;
    this.uses = new Batched((ids) => this.insert(ids), {
      batchMax: 256,
      waitingMax: 4_096,
      answerMs: this.answerMs,
    });
    const { counts } = this.uses;
    const help = 'Proofs asked for, round trips to the store, and proofs that got no answer.';
    metrics.readings('proof_store', help, 'what', () => ({ ...counts }));
  }

  /** Uses `jti` up for this key. Throws when the store is silent: nobody knows, so nobody may pass. */
  useOnce(thumbprint: string, jti: string): Promise<ProofUse> {
    // Key and jti in one digest: the thumbprint has a fixed length, so no other pair has this text.
    return this.uses.submit(hash('sha256', `${thumbprint}.${jti}`, 'hex'));
  }

  /** Which life this is; where the memory is empty, a new one begins. Throws when the store is silent. */
  async readLife(): Promise<string> {
    const asked = this.pool.query<{ life: string }>(
      `with begun as (insert into proof_memory default values on conflict do nothing returning life)
       select life from begun union all select life from proof_memory`,
    );
    const { rows } = await inTime(asked, this.answerMs);
    const [row] = rows;
    // Two processes began it at once: the other's row was not visible to this statement yet.
    if (!row) return this.readLife();
    return row.life;
  }

  /** Inserts what is new and names what is not. Sorted, so that two processes never wait for each other. */
  private async insert(ids: readonly string[]): Promise<readonly ProofUse[]> {
    const { rows } = await this.pool.query<{ life: string | null; seen: string[] | null }>({
      name: 'proof-use',
      text: `with asked as (select distinct id from unnest($1::bytea[]) as id),
               taken as (insert into proof_seen (id, expires_at)
                 select id, clock_timestamp() + interval '${KEEP_SECONDS} seconds'
                 from asked order by id on conflict do nothing returning id)
             select (select life from proof_memory) as life,
               (select array_agg(encode(id, 'hex')) from asked
                where not exists (select from taken where taken.id = asked.id)) as seen`,
      values: [`{${ids.map((id) => `"\\\\x${id}"`).join(',')}}`],
    });
    const [row] = rows;
    const life = row?.life ?? (await this.readLife());
    const spent = new Set(row?.seen);
    return ids.map((id) => {
      const isNew = !spent.has(id);
      // Of two equal ones in one batch the first wins.
      spent.add(id);
      return { isNew, life };
    });
  }
}
