import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded } from '../campaigns/oracle/random.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { rounded } from './ledger/arithmetic.js';
import { serverCpuUs } from './ledger/server-cost.js';
import { everyCell, type Cell, type Cells } from './gateway/cells.js';
import { figuresOf, spreadOf, type Repetition } from './gateway/figures.js';
import { House } from './gateway/house.js';
import { Load } from './gateway/load.js';
import type { MeasuredProcess } from './gateway/measured-process.js';
import type { SeriesResult } from './gateway/series.js';

const CONNECTIONS = 20;
const RATE = 300;
/** The first pass does not count: it lasts until the servers' code is compiled as it stays. */
const WHOLE = { repetitions: 9, seconds: 2, warmS: 1, firstS: 15, rateS: 30, verifyMs: 500 };
const IDLE_MS = 2_000;
const QUICK = { repetitions: 1, seconds: 1, warmS: 1, firstS: 1, rateS: 3, verifyMs: 100 };

/**
 * What a call costs the gateway's processor: ratios inside a repetition, medians of them. The real gateway
 * before the real bank-core on a durable database, every server and the load generator a process of its own; only
 * the servers' own time is counted, and PostgreSQL's is told beside it. For the costs
 * bank-core's first answer is repeated to every cell over the same mutual TLS; latency is measured before
 * bank-core itself. `--quick` shows that it works; `--only a,b` takes some cells; `--profile FOLDER`
 * writes a profile of each of them instead of figures worth keeping.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      quick: { type: 'boolean', default: false },
      repetitions: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      only: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const size = values.quick ? QUICK : WHOLE;
  const plan = {
    ...size,
    repetitions: Number(values.repetitions ?? size.repetitions),
    seconds: Number(values.seconds ?? size.seconds),
    seed: Number(values.seed),
    only: values.only?.split(','),
    profile: values.profile,
  };
  const since = stopwatch();
  const house = await House.open();
  const load = new Load();
  try {
    const loadBefore = loadavg()[0] ?? 0;
    const cells = await everyCell(house);
    await pause(IDLE_MS);
    const used = usageOf(house);
    const idle = await idleUs(cells, used);
    const repetitions = await repeat(cells, load, plan, { used, idle });
    const rate = plan.only ? undefined : await atRate(cells, load, plan);
    cells.close();
    return {
      name: 'gateway',
      figures: {
        ...figuresOf(repetitions),
        p99_ms_at_300: rounded(rate?.p99Ms),
        gateway_idle_us_per_s: rounded(Math.max(...idle.servers.values())),
      },
      conditions: {
        connections: CONNECTIONS,
        repetitions: plan.repetitions,
        seconds: plan.seconds,
        seed: plan.seed,
        rate: rate && { answered: rate.answered, failed: rate.failed, p50_ms: rounded(rate.p50Ms) },
        counted:
          'processor time of the server processes (getrusage) less what they use when nobody asks; ' +
          'not the load generator; PostgreSQL’s own stands beside it (*_db_us) and is in no ratio',
        bank_core:
          'real for consent, tokens and p99; for the costs its answer is repeated to all alike',
        load_1m_before: rounded(loadBefore),
        load_1m_after: rounded(loadavg()[0]),
        spread: spreadOf(repetitions),
        took_s: Math.round(elapsedMs(since) / 1000),
      },
    };
  } finally {
    await load.close();
    await house.close();
  }
}

interface Plan {
  readonly repetitions: number;
  readonly seconds: number;
  readonly warmS: number;
  readonly firstS: number;
  readonly rateS: number;
  readonly verifyMs: number;
  readonly seed: number;
  readonly only: readonly string[] | undefined;
  readonly profile: string | undefined;
}

/** Microseconds of processor time so far: of some servers together, and of PostgreSQL with all its processes. */
interface Used {
  servers(servers: readonly MeasuredProcess[]): Promise<number>;
  /** 0 where the system does not tell. */
  database(): number;
}

const usageOf = (house: House): Used => ({
  async servers(servers) {
    const each = await Promise.all(servers.map((server) => server.cpuUs()));
    return each.reduce((sum, us) => sum + us, 0);
  },
  database: () => serverCpuUs(house.cluster.pid) ?? 0,
});

/** Microseconds in a second in which nobody asks: heartbeats, feeds, sweeps. */
interface Idle {
  readonly servers: ReadonlyMap<MeasuredProcess, number>;
  readonly database: number;
}

