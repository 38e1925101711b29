import { Pool, type Dispatcher } from 'undici';
import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import { percentile } from '../ledger/arithmetic.js';
import type { Asked, LoadAnswer, Series, SeriesResult, Target } from './series.js';
import { newJti, prover, seconds, signer } from './signing.js';

type Options = Pick<Dispatcher.RequestOptions, 'method' | 'path' | 'headers' | 'body'>;

/** Makes the next request; the nonce is the last one that this connection was told. */
function requests(asked: Asked): (nonce: string | undefined) => Options {
  if (asked.kind === 'plain') {
    const { path, headers } = asked;
    return () => ({ method: 'GET', path, headers: { ...headers } });
  }
  if (asked.kind === 'dpop') {
    const { origin, path, headers, token, key } = asked;
    const prove = prover(key, 'GET', `${origin}${path}`, token);
    const authorization = `DPoP ${token}`;
    return (nonce) => ({
      method: 'GET',
      path,
      headers: { ...headers, authorization, dpop: prove(nonce) },
    });
  }
  const { origin, headers, clientId, scope, clientKey, key } = asked;
  const assert = signer(clientKey, { kid: clientKey['kid'] });
  const prove = prover(key, 'POST', `${origin}/token`);
  return (nonce) => {
    const claims = { iss: clientId, sub: clientId, aud: origin, jti: newJti() };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assert({ ...claims, iat: seconds(), exp: seconds() + 60 }),
    });
    const form = { 'content-type': 'application/x-www-form-urlencoded', dpop: prove(nonce) };
    return { method: 'POST', path: '/token', headers: { ...headers, ...form }, body: String(body) };
  };
}

function poolOf({ port, tls }: Target, connections: number): Pool {
  const { name, ...files } = tls ?? {};
  return new Pool(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, {
    connections,
    pipelining: 1,
    connect: tls ? { servername: name, ...files } : {},
  });
}

/** One user of one connection: asks, reads the answer to its end, remembers the nonce. */
class Asker {
  private nonce: string | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly next: (nonce: string | undefined) => Options,
  ) {}

  /** The status of the answer; a demand for a nonce is met at once and costs a further request. */
  async ask(mayRepeat = true): Promise<number> {
    const { statusCode, headers, body } = await this.pool.request(this.next(this.nonce));
    const isBad = statusCode !== 200;
    const text = isBad ? await body.text() : await body.dump().then(() => '');
    const nonce = headers['dpop-nonce'];
    if (typeof nonce === 'string') this.nonce = nonce;
    const wantsNonce = isBad && (text + String(headers['www-authenticate'])).includes('_nonce');
    return wantsNonce && mayRepeat ? this.ask(false) : statusCode;
  }
}

class Tally {
  answered = 0;
  failed: Record<string, number> = {};
  latencies: number[] = [];

  take(status: number, ms: number): void {
    if (status === 200) this.answered += 1;
    else this.failed[status] = (this.failed[status] ?? 0) + 1;
    this.latencies.push(ms);
  }
}

async function run(series: Series, onWarm: () => void): Promise<SeriesResult> {
  const { targets, connections } = series;
  const pools = targets.map((target) => poolOf(target, connections / targets.length));
  const next = requests(series.asked);
  const askers = Array.from(
    { length: connections },
    (_, nth) => new Asker(pools[nth % pools.length] as Pool, next),
  );
  let tally = new Tally();
  const since = stopwatch();
  const until = (series.warmS + series.seconds) * 1000;
  let warmAt = 0;
  const warm = setTimeout(() => {
    tally = new Tally();
    warmAt = elapsedMs(since);
    onWarm();
  }, series.warmS * 1000);
  const one = async (asker: Asker, asked: number): Promise<void> => {
    const status = await asker.ask().catch(() => 0);
    tally.take(status, elapsedMs(asked));
  };
  const endless = async (asker: Asker): Promise<void> => {
    while (elapsedMs(since) < until) await one(asker, stopwatch());
  };
  if (series.perSecond === undefined) await Promise.all(askers.map(endless));
  else await atRate(series.perSecond, until, askers, one);
  clearTimeout(warm);
  const over = (elapsedMs(since) - warmAt) / 1000;
  await Promise.all(pools.map((pool) => pool.close()));
  const { answered, failed, latencies } = tally;
  return {
    answered,
    failed,
    seconds: over,
    p50Ms: percentile(latencies, 0.5) ?? 0,
    p99Ms: percentile(latencies, 0.99) ?? 0,
  };
}

/** Every request has its moment; one that finds no free connection waits, and its waiting counts. */
async function atRate(
  perSecond: number,
  until: number,
  askers: readonly Asker[],
  one: (asker: Asker, asked: number) => Promise<void>,
): Promise<void> {
  const since = stopwatch();
  const lines = askers.map(() => Promise.resolve());
  for (let nth = 0; (nth / perSecond) * 1000 < until; nth += 1) {
    const due = since + (nth / perSecond) * 1000;
    while (stopwatch() < due) await pause(Math.max(1, due - stopwatch()));
    const at = nth % askers.length;
    const line = lines[at] ?? Promise.resolve();
    lines[at] = line.then(() => one(askers[at] as Asker, due));
  }
  await Promise.all(lines);
}

process.on('message', (series: Series) => {
  const answer = (words: LoadAnswer): void => {
    process.send?.(words);
  };
  run(series, () => answer({ isWarm: true })).then(
    (result) => answer({ result }),
    (error: unknown) =>
      answer({ fault: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});

// The measuring process has gone or is done.
process.on('disconnect', () => process.exit(0));
