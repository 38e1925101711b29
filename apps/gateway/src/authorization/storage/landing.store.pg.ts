import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Transaction } from '#libs/platform';
import { artifactId } from './provider-adapter.js';

/** Where a finished request sends its browser. */
export interface Landing {
  readonly status: number;
  readonly location: string;
}

const MODEL = 'Landing';
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/**
 * The last step of a request, kept for as long as its code lives: an answer that was lost on its way is given again to
 * the same browser. It holds a code, so that it is sealed; a reader of the database learns nothing (T-22). The first
 * key seals, all open, since processes change their keys one after the other.
 */
export class LandingStore {
  constructor(private readonly keys: readonly [Buffer, ...Buffer[]]) {}

  /** One at a time: a second click waits until the first has landed. */
  async lock(tx: Transaction, uid: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`landing ${uid}`]);
  }

  /** Also nothing where no key is left that opens it. */
  async find(tx: Transaction, uid: string): Promise<Landing | undefined> {
    const [row] = await tx.query<{ sealed: string }>(
      `select payload ->> 'sealed' as sealed from oidc_artifact
       where model = $1 and id = $2 and expires_at > clock_timestamp()`,
      [MODEL, artifactId(uid)],
    );
    return row && this.open(uid, row.sealed);
  }

  async keep(tx: Transaction, uid: string, landing: Landing, seconds: number): Promise<void> {
    await tx.query(
      `insert into oidc_artifact (model, id, payload, expires_at)
       values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))`,
      [MODEL, artifactId(uid), JSON.stringify({ sealed: this.seal(uid, landing) }), seconds],
    );
  }

  private seal(uid: string, landing: Landing): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyFor(this.keys[0], uid), nonce);
    const body = Buffer.concat([cipher.update(JSON.stringify(landing), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  private open(uid: string, sealed: string): Landing | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    for (const key of this.keys) {
      const opened = openWith(keyFor(key, uid), bytes);
      if (opened !== undefined) return JSON.parse(opened) as Landing;
    }
    return undefined;
  }
}

/** A key of its own for each request: what is sealed for one cannot be opened as another's. */
const keyFor = (key: Buffer, uid: string): Buffer =>
  createHmac('sha256', key).update(`landing|${uid}`).digest();

function openWith(key: Buffer, bytes: Buffer): string | undefined {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8');
  try {
    return body + decipher.final('utf8');
  } catch {
    // Another key sealed it: to the library an error, here the answer to the question.
    return undefined;
  }
}