async function idleUs(cells: Cells, used: Used): Promise<Idle> {
  const servers = [...new Set(cells.all.flatMap((cell) => cell.servers))];
  const now = () => Promise.all(servers.map((server) => used.servers([server])));
  const [before, databaseBefore] = [await now(), used.database()];
  await pause(IDLE_MS);
  const [after, databaseAfter] = [await now(), used.database()];
  const perSecond = (from: number, to: number): number => (to - from) / (IDLE_MS / 1000);
  return {
    servers: new Map(
      servers.map((server, nth) => [server, perSecond(before[nth] ?? 0, after[nth] ?? 0)]),
    ),
    database: perSecond(databaseBefore, databaseAfter),
  };
}

/** One pass that does not count, then the repetitions, each in an order of its own. */
async function repeat(
  cells: Cells,
  load: Load,
  plan: Plan,
  meter: Meter,
): Promise<readonly Repetition[]> {
  const random = seeded(plan.seed);
  const chosen = cells.all.filter(({ name }) => !plan.only || plan.only.includes(name));
  const repetitions: Repetition[] = [];
  for (let nth = 0; nth <= plan.repetitions; nth += 1) {
    const repetition: Record<string, number> = {
      verify: await cells.verifier.verifyUs(plan.verifyMs),
    };
    const rest = [...chosen];
    while (rest.length > 0) {
      const [cell] = rest.splice(random.between(0, rest.length - 1), 1) as [Cell];
      const seconds = nth === 0 ? plan.firstS : plan.seconds;
      const cost = await measure(cell, load, { ...plan, seconds }, meter);
      repetition[cell.name] = cost.serversUs;
      repetition[`${cell.name}Database`] = cost.databaseUs;
      process.stderr.write(`${nth} ${cell.name}: ${rounded(cost.serversUs)} µs\n`);
    }
    if (nth > 0) repetitions.push(repetition);
  }
  return repetitions;
}

interface Meter {
  readonly used: Used;
  readonly idle: Idle;
}

/** Microseconds per answered request, what is used anyway left out. */
interface Cost {
  readonly serversUs: number;
  readonly databaseUs: number;
}

/** Of one cell. Throws when any answer was a refusal. */
async function measure(cell: Cell, load: Load, plan: Plan, { used, idle }: Meter): Promise<Cost> {
  const { targets, servers } = cell;
  const { warmS, seconds } = plan;
  const series = { targets, connections: CONNECTIONS, warmS, seconds, asked: await cell.asked() };
  const before = { servers: Promise.resolve(0), database: 0 };
  const profile = (when: string): Promise<unknown> =>
    plan.profile
      ? Promise.all(servers.map((each) => each.profile(`${plan.profile}/${when}.cpuprofile`)))
      : Promise.resolve();
  const result = await load.run(series, () => {
    before.servers = used.servers(servers);
    before.database = used.database();
    void profile(cell.name);
  });
  const [after, databaseAfter] = [await used.servers(servers), used.database()];
  await profile(cell.name);
  refuseFailures(cell.name, result);
  const anyway = servers.reduce((sum, server) => sum + (idle.servers.get(server) ?? 0), 0);
  process.stderr.write(`${cell.name}: ${rounded(result.answered / result.seconds)}/s\n`);
  const per = (us: number, idleUs: number): number =>
    (us - idleUs * result.seconds) / result.answered;
  return {
    serversUs: per(after - (await before.servers), anyway),
    databaseUs: per(databaseAfter - before.database, idle.database),
  };
}

/** The protected read with DPoP at a fixed rate, generator and bank-core on the same processors. */
async function atRate(cells: Cells, load: Load, plan: Plan): Promise<SeriesResult> {
  const { targets, asked } = cells.whole;
  const result = await load.run(
    {
      ...{ targets, connections: CONNECTIONS, warmS: 3, seconds: plan.rateS, perSecond: RATE },
      asked: await asked(),
    },
    () => undefined,
  );
  refuseFailures('at rate', result);
  return result;
}

function refuseFailures(name: string, { failed, answered }: SeriesResult): void {
  if (Object.keys(failed).length === 0 && answered > 0) return;
  throw new Error(`${name}: ${answered} answered, refused: ${JSON.stringify(failed)}`);
}
