import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** A nonce is good for at most four minutes; a proof is remembered longer than any nonce it can carry. */
const KEEP_SECONDS = 600;
const BATCH_MAX = 256;
/** A store that is this late is down: its callers are refused instead of piling up (T-10, T-31). */
const ANSWER_MS = 2_000;

interface Waiting {
  readonly thumbprint: string;
  readonly jtiHash: Buffer;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Which proofs were used, shared by every process. Calls that arrive while a statement is under way
 * travel together in the next one: one round trip and one commit for all of them.
 */
@Injectable()
export class ProofStore {
  private waiting: Waiting[] = [];
  private isBusy = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** True for the first use of `jti` with this key, false ever after. Throws when the store is silent. */
  useOnce(thumbprint: string, jti: string): Promise<boolean> {
    const jtiHash = createHash('sha256').update(jti).digest();
    return new Promise((resolve, reject) => {
      this.waiting.push({ thumbprint, jtiHash, resolve, reject });
      if (!this.isBusy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_MAX);
      try {
        const taken = await this.insert(batch);
        for (const entry of batch) entry.resolve(taken.delete(keyOf(entry)));
      } catch (error) {
        for (const { reject } of batch) reject(error as Error);
      }
    }
    this.isBusy = false;
  }

  /** Inserts what is new; the answer holds each new pair once, so that of two equal ones one wins. */
  private async insert(batch: readonly Waiting[]): Promise<Set<string>> {
    // The driver knows `query_timeout` of one statement, its published types do not.
    const statement = {
      name: 'proof-use',
      query_timeout: ANSWER_MS,
      text: `insert into proof_seen (key_thumbprint, jti_hash, expires_at)
             select t, j, clock_timestamp() + make_interval(secs => $3)
             from unnest($1::text[], $2::bytea[]) as proof (t, j) order by t, j
             on conflict do nothing returning key_thumbprint as thumbprint, jti_hash as jti`,
      values: [batch.map((b) => b.thumbprint), batch.map((b) => b.jtiHash), KEEP_SECONDS],
    };
    type Row = { thumbprint: string; jti: Buffer };
    const { rows } = await this.database.pool.query<Row>(statement);
    return new Set(rows.map(({ thumbprint, jti }) => `${thumbprint} ${jti.toString('hex')}`));
  }
}

const keyOf = ({ thumbprint, jtiHash }: Waiting): string =>
  `${thumbprint} ${jtiHash.toString('hex')}`;
