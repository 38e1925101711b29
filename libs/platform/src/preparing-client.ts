import pg from 'pg';

/** Texts beyond this number are not kept: whoever builds statements at run time shall not fill the server's memory. */
const TEXTS_MAX = 1_000;
/** Where PostgreSQL waits for the standby; its sentence is translated and its SQLSTATE (01000) is any warning's. */
const STANDBY_WAIT = 'SyncRepWaitForLSN';
/** What the driver hears as the end of a query, well or ill. */
const ENDS_OF_QUERY = ['readyForQuery', 'errorMessage'];
const READS = /^\s*(?:select|with)\b/;

const names = new Map<string, string>();

/**
 * A client whose reads and statements with parameters are prepared once per connection: PostgreSQL then plans them a
 * few times and no more, where planning under row-level security costs more than most of them do. What is asked in
 * the same turn leaves in one write.
 */
export class PreparingClient extends pg.Client {
  private isHeld = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // A commit whose wait for the standby was cancelled is told as a warning and then as done (reliability.md T3).
    this.on('notice', ({ routine }) => {
      if (routine === STANDBY_WAIT) this.giveUp();
    });
  }

  /** True from the moment in which its socket is given up: the driver itself learns of it a turn later. */
  get isLost(): boolean {
    return this.connection.stream.destroyed;
  }

  /** Whatever is on its way has an unknown outcome, as after a lost connection. */
  private giveUp(): void {
    // The driver reads to the end of what has arrived, and the success may stand there already.
    for (const end of ENDS_OF_QUERY) this.connection.removeAllListeners(end);
    this.connection.stream.destroy();
  }

  override query: pg.Client['query'] = ((...given: unknown[]): unknown => {
    this.holdForThisTurn();
    const [text, values, ...rest] = given;
    const ask = super.query.bind(this) as (...asked: unknown[]) => unknown;
    if (typeof text !== 'string' || typeof values === 'function') return ask(...given);
    const isPrepared = (Array.isArray(values) && values.length > 0) || READS.test(text);
    const name = isPrepared ? nameOf(text) : undefined;
    return name === undefined ? ask(...given) : ask({ name, text, values }, ...rest);
  }) as pg.Client['query'];

  private holdForThisTurn(): void {
    if (this.isHeld) return;
    this.isHeld = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => {
      this.isHeld = false;
      stream.uncork();
    });
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= TEXTS_MAX) return known;
  const name = `renkei_${names.size}`;
  names.set(text, name);
  return name;
}
